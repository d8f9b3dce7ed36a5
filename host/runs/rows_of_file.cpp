// SPDX-License-Identifier: Apache-2.0
#include "rows_of_file.hpp"

#include "canonical.hpp"
#include "io/errors.hpp"
#include "io/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

namespace vigie::runs {
namespace {

constexpr std::uint64_t longest_line = std::uint64_t{256} << 20U;

diagnostic not_of_form(const std::string& path, std::uint64_t row, std::string_view what) {
  place p = io::in_file(path);
  p.row = static_cast<std::int64_t>(row);
  return fail(code::diff_rows, fmt::format("row {} {}", row, what)).at(std::move(p));
}

// The path as a pattern that fits it alone.
std::string literal_pattern(const std::string& path) {
  std::string out;
  for (const char c : path) {
    if (c == '*' || c == '?' || c == '[' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

// Chunks of whole lines, one after the other.
class text_of_file {
public:
  static result<text_of_file> open(const std::string& path, const std::atomic<bool>* cancel) {
    io::read_options o;
    o.encoding = "utf-8"; // what Vigie writes; other bytes are compared as they are
    o.max_record = longest_line;
    o.digest = false;
    o.cancel = cancel;
    const auto found = io::list_inputs({literal_pattern(path)});
    if (!found) return found.error();
    const io::input& in = found->front();
    const auto splits = io::plan_splits(in, 0, in.facts.size + 1, o);
    if (!splits) return splits.error();
    auto reader = io::split_reader::open(in, splits->front(), o);
    if (!reader) return std::move(reader).error();
    return text_of_file(path, std::move(*reader));
  }

  // False at the end.
  result<bool> next() {
    auto c = reader_->next();
    if (!c) return std::move(c).error();
    if (!*c) return false;
    if ((*c)->skipped)
      return fail(code::diff_rows, "a line has more than 256 MiB").at(io::in_file(path_));
    chunk_ = std::move(**c);
    return true;
  }
  [[nodiscard]] std::string_view text() const { return {chunk_.data, chunk_.size}; }
  [[nodiscard]] const std::string& path() const { return path_; }

private:
  text_of_file(std::string path, std::unique_ptr<io::split_reader> reader)
      : path_(std::move(path)), reader_(std::move(reader)) {}
  std::string path_;
  std::unique_ptr<io::split_reader> reader_;
  io::chunk chunk_;
};

class line_reader : public row_reader {
public:
  explicit line_reader(text_of_file text) : text_(std::move(text)) {}

  result<bool> next(file_row& row) override {
    const auto more = next_line();
    if (!more || !*more) return more;
    row.number = number_;
    row.names.clear();
    row.cells.assign(1, std::string(line_));
    return true;
  }

protected:
  // The line without its newline, readable for io::chunk_padding bytes beyond its end.
  result<bool> next_line() {
    if (at_ >= text_.text().size()) {
      const auto more = text_.next();
      if (!more || !*more) return more;
      at_ = 0;
    }
    const std::string_view rest = text_.text().substr(at_);
    line_ = rest.substr(0, rest.find('\n'));
    at_ += line_.size() + 1;
    ++number_;
    return true;
  }

  text_of_file text_;
  std::string_view line_;
  std::size_t at_ = 0;
  std::uint64_t number_ = 0;
};

class json_reader final : public line_reader {
public:
  using line_reader::line_reader;

  result<bool> next(file_row& row) override {
    static_assert(simdjson::SIMDJSON_PADDING <= io::chunk_padding);
    for (;;) {
      const auto more = next_line();
      if (!more || !*more) return more;
      if (line_.find_first_not_of(" \t\r") != std::string_view::npos) break;
    }
    simdjson::dom::element e;
    if (const auto error = parser_.parse(line_.data(), line_.size(), false).get(e))
      return not_of_form(text_.path(), number_,
                         fmt::format("is no JSON: {}", simdjson::error_message(error)));
    row.number = number_;
    row.names.clear();
    row.cells.clear();
    simdjson::dom::object fields;
    if (e.get(fields) != simdjson::SUCCESS) {
      row.cells.push_back(canonical(e));
      return true;
    }
    for (const auto [name, value] : fields) {
      row.names.emplace_back(name);
      row.cells.push_back(canonical(value));
    }
    return true;
  }

private:
  simdjson::dom::parser parser_;
};

class csv_reader final : public row_reader {
public:
  explicit csv_reader(text_of_file text) : text_(std::move(text)) {}

  result<bool> next(file_row& row) override {
    if (!header_) {
      const auto any = record(header_.emplace());
      if (!any || !*any) return any;
    }
    const auto any = record(row.cells);
    if (!any || !*any) return any;
    row.number = ++number_;
    row.names = *header_;
    if (row.cells.size() == row.names.size()) return true;
    return not_of_form(
        text_.path(), number_,
        fmt::format("has {} fields; the header line has {}", row.cells.size(), row.names.size()));
  }

private:
  enum class state : std::uint8_t { start, plain, quoted, closed };

  // False at the end of the file where nothing stands behind the last line end.
  result<bool> record(std::vector<std::string>& fields) {
    fields.assign(1, {});
    state_ = state::start;
    bool any = false;
    for (;;) {
      if (at_ >= text_.text().size()) {
        const auto more = text_.next();
        if (!more) return more;
        if (!*more) break;
        at_ = 0;
        continue;
      }
      any = true;
      if (take(text_.text()[at_++], fields)) return true;
    }
    if (state_ == state::quoted)
      return not_of_form(text_.path(), number_ + 1, "opens a quote that is never closed");
    return any;
  }

  // True where the record ends.
  bool take(char c, std::vector<std::string>& fields) {
    std::string& field = fields.back();
    if (state_ == state::quoted) {
      if (c == '"')
        state_ = state::closed;
      else
        field += c;
      return false;
    }
    if (c == '\n') {
      if (state_ != state::closed && field.ends_with('\r')) field.pop_back();
      return true;
    }
    if (c == ',') {
      fields.emplace_back();
      state_ = state::start;
    } else if (c == '"' && state_ == state::start) {
      state_ = state::quoted;
    } else if (c == '"' && state_ == state::closed) {
      field += c;
      state_ = state::quoted;
    } else if (c != '\r' || state_ != state::closed) {
      field += c;
      state_ = state::plain;
    }
    return false;
  }

  text_of_file text_;
  std::size_t at_ = 0;
  state state_ = state::start;
  std::optional<std::vector<std::string>> header_;
  std::uint64_t number_ = 0;
};

} // namespace

row_form form_of(std::string_view file) {
  for (const std::string_view packed : {".gz", ".zst"})
    if (file.ends_with(packed)) file.remove_suffix(packed.size());
  constexpr std::array texts{".txt", ".md", ".html", ".xml", ".yaml", ".svg", ".tsv"};
  if (file.ends_with(".jsonl") || file.ends_with(".ndjson")) return row_form::json_lines;
  if (file.ends_with(".csv")) return row_form::csv;
  const bool text =
      std::ranges::any_of(texts, [&](const char* end) { return file.ends_with(end); });
  return text ? row_form::lines : row_form::bytes;
}

std::string_view name_of(row_form f) {
  switch (f) {
  case row_form::json_lines: return "json lines";
  case row_form::csv: return "csv";
  case row_form::lines: return "lines";
  case row_form::bytes: return "bytes";
  }
  return "bytes";
}

const std::string* cell_of(const file_row& row, std::string_view name) {
  const auto at = std::ranges::find(row.names, name);
  if (at == row.names.end()) return nullptr;
  return &row.cells[static_cast<std::size_t>(at - row.names.begin())];
}

result<std::unique_ptr<row_reader>> row_reader::open(const std::string& path, row_form form,
                                                     const std::atomic<bool>* cancel) {
  auto text = text_of_file::open(path, cancel);
  if (!text) return std::move(text).error();
  std::unique_ptr<row_reader> made;
  if (form == row_form::json_lines)
    made = std::make_unique<json_reader>(std::move(*text));
  else if (form == row_form::csv)
    made = std::make_unique<csv_reader>(std::move(*text));
  else
    made = std::make_unique<line_reader>(std::move(*text));
  return made;
}

} // namespace vigie::runs
