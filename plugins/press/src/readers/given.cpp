// SPDX-License-Identifier: Apache-2.0
#include "readers/given.hpp"

#include "text/dates/dates.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace vigie::press {
namespace {

[[noreturn]] void wrong(std::size_t line, const std::string& what) {
  throw std::runtime_error("line " + std::to_string(line) + ": " + what);
}

// Fields of RFC 4180, record by record.
class csv_reader {
public:
  explicit csv_reader(std::string_view text) : text_(text) {
    if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
  }

  [[nodiscard]] std::size_t line() const { return record_line_; }

  // The next record; nothing at the end. Blank lines are passed over.
  std::optional<std::vector<std::string>> next() {
    while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r'))
      line_ += text_[at_++] == '\n' ? 1 : 0;
    if (at_ >= text_.size()) return std::nullopt;
    record_line_ = line_;
    std::vector<std::string> fields;
    do fields.push_back(field());
    while (take(','));
    if (at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '\r')
      wrong(line_, "text behind a closing quote");
    return fields;
  }

private:
  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::string field() {
    std::string out;
    if (!take('"')) {
      while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n' && text_[at_] != '\r')
        out += text_[at_++];
      return out;
    }
    for (;;) {
      if (at_ >= text_.size()) wrong(record_line_, "a quote that opens here is not closed");
      const char c = text_[at_++];
      line_ += c == '\n' ? 1 : 0;
      if (c == '"' && !take('"')) return out;
      out += c;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0, line_ = 1, record_line_ = 1;
};

std::optional<std::int32_t> day(const std::string& text, std::size_t line) {
  if (text.empty()) return std::nullopt;
  const bool form =
      text.size() == 10 && text[4] == '-' && text[7] == '-' &&
      std::ranges::all_of(text, [](char c) { return c == '-' || (c >= '0' && c <= '9'); });
  const auto found = form ? day_of(std::stoi(text.substr(0, 4)), std::stoi(text.substr(5, 2)),
                                   std::stoi(text.substr(8, 2)))
                          : std::nullopt;
  if (!found) wrong(line, "'" + text + "' is no date of the form 2014-05-20");
  return found;
}

} // namespace

given_table given_table::read(std::string_view csv) {
  static const std::vector<std::string> known{"file", "url", "publisher", "published", "retrieved"};
  csv_reader reader(csv);
  const auto header = reader.next();
  if (!header) wrong(1, "the table is empty; its header is file,url,publisher,published,retrieved");
  for (std::size_t i = 0; i < header->size(); ++i) {
    if (std::ranges::find(known, (*header)[i]) == known.end())
      wrong(1, "unknown column '" + (*header)[i] +
                   "'; known are file, url, publisher, published and retrieved");
    if (std::find(header->begin(), header->begin() + static_cast<std::ptrdiff_t>(i),
                  (*header)[i]) != header->begin() + static_cast<std::ptrdiff_t>(i))
      wrong(1, "column '" + (*header)[i] + "' stands twice");
  }
  if (std::ranges::find(*header, "file") == header->end()) wrong(1, "there is no column 'file'");
  given_table out;
  while (const auto fields = reader.next()) {
    const std::size_t line = reader.line();
    if (fields->size() != header->size())
      wrong(line, std::to_string(fields->size()) + " fields where the header has " +
                      std::to_string(header->size()));
    const auto at = [&](std::string_view name) {
      const auto found = std::ranges::find(*header, name);
      return found == header->end() ? std::string()
                                    : (*fields)[static_cast<std::size_t>(found - header->begin())];
    };
    const bool fresh =
        out.rows_
            .emplace(at("file"), given_facts{at("url"), at("publisher"), day(at("published"), line),
                                             day(at("retrieved"), line)})
            .second;
    if (!fresh) wrong(line, "file '" + at("file") + "' stands twice");
  }
  return out;
}

const given_facts* given_table::find(std::string_view file) const {
  const auto at = rows_.find(file);
  return at == rows_.end() ? nullptr : &at->second;
}

} // namespace vigie::press
