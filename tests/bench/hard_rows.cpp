// SPDX-License-Identifier: Apache-2.0
// Rows that engines disagree about, for the comparison with DuckDB: nulls, numbers at the ends of
// their range, NaN and infinities (as text, as JSON has none), empty texts, texts that look like
// other things, Unicode beside its decompositions, and many equal keys. The same seed gives the
// same bytes.
//   vigie_hard_rows SEED ROWS ROWS_FILE LIST_FILE
#include "base/json.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <string_view>

namespace {

constexpr std::array<std::string_view, 26> texts{"",
                                                 "a",
                                                 "A",
                                                 "aa",
                                                 "e",
                                                 "\u00e9",
                                                 "e\u0301",
                                                 "\u00df",
                                                 "\u65e5\u672c",
                                                 "\U0001f600",
                                                 "\U0001f1eb\U0001f1f7",
                                                 "\u202eabc",
                                                 "null",
                                                 "NaN",
                                                 "0",
                                                 "00",
                                                 " ",
                                                 "\t",
                                                 "a b",
                                                 "say \"so\"",
                                                 "back\\slash",
                                                 "one\ntwo",
                                                 "%",
                                                 "_",
                                                 "'",
                                                 "\u00e9t\u00e9"};

constexpr std::array<std::int64_t, 12> whole{INT64_MIN,
                                             INT64_MIN + 1,
                                             -(std::int64_t{1} << 53),
                                             -7,
                                             -1,
                                             0,
                                             1,
                                             5,
                                             4'294'967'295,
                                             (std::int64_t{1} << 53) + 1,
                                             INT64_MAX - 1,
                                             INT64_MAX};

constexpr std::array<std::string_view, 14> reals{
    "NaN",    "Infinity", "-Infinity",        "0",          "-0.0",     "1", "0.1", "-2.5", "1e308",
    "-1e308", "5e-324",   "9007199254740993", "123456.789", "no number"};

class rows {
public:
  explicit rows(std::uint64_t seed) : engine_(seed) {}

  std::string next(std::int64_t id) {
    vigie::json_writer w(0);
    w.begin_object().field("id", id);
    text(w, "k");
    number(w, "n");
    if (rare())
      w.key("x").null();
    else
      w.field("x", reals[below(reals.size())]);
    if (rare())
      w.key("b").null();
    else
      w.field("b", below(2) == 0);
    if (below(4) > 0) w.field("q", static_cast<double>(below(4000)) / 4 - 500);
    return w.end_object().text() + "\n";
  }

  std::string next_of_list(std::int64_t id) {
    vigie::json_writer w(0);
    w.begin_object();
    text(w, "k");
    number(w, "n");
    return w.field("word", fmt::format("word {}", id)).end_object().text() + "\n";
  }

private:
  // The engine's numbers are those of the standard on every machine; its distributions are not.
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(engine_() % n); }
  bool rare() { return below(8) == 0; }

  // Missing, null, or one of the few, at times made longer than what fits into a view.
  void text(vigie::json_writer& w, const char* key) {
    const std::size_t kind = below(20);
    if (kind == 0) return;
    if (kind == 1) {
      w.key(key).null();
      return;
    }
    std::string t(texts[below(texts.size())]);
    if (kind < 5)
      t += "\u00e9 and so on, beyond what fits beside its length " + std::to_string(below(3));
    w.field(key, t);
  }

  void number(vigie::json_writer& w, const char* key) {
    if (rare())
      w.key(key).null();
    else
      w.field(key, below(3) == 0 ? static_cast<std::int64_t>(below(50)) - 25
                                 : whole[below(whole.size())]);
  }

  std::mt19937_64 engine_;
};

} // namespace

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  rows r(std::strtoull(argv[1], nullptr, 10));
  const std::int64_t count = std::strtoll(argv[2], nullptr, 10);
  std::ofstream out(argv[3], std::ios::binary), list(argv[4], std::ios::binary);
  for (std::int64_t i = 1; i <= count; ++i) out << r.next(i);
  for (std::int64_t i = 1; i <= 60; ++i) list << r.next_of_list(i);
  return out.good() && list.good() ? 0 : 1;
}
