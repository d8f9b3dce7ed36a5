// SPDX-License-Identifier: Apache-2.0
#include "chart.hpp"

#include "common/civil/civil.hpp"

#include <algorithm>

namespace vigie::dossier {
namespace {

constexpr std::int64_t most_years_of_months = 8, most_year_bars = 64, most_labels = 8;
constexpr std::size_t most_years_told = 60;
// Pixels from the top; across, everything is in thousandths of a percent of the width.
constexpr std::int64_t top = 18, baseline = 118, label_line = 136, height = 144;
constexpr std::int64_t left = 4'000, right = 100'000;

struct bins {
  bool months = false;
  std::int64_t first_year = 0, step = 1; // years a bar, where bars are no months
  std::vector<std::size_t> counts;

  [[nodiscard]] std::size_t bin_of(std::int32_t day) const {
    const civil::day d = civil::day_of(day);
    const std::int64_t at =
        months ? (d.year - first_year) * 12 + d.month - 1 : (d.year - first_year) / step;
    return static_cast<std::size_t>(at);
  }
  [[nodiscard]] std::int64_t year_of_bin(std::size_t i) const {
    const auto n = static_cast<std::int64_t>(i);
    return first_year + (months ? n / 12 : n * step);
  }
};

// The next of 1, 2, 5, 10, 20, 50, ...
std::int64_t next_step(std::int64_t step) {
  std::int64_t power = 1;
  while (power * 10 <= step) power *= 10;
  const std::int64_t lead = step / power;
  return power * (lead < 2 ? 2 : lead < 5 ? 5 : 10);
}

std::int64_t floor_to(std::int64_t year, std::int64_t step) {
  const std::int64_t rest = year % step;
  return year - (rest < 0 ? rest + step : rest);
}

bins bins_of(const std::vector<statement>& dated, const year_counts& years) {
  bins b;
  const std::int64_t first = years.begin()->first, last = years.rbegin()->first;
  b.months = last - first < most_years_of_months;
  while ((last - floor_to(first, b.step)) / b.step >= most_year_bars) b.step = next_step(b.step);
  b.first_year = b.months ? first : floor_to(first, b.step);
  const std::int64_t bars = b.months ? (last - first + 1) * 12 : (last - b.first_year) / b.step + 1;
  b.counts.resize(static_cast<std::size_t>(bars));
  for (const statement& s : dated) ++b.counts[b.bin_of(s.when.start())];
  return b;
}

// A round number that the highest bar does not pass, even so that its half is whole.
std::size_t round_top(std::size_t most) {
  auto step = std::int64_t{1};
  while (step * 4 < static_cast<std::int64_t>(most)) step = next_step(step);
  const auto unit = static_cast<std::size_t>(step);
  const std::size_t steps = (most + unit - 1) / unit;
  const std::size_t round = unit * steps;
  return round % 2 == 0 ? round : round + unit;
}

std::string percent(std::int64_t thousandths) {
  std::string part = std::to_string(thousandths % 1'000);
  part.insert(0, 3 - part.size(), '0');
  return std::to_string(thousandths / 1'000) + "." + part + "%";
}

std::string bin_name(const bins& b, std::size_t i, const page_words& words) {
  const std::int64_t year = b.year_of_bin(i);
  if (b.months) return month_text(year, static_cast<int>(i % 12) + 1, words);
  const std::string first = std::to_string(year);
  return b.step == 1 ? first : first + "–" + std::to_string(year + b.step - 1);
}

class drawing {
public:
  drawing(markup& to, const bins& b, const page_words& words)
      : to_(to), bins_(b), words_(words), n_(static_cast<std::int64_t>(b.counts.size())),
        most_(round_top(*std::max_element(b.counts.begin(), b.counts.end()))) {}

  void grid() {
    for (const std::size_t value : {most_, most_ / 2, std::size_t{0}}) {
      const std::string y = std::to_string(baseline - height_of(value));
      to_.raw("<line class=\"").raw(value == 0 ? "base" : "grid").raw("\" x1=\"0\" x2=\"100%\"");
      to_.attribute("y1", y).attribute("y2", y).raw("/>");
      if (value == 0) continue;
      to_.raw("<text class=\"tick\" x=\"0\"")
          .attribute("y", std::to_string(baseline - height_of(value) - 4));
      to_.raw(">").plain(count_text(value, words_)).raw("</text>");
    }
    to_.raw("\n");
  }

  void bars() {
    for (std::size_t i = 0; i < bins_.counts.size(); ++i) {
      const std::size_t count = bins_.counts[i];
      if (count == 0) continue;
      const std::int64_t tall = std::max<std::int64_t>(height_of(count), 2);
      to_.raw("<rect class=\"bar\"").attribute("x", percent(x_of(i) + width() / 10));
      to_.attribute("width", percent(width() * 8 / 10))
          .attribute("y", std::to_string(baseline - tall));
      to_.attribute("height", std::to_string(tall))
          .raw("><title>")
          .plain(bin_name(bins_, i, words_));
      to_.plain(words_.colon)
          .plain(counted(count, words_.statements, words_))
          .raw("</title></rect>\n");
    }
  }

  void labels() {
    if (bins_.months && bins_.counts.size() == 12) return initials();
    const std::size_t bars_a_year = bins_.months ? 12 : 1;
    const std::size_t marks = bins_.counts.size() / bars_a_year;
    const std::size_t every = (marks + most_labels - 1) / most_labels;
    for (std::size_t i = 0; i < marks; i += every) {
      const std::string x = percent(x_of(i * bars_a_year));
      to_.raw("<line class=\"base\"").attribute("x1", x).attribute("x2", x);
      to_.attribute("y1", std::to_string(baseline)).attribute("y2", std::to_string(baseline + 5));
      to_.raw("/><text class=\"year\"")
          .attribute("x", x)
          .attribute("y", std::to_string(label_line));
      to_.raw(">").plain(std::to_string(bins_.year_of_bin(i * bars_a_year))).raw("</text>");
    }
    to_.raw("\n");
  }

private:
  // Of the months of a single year, below their bars. They are ASCII in all languages of the page.
  void initials() {
    for (std::size_t i = 0; i < 12; ++i) {
      const char letter = words_.months[i].front();
      const char capital = letter >= 'a' ? static_cast<char>(letter - 'a' + 'A') : letter;
      to_.raw("<text class=\"initial\"").attribute("x", percent(x_of(i) + width() / 2));
      to_.attribute("y", std::to_string(label_line)).raw(">").plain({&capital, 1}).raw("</text>");
    }
    to_.raw("\n");
  }

  [[nodiscard]] std::int64_t width() const { return (right - left) / n_; }
  [[nodiscard]] std::int64_t x_of(std::size_t i) const {
    return left + (right - left) * static_cast<std::int64_t>(i) / n_;
  }
  [[nodiscard]] std::int64_t height_of(std::size_t count) const {
    return static_cast<std::int64_t>(static_cast<double>(count) / static_cast<double>(most_) *
                                     static_cast<double>(baseline - top));
  }

  markup& to_;
  const bins& bins_;
  const page_words& words_;
  std::int64_t n_;
  std::size_t most_;
};

void append_text_form(markup& to, const year_counts& years, const page_words& words) {
  if (years.size() > most_years_told) {
    to.plain(std::to_string(years.begin()->first))
        .plain("–")
        .plain(std::to_string(years.rbegin()->first));
    return;
  }
  for (auto it = years.begin(); it != years.end(); ++it) {
    to.plain(it == years.begin() ? "" : "; ").plain(std::to_string(it->first)).plain(words.colon);
    to.plain(counted(it->second, words.statements, words));
  }
  to.plain(".");
}

} // namespace

void append_chart(markup& to, const std::vector<statement>& dated, const year_counts& years,
                  const page_words& words) {
  if (years.empty()) return;
  const bins b = bins_of(dated, years);
  const std::string_view caption = b.months      ? words.chart_by_month
                                   : b.step == 1 ? words.chart_by_year
                                                 : words.chart_by_years;
  to.raw("<figure class=\"overview\">\n<svg class=\"chart\" role=\"img\" width=\"100%\"");
  to.attribute("height", std::to_string(height));
  to.raw(" aria-labelledby=\"chart-title chart-desc\">\n<title id=\"chart-title\">");
  to.plain(words.overview_heading).raw("</title>\n<desc id=\"chart-desc\">");
  append_text_form(to, years, words);
  to.raw("</desc>\n");
  drawing d(to, b, words);
  d.grid();
  d.bars();
  d.labels();
  to.raw("</svg>\n<figcaption>").text(caption).raw("</figcaption>\n</figure>\n");
}

} // namespace vigie::dossier
