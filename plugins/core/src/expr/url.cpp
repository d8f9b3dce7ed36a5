// SPDX-License-Identifier: Apache-2.0
#include "url.hpp"

#include <algorithm>

namespace vigie::core::expr {
namespace {

using found = std::optional<std::string_view>;

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool digit(char c) { return c >= '0' && c <= '9'; }

// Cuts the scheme and its colon off.
found take_scheme(std::string_view& text) {
  const std::size_t colon = text.find(':');
  if (colon == text.npos || !letter(text[0])) return std::nullopt;
  const std::string_view scheme = text.substr(0, colon);
  const bool good = std::all_of(scheme.begin(), scheme.end(), [](char c) {
    return letter(c) || digit(c) || c == '+' || c == '-' || c == '.';
  });
  if (!good) return std::nullopt;
  text.remove_prefix(colon + 1);
  return scheme;
}

// Cuts what stands behind `mark` off.
found take_behind(std::string_view& text, char mark) {
  const std::size_t at = text.find(mark);
  if (at == text.npos) return std::nullopt;
  const std::string_view out = text.substr(at + 1);
  text = text.substr(0, at);
  return out;
}

found take_authority(std::string_view& text) {
  if (!text.starts_with("//")) return std::nullopt;
  text.remove_prefix(2);
  const std::size_t end = std::min(text.find('/'), text.size());
  const std::string_view out = text.substr(0, end);
  text.remove_prefix(end);
  return out;
}

found of_authority(std::string_view authority, url_part part) {
  const std::size_t at = authority.rfind('@');
  if (part == url_part::userinfo)
    return at == authority.npos ? found() : found(authority.substr(0, at));
  if (at != authority.npos) authority.remove_prefix(at + 1);
  std::size_t host_end = authority.rfind(':');
  std::string_view host = authority.substr(0, host_end);
  if (authority.starts_with('[') && authority.find(']') != authority.npos) {
    const std::size_t close = authority.find(']');
    host = authority.substr(1, close - 1);
    host_end = authority.find(':', close);
  }
  if (part == url_part::host) return host.empty() ? found() : found(host);
  if (host_end == authority.npos) return std::nullopt;
  const std::string_view port = authority.substr(host_end + 1);
  const bool digits = !port.empty() && std::all_of(port.begin(), port.end(), digit);
  return digits ? found(port) : found();
}

} // namespace

found part_of_url(std::string_view text, url_part part) {
  const found scheme = take_scheme(text);
  if (part == url_part::scheme) return scheme;
  const found fragment = take_behind(text, '#');
  if (part == url_part::fragment) return fragment;
  const found query = take_behind(text, '?');
  if (part == url_part::query) return query;
  const found authority = take_authority(text);
  if (part == url_part::path) return text;
  return authority ? of_authority(*authority, part) : std::nullopt;
}

} // namespace vigie::core::expr
