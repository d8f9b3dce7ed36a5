// SPDX-License-Identifier: Apache-2.0
#include "read.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vigie::read {
namespace {

std::string shown(std::string_view text) {
  return vigie::text::elide(text.substr(0, vigie::text::char_start(text, 200)), 60);
}

// Reads one scalar by the rules of typed values and passes on what they say.
std::optional<param_value> typed(const yaml::entry& e, param_type type, reporter& report) {
  param_spec spec;
  spec.name = shown(e.key);
  spec.type = type;
  scope s;
  s.file = report.file();
  diagnostics found;
  param_value v = parse_value(spec, e.value, s, found);
  for (diagnostic& d : found)
    report.error(d.code, d.place, std::move(d.message), std::move(d.hint));
  if (!v.set) return std::nullopt;
  return v;
}

} // namespace

bool is_name(std::string_view text) {
  const auto good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !text.empty() && text.size() <= 100 && text[0] >= 'a' && text[0] <= 'z' &&
         std::ranges::all_of(text, good);
}

bool mapping(const yaml::node& n, std::string_view what, reporter& report) {
  if (n.is_mapping()) return true;
  report.error(
      code::wrong_kind, n.at, fmt::format("found {}, expected {}", describe(n), what),
      "write {key: value}, or indented lines of `key: value` with a space behind the colon");
  return false;
}

void keys(const yaml::node& n, const std::vector<std::string>& known, std::string_view what,
          reporter& report) {
  for (const yaml::entry& e : n.entries) {
    if (report.full()) return;
    if (std::ranges::find(known, e.key) != known.end()) continue;
    report.error(code::unknown_key, e.at, fmt::format("unknown key '{}' in {}", shown(e.key), what),
                 suggest(e.key, known));
  }
}

const yaml::entry* required(const yaml::node& n, std::string_view key, std::string_view what,
                            reporter& report) {
  const yaml::entry* e = n.find(key);
  if (e == nullptr)
    report.error(code::missing_key, n.at, fmt::format("the key '{}' is missing in {}", key, what));
  return e;
}

std::optional<std::string> text(const yaml::entry& e, reporter& report) {
  if (e.value.is_scalar() && e.value.text.find("${") != std::string::npos) {
    report.error(code::reference_refused, e.value.at,
                 fmt::format("'{}' takes no references", e.key),
                 "references stand in `with` and in the defaults of parameters");
    return std::nullopt;
  }
  auto v = typed(e, param_type::text, report);
  if (!v) return std::nullopt;
  return std::move(v->s);
}

std::optional<std::string> name(const yaml::entry& e, std::string_view what, reporter& report) {
  auto found = text(e, report);
  if (!found || is_name(*found)) return found;
  report.error(
      code::bad_name, e.value.at, fmt::format("'{}' cannot be the name of {}", shown(*found), what),
      "names are small letters, digits, '_' and '-', and start with a letter; at most 100 of them");
  return std::nullopt;
}

std::optional<std::size_t> word(const yaml::entry& e, const std::vector<std::string>& words, code c,
                                reporter& report) {
  const auto found = text(e, report);
  if (!found) return std::nullopt;
  const auto at = std::ranges::find(words, *found);
  if (at != words.end()) return static_cast<std::size_t>(at - words.begin());
  const std::string near = found->size() > 200 ? std::string() : nearest(*found, words);
  report.error(c, e.value.at,
               fmt::format("found '{}' for '{}', expected one of {}", shown(*found), e.key,
                           vigie::text::join(words, ", ")),
               near.empty() ? "" : fmt::format("did you mean '{}'?", near));
  return std::nullopt;
}

std::optional<bool> boolean(const yaml::entry& e, reporter& report) {
  const auto v = typed(e, param_type::boolean, report);
  if (!v) return std::nullopt;
  return v->i != 0;
}

} // namespace vigie::read
