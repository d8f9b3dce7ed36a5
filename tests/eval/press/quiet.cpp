// SPDX-License-Identifier: Apache-2.0
#include "quiet.hpp"

#include "json_fields.hpp"

#include <array>
#include <fstream>
#include <functional>
#include <map>
#include <stdexcept>

namespace vigie::press::eval {
namespace {

using json_fields::element;
using json_fields::list_at;
using json_fields::text_at;

struct count {
  std::size_t pages = 0, sentences = 0, claims = 0;
};

// As vigie_eval_html halves the pages: FNV-1a, its halves folded.
unsigned half_of(std::string_view name) {
  std::uint32_t h = 2166136261U;
  for (const char c : name) h = (h ^ static_cast<unsigned char>(c)) * 16777619U;
  return (h ^ (h >> 16U)) % 2;
}

void each_line(const std::filesystem::path& file, const std::function<void(element)>& take) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  simdjson::dom::parser parser;
  for (std::string line; std::getline(in, line);) {
    element row;
    if (const auto e = parser.parse(line).get(row); e != simdjson::SUCCESS)
      throw std::runtime_error(file.string() + ": " + simdjson::error_message(e));
    take(row);
  }
}

std::string row_of(const std::string& name, const count& c) {
  std::array<char, 160> line{};
  const double rate =
      c.sentences == 0 ? 0.0
                       : 1000.0 * static_cast<double>(c.claims) / static_cast<double>(c.sentences);
  std::snprintf(line.data(), line.size(), "| %-10s | %5zu | %9zu | %6zu | %7.1f |\n", name.c_str(),
                c.pages, c.sentences, c.claims, rate);
  return line.data();
}

} // namespace

std::string quiet_table(const std::filesystem::path& run, bool verbose) {
  std::map<std::string, count> counts; // by language and half
  std::map<std::string, std::string> languages;
  std::string shown;
  const auto row_name = [&](const std::string& file) {
    return languages[file] + ", half " + std::to_string(half_of(file));
  };
  each_line(run / "read.jsonl", [&](element row) {
    const std::string file = text_at(row, "file");
    languages[file] = text_at(row, "language");
    count& c = counts[row_name(file)];
    ++c.pages;
    c.sentences += list_at(row, "sentences").size();
  });
  each_line(run / "told.jsonl", [&](element row) {
    const std::string file = text_at(row, "file");
    ++counts[row_name(file)].claims;
    if (verbose && half_of(file) == 0)
      shown += file + ": " + text_at(row, "type") + ": " + text_at(row, "actor") + " -> " +
               text_at(row, "target") + ": " + text_at(row, "text") + "\n";
  });
  std::string out = "## pages of other subjects\n\n"
                    "| pages      |     n | sentences | claims | to 1000 |\n"
                    "|---|---|---|---|---|\n";
  count all;
  for (const auto& [name, c] : counts) {
    out += row_of(name, c);
    all.pages += c.pages, all.sentences += c.sentences, all.claims += c.claims;
  }
  out += row_of("all", all);
  return out + (shown.empty() ? "" : "\n" + shown);
}

} // namespace vigie::press::eval
