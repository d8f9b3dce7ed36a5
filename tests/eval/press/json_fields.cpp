// SPDX-License-Identifier: Apache-2.0
#include "json_fields.hpp"

namespace vigie::press::eval::json_fields {

std::string text_at(element e, std::string_view key) {
  std::string_view out;
  return e[key].get(out) == simdjson::SUCCESS ? std::string(out) : std::string();
}

std::optional<std::int64_t> integer_at(element e, std::string_view key) {
  std::int64_t out = 0;
  if (e[key].get(out) != simdjson::SUCCESS) return std::nullopt;
  return out;
}

double number_at(element e, std::string_view key) {
  double out = 0;
  if (e[key].get(out) == simdjson::SUCCESS) return out;
  return static_cast<double>(integer_at(e, key).value_or(0));
}

bool flag_at(element e, std::string_view key) {
  bool out = false;
  return e[key].get(out) == simdjson::SUCCESS && out;
}

std::vector<element> list_at(element e, std::string_view key) {
  simdjson::dom::array list;
  std::vector<element> out;
  if (e[key].get(list) != simdjson::SUCCESS) return out;
  for (const auto item : list) out.push_back(item);
  return out;
}

} // namespace vigie::press::eval::json_fields
