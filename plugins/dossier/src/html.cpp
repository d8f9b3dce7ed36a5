// SPDX-License-Identifier: Apache-2.0
#include "html.hpp"

#include "common/display/width.hpp"

#include <algorithm>

namespace vigie::dossier {
namespace {

bool is_blank(char32_t c) {
  return c == ' ' || (c >= 0x09 && c <= 0x0d && c != 0x0b) || c == 0x2028 || c == 0x2029;
}

// A soft hyphen and the marks of a letter's own direction are at home in honest text.
bool is_shown_as_code(char32_t c) {
  if (c == 0xad || c == 0x61c || c == 0x200e || c == 0x200f) return false;
  const bool noncharacter = (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
  return noncharacter || display::is_unsafe(c);
}

std::string code_of(char32_t c) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out = "&lt;U+";
  for (int shift = c > 0xfffff ? 20 : c > 0xffff ? 16 : 12; shift >= 0; shift -= 4)
    out += hex[(c >> shift) & 15];
  return out + "&gt;";
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool starts_with_word(std::string_view text, std::string_view lower) {
  return text.size() >= lower.size() &&
         std::equal(lower.begin(), lower.end(), text.begin(),
                    [](char l, char c) { return l == (c >= 'A' && c <= 'Z' ? c + 32 : c); });
}

} // namespace

markup& markup::raw(std::string_view html) {
  out_ += html;
  return *this;
}

markup& markup::text(std::string_view from_outside) {
  append(from_outside, true);
  return *this;
}

markup& markup::isolated(std::string_view from_outside) {
  return raw("<bdi>").text(from_outside).raw("</bdi>");
}

markup& markup::plain(std::string_view from_outside) {
  append(from_outside, false);
  return *this;
}

markup& markup::attribute(std::string_view name, std::string_view value) {
  return raw(" ").raw(name).raw("=\"").plain(value).raw("\"");
}

void markup::append(std::string_view from_outside, bool with_elements) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(from_outside.data());
  for (std::size_t at = 0; at < from_outside.size();) {
    UChar32 point = 0;
    U8_NEXT_OR_FFFD(bytes, at, from_outside.size(), point);
    const auto c = static_cast<char32_t>(point);
    if (c == '<')
      out_ += "&lt;";
    else if (c == '>')
      out_ += "&gt;";
    else if (c == '&')
      out_ += "&amp;";
    else if (c == '"')
      out_ += "&quot;";
    else if (c == '\'')
      out_ += "&#39;";
    else if (is_blank(c))
      out_ += ' ';
    else if (!is_shown_as_code(c))
      display::detail::append_point(out_, c);
    else if (with_elements)
      raw("<span class=\"code-point\">").raw(code_of(c)).raw("</span>");
    else
      out_ += code_of(c);
  }
}

bool is_safe_link(std::string_view url) {
  const std::size_t scheme = starts_with_word(url, "https://")  ? 8
                             : starts_with_word(url, "http://") ? 7
                                                                : 0;
  if (scheme == 0) return false;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(url.data());
  for (std::size_t at = 0; at < url.size();) {
    UChar32 c = 0;
    U8_NEXT(bytes, at, url.size(), c);
    if (c < 0 || u_isUWhiteSpace(c) || display::is_unsafe(static_cast<char32_t>(c))) return false;
  }
  if (url.find_first_of("\"'<>\\^`{|}") != std::string_view::npos) return false;
  const std::string_view host = url.substr(scheme, url.find_first_of("/?#", scheme) - scheme);
  return !host.empty() && host.find('@') == std::string_view::npos;
}

bool is_language_tag(std::string_view text) {
  std::size_t part = 0, parts = 1;
  for (const char c : text) {
    if (c == '-') {
      if (part == 0) return false;
      part = 0;
      ++parts;
      continue;
    }
    if (!is_letter(c) && (parts == 1 || !is_digit(c))) return false;
    if (++part > 8) return false;
  }
  const std::size_t first = std::min(text.find('-'), text.size());
  return part > 0 && parts <= 6 && first >= 2 && first <= 3;
}

} // namespace vigie::dossier
