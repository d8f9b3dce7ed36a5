// SPDX-License-Identifier: MIT-0
// A transform: counts the words of a text column.
#include <vigie/vigie.hpp>

namespace {

struct count_words : vigie::transform {
  static constexpr vigie::about about{.name = "words.count",
                                      .summary = "Counts the words of a text."};

  vigie::column_name text{"text"};
  vigie::need in;
  vigie::add words;

  void params(vigie::params& p) { p.add("text", text, "Column that holds the text."); }

  void bind(vigie::binding& b) {
    in = b.column(text, {vigie::kind::text});
    words = b.adds({"words", vigie::kind::int64});
  }

  void process(const vigie::batch& rows, vigie::output& out) const {
    for (std::int64_t i = 0; i < rows.size(); ++i)
      rows[in].is_null(i) ? out[words].null() : out[words].integer(count(rows[in].text(i)));
  }

  static std::int64_t count(std::string_view text) {
    std::int64_t n = 0;
    bool inside = false;
    for (const char c : text) {
      const bool blank = c == ' ' || c == '\n' || c == '\t';
      n += !blank && !inside ? 1 : 0;
      inside = !blank;
    }
    return n;
  }
};

} // namespace

VIGIE_PLUGIN("words", "1.0.0", "Counts words.", "MIT-0", count_words)
