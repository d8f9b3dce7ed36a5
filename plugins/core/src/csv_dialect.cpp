// SPDX-License-Identifier: Apache-2.0
#include "csv_dialect.hpp"

#include <algorithm>

namespace vigie::core {
namespace {

// Odd quotes that must speak against one reading more than against the other before the end of the
// bytes: malformed rows near a cut do not decide alone.
constexpr std::size_t telling_quotes = 4;

class record_scan {
public:
  record_scan(std::string_view bytes, std::size_t at, const csv_dialect& d, csv_ends* ends)
      : bytes_(bytes), at_(at), d_(d), ends_(ends) {}

  csv_record run() {
    if (!d_.comment.empty() && bytes_.substr(at_).starts_with(d_.comment)) {
      at_ = std::min(bytes_.find('\n', at_), bytes_.size());
      finish_field();
      return done();
    }
    for (;;) {
      if (field()) return done();
      ++at_;
    }
  }

  // As run(), for bytes that begin inside quotes.
  csv_record run_inside() {
    --at_; // where the opening quote would stand; nothing reads it
    for (bool last = quoted();; last = field()) {
      if (last) return done();
      ++at_;
    }
  }

private:
  // Reads a field from its first byte to its end, where at_ then stands. Whether it is the last.
  bool field() {
    if (d_.quotes && at_ < bytes_.size() && bytes_[at_] == d_.quote) return quoted();
    for (; !is_end(); ++at_)
      if (d_.quotes && bytes_[at_] == d_.quote)
        odd(d_.lax ? csv_fault::none : csv_fault::quote_inside);
    return finish_field();
  }

  bool quoted() {
    at_ = closing_quote(at_ + 1);
    if (at_ >= bytes_.size()) {
      fault(d_.quoted_newlines ? csv_fault::open_at_end : csv_fault::open_at_line_end);
      return finish_field();
    }
    if (bytes_[at_] == '\n') {
      odd(csv_fault::open_at_line_end);
      return finish_field();
    }
    ++at_;
    if (!is_end() && !is_carriage_return_at_end()) odd(csv_fault::text_behind_quote);
    while (!is_end()) ++at_;
    return finish_field();
  }

  // The quote that closes, or the line end before it where that ends the record, or the size.
  [[nodiscard]] std::size_t closing_quote(std::size_t at) const {
    for (; at < bytes_.size(); ++at) {
      const char c = bytes_[at];
      if (c == '\n' && !d_.quoted_newlines) return at;
      if (c == d_.escape && !d_.doubles()) {
        const bool line_end = at + 1 < bytes_.size() && bytes_[at + 1] == '\n';
        if (!line_end || d_.quoted_newlines) ++at;
        continue;
      }
      if (c != d_.quote) continue;
      const bool doubled = d_.doubles() && at + 1 < bytes_.size() && bytes_[at + 1] == d_.quote;
      if (!doubled) return at;
      ++at;
    }
    return bytes_.size();
  }

  [[nodiscard]] bool is_end() const {
    return at_ >= bytes_.size() || bytes_[at_] == d_.delimiter || bytes_[at_] == '\n';
  }
  [[nodiscard]] bool is_carriage_return_at_end() const {
    return bytes_[at_] == '\r' && (at_ + 1 >= bytes_.size() || bytes_[at_ + 1] == '\n');
  }

  void odd(csv_fault what) {
    ++record_.odd_quotes;
    fault(what);
  }
  void fault(csv_fault what) {
    if (record_.fault != csv_fault::none) return;
    record_.fault = what;
    record_.fault_at = at_;
  }

  bool finish_field() {
    ++record_.fields;
    if (ends_ != nullptr) keep_place();
    return at_ >= bytes_.size() || bytes_[at_] == '\n';
  }

  void keep_place() {
    const auto place = static_cast<std::uint32_t>(at_);
    if (record_.fields <= ends_->most)
      ends_->places.push_back(place);
    else
      ends_->places.back() = place;
  }

  csv_record done() {
    record_.ended = at_ < bytes_.size();
    record_.end = record_.ended ? at_ + 1 : bytes_.size();
    return record_;
  }

  std::string_view bytes_;
  std::size_t at_;
  const csv_dialect& d_;
  csv_ends* ends_;
  csv_record record_;
};

struct reading {
  std::int64_t first_end = -1;
  std::size_t odd_quotes = 0;
};

reading read_all(std::string_view bytes, const csv_dialect& d, bool inside) {
  reading out;
  bool first = true;
  for (std::size_t at = 0; at < bytes.size(); first = false) {
    record_scan scan(bytes, at, d, nullptr);
    const csv_record r = inside && first ? scan.run_inside() : scan.run();
    out.odd_quotes += r.odd_quotes;
    if (out.first_end < 0 && r.ended) out.first_end = static_cast<std::int64_t>(r.end);
    at = r.end;
  }
  return out;
}

} // namespace

csv_record scan_record(std::string_view bytes, std::size_t at, const csv_dialect& d,
                       csv_ends* ends) {
  return record_scan(bytes, at, d, ends).run();
}

std::int64_t first_record_end(std::string_view bytes, const csv_dialect& d) {
  if (bytes.empty()) return -1;
  const csv_record r = scan_record(bytes, 0, d);
  return r.ended ? static_cast<std::int64_t>(r.end) : -1;
}

std::int64_t guess_record_end(std::string_view bytes, const csv_dialect& d) {
  const bool enough = bytes.size() >= csv_guess_bytes;
  if (!d.quotes || bytes.find(d.quote) == std::string_view::npos) {
    const std::size_t end = d.quotes && !enough ? std::string_view::npos : bytes.find('\n');
    return end == std::string_view::npos ? -1 : static_cast<std::int64_t>(end) + 1;
  }
  const reading outside = read_all(bytes, d, false), inside = read_all(bytes, d, true);
  if (outside.first_end == inside.first_end) return outside.first_end;
  const bool in = inside.odd_quotes < outside.odd_quotes;
  const std::size_t apart =
      in ? outside.odd_quotes - inside.odd_quotes : inside.odd_quotes - outside.odd_quotes;
  if (!enough && apart < telling_quotes) return -1;
  return in ? inside.first_end : outside.first_end;
}

void append_unquoted(std::string& out, std::string_view inner, const csv_dialect& d) {
  for (;;) {
    const std::size_t mark = inner.find(d.escape);
    out += inner.substr(0, mark);
    if (mark == std::string_view::npos || mark + 1 >= inner.size()) return;
    out += inner[mark + 1];
    inner.remove_prefix(mark + 2);
  }
}

} // namespace vigie::core
