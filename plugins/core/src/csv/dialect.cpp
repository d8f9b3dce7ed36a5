// SPDX-License-Identifier: Apache-2.0
#include "csv/dialect.hpp"

#include <algorithm>

namespace vigie::core {
namespace {

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

// One way to read bytes that begin anywhere, record by record.
class reading {
public:
  reading(std::string_view bytes, const csv_dialect& d, bool inside) : bytes_(bytes), d_(d) {
    take(inside ? record_scan(bytes_, 0, d_, nullptr).run_inside() : scan_record(bytes_, 0, d_));
    first_end_ = ended_ ? static_cast<std::int64_t>(at_) : -1;
  }
  void next() { take(scan_record(bytes_, at_, d_)); }
  [[nodiscard]] bool more() const { return ended_ && at_ < bytes_.size(); }
  [[nodiscard]] bool ended() const { return ended_; }
  [[nodiscard]] std::size_t at() const { return at_; } // where the records read so far end
  [[nodiscard]] std::int64_t first_end() const { return first_end_; }
  [[nodiscard]] std::size_t odd_quotes() const { return odd_quotes_; }

private:
  void take(const csv_record& r) {
    odd_quotes_ += r.odd_quotes;
    at_ = r.end;
    ended_ = r.ended;
  }

  std::string_view bytes_;
  const csv_dialect& d_;
  std::size_t at_ = 0, odd_quotes_ = 0;
  std::int64_t first_end_ = -1;
  bool ended_ = false;
};

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
  reading outside(bytes, d, false), inside(bytes, d, true);
  // From a record end that both have on, they are the same, and nothing more tells them apart.
  while (outside.at() != inside.at()) {
    reading& behind = outside.at() < inside.at() ? outside : inside;
    if (!behind.more()) break;
    behind.next();
  }
  const bool met = outside.at() == inside.at() && outside.ended() && inside.ended();
  if (!met && !enough) return -1;
  return inside.odd_quotes() < outside.odd_quotes() ? inside.first_end() : outside.first_end();
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
