// SPDX-License-Identifier: Apache-2.0
// The inputs of tests/data/json (see its README) through the real reader: as one chunk, line by
// line, and without the fast walk. All must give what the files say.
#include "catch.hpp"
#include "json/cell.hpp"
#include "jsonl_task.hpp"

#include <vigie/testing.hpp>

#include <charconv>
#include <filesystem>
#include <fstream>

using vigie::core::json_column;
using vigie::core::read_jsonl;
using vigie::testing::cell;
using vigie::testing::harness;
using vigie::testing::outcome;

namespace {

struct example {
  std::string line;     // bytes
  std::string expected; // "row VALUE", "bad OFFSET WORDS", "none"
  json_column column;
};

int hex(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

// What <<...>> stands for.
std::string piece(std::string_view inside) {
  std::string out;
  if (inside.starts_with("keys ")) {
    const int count = std::stoi(std::string(inside.substr(5)));
    for (int i = 0; i < count; ++i)
      out += (i > 0 ? ",\"k" : "\"k") + std::to_string(i) + "\":" + std::to_string(i);
    return out;
  }
  const char byte = static_cast<char>(hex(inside[0]) * 16 + hex(inside[1]));
  const std::size_t count = inside.size() > 2 ? std::stoul(std::string(inside.substr(3))) : 1;
  return std::string(count, byte);
}

std::string expanded(std::string_view text) {
  std::string out;
  for (;;) {
    const std::size_t open = text.find("<<");
    if (open == std::string_view::npos) return out.append(text);
    const std::size_t close = text.find(">>", open);
    out.append(text.substr(0, open)).append(piece(text.substr(open + 2, close - open - 2)));
    text.remove_prefix(close + 2);
  }
}

std::vector<example> examples_in(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::vector<example> out;
  json_column column{"a", "", "json"};
  for (std::string line, expected; std::getline(in, line);) {
    if (line.starts_with('#')) continue;
    if (line.starts_with("@ ")) {
      const std::size_t space = line.find(' ', 2);
      column.type = line.substr(2, space - 2);
      column.list = space != std::string::npos;
      continue;
    }
    REQUIRE(std::getline(in, expected));
    REQUIRE(expected.starts_with("  "));
    out.push_back({expanded(line), expanded(expected.substr(2)), column});
  }
  return out;
}

outcome read(const std::string& bytes, const json_column& column, bool walks) {
  harness<read_jsonl> h;
  h.component().fields = {column};
  h.component().raw = "line";
  h.component().walks = walks;
  return h.decode(bytes);
}

std::string shown(const cell& c, bool quoted) {
  if (const auto* v = std::get_if<bool>(&c.value)) return *v ? "true" : "false";
  if (const auto* v = std::get_if<std::int64_t>(&c.value)) return std::to_string(*v);
  if (const auto* v = std::get_if<double>(&c.value)) {
    std::array<char, 32> text{};
    return {text.data(), std::to_chars(text.data(), text.data() + text.size(), *v).ptr};
  }
  std::string out;
  if (const auto* v = std::get_if<std::string>(&c.value)) {
    if (!quoted) return *v;
    vigie::core::append_quoted(out, *v);
    return out;
  }
  const auto* items = std::get_if<std::vector<cell>>(&c.value);
  if (items == nullptr) return "null";
  for (const cell& item : *items) out += (out.empty() ? "" : ",") + shown(item, quoted);
  return "[" + out + "]";
}

// What was seen of one line, in the words of the files.
std::string judged(const example& e, const outcome& out, std::size_t row, std::size_t reject,
                   std::int64_t offset) {
  const std::size_t size = e.line.ends_with('\r') ? e.line.size() - 1 : e.line.size();
  const auto in_place = [&](const vigie_span& s) {
    return s.offset == offset && s.length == static_cast<std::int32_t>(size);
  };
  if (e.expected == "none") return "none";
  if (e.expected.starts_with("row ")) {
    if (row >= out.rows.size()) return "no row";
    if (!in_place(out.spans[row])) return "a row at " + std::to_string(out.spans[row].offset);
    if (out.rows[row][1] != cell(e.line.substr(0, size))) return "another line";
    const cell& value = out.rows[row][0];
    if (value == cell()) return "row -";
    if (e.column.type == "uint")
      return "row " +
             std::to_string(static_cast<std::uint64_t>(std::get<std::int64_t>(value.value)));
    return "row " + shown(value, e.column.type == "text");
  }
  if (reject >= out.rejects.size()) return "no reject";
  const auto& r = out.rejects[reject];
  if (!in_place(r.where)) return "a reject at " + std::to_string(r.where.offset);
  const std::size_t space = e.expected.find(' ', 4);
  const std::string at = e.expected.substr(4, space - 4), words = e.expected.substr(space + 1);
  const bool same = r.why.find(words) != std::string::npos &&
                    (at == "-" || r.why.find("offset " + at + " ") != std::string::npos);
  return same ? e.expected : r.why;
}

// Reads the examples as one input and compares line by line.
void check(const std::vector<example>& examples, bool walks, bool last_end) {
  std::string bytes;
  std::vector<std::int64_t> offsets;
  for (const example& e : examples) {
    offsets.push_back(static_cast<std::int64_t>(bytes.size()));
    bytes += e.line + "\n";
  }
  if (!last_end) bytes.pop_back();
  const outcome out = read(bytes, examples[0].column, walks);
  std::size_t rows = 0, rejects = 0;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    const example& e = examples[i];
    INFO(e.line.substr(0, 200));
    const std::string seen = judged(e, out, rows, rejects, offsets[i]);
    CHECK(seen.substr(0, 300) == e.expected.substr(0, 300));
    if (seen != e.expected) return; // those behind would only be counted wrongly
    rows += e.expected.starts_with("row ") ? 1 : 0;
    rejects += e.expected.starts_with("bad ") ? 1 : 0;
  }
  CHECK(out.rows.size() == rows);
  CHECK(out.rejects.size() == rejects);
}

std::vector<std::filesystem::path> files() {
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::directory_iterator(VIGIE_SOURCE_DIR "/tests/data/json"))
    if (entry.path().extension() == ".txt") out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}

} // namespace

TEST_CASE("every line of the corpus gives the row or the fault its file says, by itself") {
  std::size_t count = 0;
  for (const auto& file : files())
    for (const example& e : examples_in(file)) {
      INFO(file.filename().string());
      for (const bool walks : {true, false})
        for (const bool last_end : {true, false}) check({e}, walks, last_end);
      ++count;
    }
  CHECK(count >= 450);
}

TEST_CASE("every file of the corpus gives the same as its lines do, whatever was learnt on the "
          "way") {
  for (const auto& file : files()) {
    INFO(file.filename().string());
    std::vector<example> run;
    const auto flush = [&] {
      if (run.empty()) return;
      std::vector<example> twice = run; // what the first pass taught is used in the second
      twice.insert(twice.end(), run.begin(), run.end());
      for (const bool walks : {true, false}) check(twice, walks, true);
      run.clear();
    };
    for (const example& e : examples_in(file)) {
      if (!run.empty() &&
          (run[0].column.type != e.column.type || run[0].column.list != e.column.list))
        flush();
      run.push_back(e);
    }
    flush();
  }
}

TEST_CASE("the whole corpus in one chunk, back to front, gives the same as its lines do") {
  std::vector<example> all;
  for (const auto& file : files())
    for (const example& e : examples_in(file))
      if (e.column.type == "json" && !e.column.list) all.push_back(e);
  std::reverse(all.begin(), all.end());
  check(all, true, true);
}
