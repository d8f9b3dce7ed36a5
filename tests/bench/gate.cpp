// SPDX-License-Identifier: Apache-2.0
#include "gate.hpp"

#include "base/json.hpp"
#include "io/sha256.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <vector>

namespace bench {

namespace {

void append_canonical(std::string& out, const simdjson::dom::element& e);

void append_object(std::string& out, const simdjson::dom::object& object) {
  std::vector<std::pair<std::string_view, simdjson::dom::element>> members;
  for (const auto& [key, value] : object) members.emplace_back(key, value);
  std::ranges::sort(members, {}, [](const auto& m) { return m.first; });
  out += '{';
  for (const auto& [key, value] : members) {
    vigie::append_json_string(out, key);
    out += ':';
    append_canonical(out, value);
    out += ',';
  }
  out += '}';
}

void append_array(std::string& out, const simdjson::dom::array& array) {
  out += '[';
  for (const simdjson::dom::element& e : array) {
    append_canonical(out, e);
    out += ',';
  }
  out += ']';
}

// 1 and 1.0 are one number, and so are 0 and -0.0, as simdjson reads -0 as the whole number 0;
// whole numbers keep all their digits.
void append_canonical(std::string& out, const simdjson::dom::element& e) {
  using type = simdjson::dom::element_type;
  switch (e.type()) {
  case type::OBJECT: append_object(out, e.get_object().value()); break;
  case type::ARRAY: append_array(out, e.get_array().value()); break;
  case type::STRING: vigie::append_json_string(out, e.get_string().value()); break;
  case type::INT64: out += fmt::format("{}", e.get_int64().value()); break;
  case type::UINT64: out += fmt::format("{}", e.get_uint64().value()); break;
  case type::DOUBLE: out += fmt::format("{}", e.get_double().value() + 0.0); break;
  case type::BOOL: out += e.get_bool().value() ? "true" : "false"; break;
  case type::NULL_VALUE: out += "null"; break;
  }
}

std::string canonical_json(std::string_view line) {
  static thread_local simdjson::dom::parser parser;
  simdjson::dom::element e;
  if (parser.parse(line.data(), line.size(), true).get(e) != simdjson::SUCCESS)
    throw std::runtime_error(fmt::format("no JSON: {}", line.substr(0, 200)));
  std::string out;
  append_canonical(out, e);
  return out;
}

// Fields separated by a byte that no text holds. The benchmark's fields hold no line ends.
std::string canonical_csv(std::string_view line) {
  std::string out;
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool doubled = quoted && line[i] == '"' && i + 1 < line.size() && line[i + 1] == '"';
    if (doubled)
      out += line[i++];
    else if (line[i] == '"')
      quoted = !quoted;
    else
      out += line[i] == ',' && !quoted ? '\xff' : line[i];
  }
  return out;
}

std::uint64_t word(const vigie::io::sha256_value& v, std::size_t at) {
  std::uint64_t w = 0;
  std::memcpy(&w, v.data() + at, sizeof w);
  return w;
}

} // namespace

std::string canonical(std::string_view line, form f) {
  switch (f) {
  case form::json: return canonical_json(line);
  case form::csv:
  case form::rows: return canonical_csv(line);
  case form::lines: break;
  }
  return std::string(line);
}

fingerprint fingerprint_of(const std::filesystem::path& file, form f) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  fingerprint out;
  std::string line;
  if (f == form::csv) std::getline(in, line);
  while (std::getline(in, line)) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    const auto digest = vigie::io::sha256(canonical(line, f));
    if (!digest) throw std::runtime_error("SHA-256 cannot be had");
    out.low += word(*digest, 0);
    out.high += word(*digest, 8);
    ++out.rows;
  }
  return out;
}

} // namespace bench
