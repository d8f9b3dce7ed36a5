// SPDX-License-Identifier: Apache-2.0
#include "source.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vigie::yaml {
namespace {

constexpr std::string_view utf8_mark = "\xef\xbb\xbf";
constexpr std::size_t longest_excerpt = std::size_t{64} << 10U;

bool has_utf16_mark(std::string_view s) {
  return s.starts_with("\xfe\xff") || s.starts_with("\xff\xfe");
}

// C0 without tab and newline, DEL, and C1, which UTF-8 writes as C2 80 to C2 9F.
bool is_control(std::string_view s, std::size_t i) {
  const auto c = static_cast<unsigned char>(s[i]);
  if (c < 0x20) return c != '\t' && c != '\n';
  if (c == 0xc2 && i + 1 < s.size()) return static_cast<unsigned char>(s[i + 1]) < 0xa0;
  return c == 0x7f;
}

bool check_controls(const source& s, reporter& report) {
  const std::string_view text = s.text();
  bool good = true;
  for (std::size_t i = 0; i < text.size() && !report.full(); ++i) {
    if (!is_control(text, i)) continue;
    good = false;
    const std::size_t n = text[i] == '\xc2' ? 2 : 1;
    report.error(code::yaml_encoding, s.at(i),
                 fmt::format("found the control character {}", text::printable(text.substr(i, n))),
                 "delete it, or write it as an escape in double quotes, such as \"\\x1b\"");
  }
  return good;
}

// A tab among the blanks that open a line which holds more than blanks.
bool check_tabs(const source& s, reporter& report) {
  const std::string_view text = s.text();
  bool good = true;
  for (std::size_t start = 0; start < text.size() && !report.full();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    const std::size_t first = std::min(text.find_first_not_of(" \t", start), end);
    const std::size_t tab = text.substr(start, first - start).find('\t');
    if (first < end && tab != std::string_view::npos) {
      good = false;
      report.error(code::yaml_tab, s.at(start + tab), "found a tab in the indent of the line",
                   "indent by spaces; a tab that opens a line of text is \"\\t\" in double quotes");
    }
    start = end + 1;
  }
  return good;
}

} // namespace

source::source(std::string_view bytes) {
  if (bytes.starts_with(utf8_mark)) bytes.remove_prefix(utf8_mark.size());
  text_.reserve(bytes.size());
  starts_.push_back(0);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n') continue;
    text_ += bytes[i];
    if (bytes[i] == '\n') starts_.push_back(text_.size());
  }
}

mark source::at(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto next = std::ranges::upper_bound(starts_, offset);
  const auto line = next - starts_.begin();
  return {static_cast<int>(line), static_cast<int>(offset - *(next - 1)) + 1};
}

std::string_view source::line(int number) const {
  if (number < 1 || static_cast<std::size_t>(number) > starts_.size()) return {};
  const std::size_t start = starts_[static_cast<std::size_t>(number) - 1];
  const std::string_view rest = std::string_view(text_).substr(start);
  return rest.substr(0, rest.find('\n'));
}

bool check_bytes(const source& s, reporter& report) {
  if (has_utf16_mark(s.text())) {
    report.error(code::yaml_encoding, {1, 1}, "the file is UTF-16; expected UTF-8",
                 "save it as UTF-8");
    return false;
  }
  if (const auto bad = text::invalid_utf8(s.text())) {
    const auto byte = static_cast<unsigned char>(s.byte(*bad));
    report.error(code::yaml_encoding, s.at(*bad),
                 fmt::format("found the byte 0x{:02x}, which is not UTF-8 here", byte),
                 "save the file as UTF-8");
    return false;
  }
  const bool clean = check_controls(s, report);
  return check_tabs(s, report) && clean;
}

void add_excerpts(std::string_view bytes, std::string_view file, diagnostics& problems) {
  const auto wants = [&](const diagnostic& d) {
    return d.place.line > 0 && d.excerpt.empty() && !d.hides_line && d.place.file == file;
  };
  if (std::ranges::none_of(problems, wants)) return;
  const source s(bytes);
  for (diagnostic& d : problems) {
    if (!wants(d)) continue;
    const std::string_view line = s.line(d.place.line);
    if (line.size() <= longest_excerpt) d.excerpt = line;
  }
}

} // namespace vigie::yaml
