// SPDX-License-Identifier: Apache-2.0
// Tar archives for tests, header by header.
#pragma once

#include <fmt/format.h>

#include <string>

namespace tars {

inline std::string padded(std::string text, std::size_t size) {
  text.resize(size, '\0');
  return text;
}

struct entry {
  std::string name;
  std::string bytes = {};
  char type = '0';
  std::string size = {}; // instead of the octal number
  std::string prefix = {};
};

inline std::string header(const entry& e) {
  const std::string size = e.size.empty() ? fmt::format("{:011o}", e.bytes.size()) : e.size;
  std::string h = padded(e.name, 100) + padded("0000644", 8) + padded("0000000", 8) +
                  padded("0000000", 8) + padded(size, 12) + padded("00000000000", 12) +
                  std::string(8, ' ') + e.type + padded("", 100) + std::string("ustar\0", 6) +
                  "00" + padded("", 80) + padded(e.prefix, 155);
  h.resize(512, '\0');
  unsigned sum = 0;
  for (const char c : h) sum += static_cast<unsigned char>(c);
  h.replace(148, 8, fmt::format("{:06o}", sum) + std::string("\0 ", 2));
  return h;
}

inline std::string member(const entry& e) {
  return header(e) + padded(e.bytes, (e.bytes.size() + 511) / 512 * 512);
}

inline const std::string end(1024, '\0');

inline std::string pax(const std::string& key, const std::string& value, char type = 'x') {
  std::string record = fmt::format(" {}={}\n", key, value);
  std::size_t length = record.size() + 1;
  while (std::to_string(length).size() + record.size() != length) ++length;
  return member({.name = "pax", .bytes = std::to_string(length) + record, .type = type});
}

} // namespace tars
