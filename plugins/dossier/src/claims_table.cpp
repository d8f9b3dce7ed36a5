// SPDX-License-Identifier: Apache-2.0
#include "claims_table.hpp"

#include "claims_chart.hpp"
#include "common/civil/civil.hpp"
#include "entry.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <tuple>
#include <utility>

namespace vigie::dossier {
namespace {

constexpr std::size_t most_compared = 32; // names that a code is looked for in
constexpr std::int64_t no_day = std::numeric_limits<std::int64_t>::max();

std::int64_t first_day(const claim& c) {
  if (c.told.when.is_dated()) return c.told.when.start();
  return no_day;
}

std::string machine_day(std::int32_t day) {
  std::string out;
  civil::append_date(out, day);
  return out;
}

class table {
public:
  table(markup& to, const std::vector<claim>& claims, std::size_t max_text, const page_words& words)
      : to_(to), words_(words), more_(words.more), style_{words, max_text} {
    for (std::size_t i = 0; i < claims.size(); ++i) numbers_.emplace(claims[i].id, i + 1);
  }

  // Hidden as long as no script serves it.
  void filter() {
    to_.raw("<form class=\"filter\" id=\"claim-filter\" hidden=\"\" role=\"search\"");
    to_.attribute("aria-label", more_.filter).attribute("data-shown", more_.shown);
    to_.attribute("data-any", more_.any).raw(">\n");
    input("text", "search", more_.text);
    for (const auto& [name, label] : selects())
      to_.raw("<label>")
          .text(label)
          .raw(" <select")
          .attribute("name", name)
          .raw("></select></label>\n");
    input("from", "date", more_.from);
    input("to", "date", more_.to);
    to_.raw("<button type=\"reset\">").text(more_.reset).raw("</button>\n");
    to_.raw("<p role=\"status\"></p>\n</form>\n");
  }

  void head() {
    to_.raw("<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-labelledby=\"claims\">\n");
    to_.raw("<table class=\"claims\" id=\"claim-table\"").attribute("data-sort", more_.sort_by);
    to_.raw(">\n<thead><tr>");
    column("number", more_.number);
    column("day", more_.day);
    for (const auto& [name, label] : selects()) column(name, label);
    to_.raw("</tr></thead>\n");
  }

  void row(const claim& c, std::size_t number) {
    const std::string n = std::to_string(number);
    to_.raw("<tbody class=\"claim\"").attribute("id", "c" + n);
    if (c.told.when.from) to_.attribute("data-from", machine_day(*c.told.when.from));
    if (c.told.when.to) to_.attribute("data-to", machine_day(*c.told.when.to));
    to_.raw(">\n<tr><th scope=\"row\" data-c=\"number\"><a class=\"v\"")
        .attribute("href", "#c" + n);
    to_.raw("><span class=\"unseen\">").text(more_.claim_number).raw("</span>").raw(n);
    to_.raw("</a></th>");
    day(c);
    cell("incident", c.incident_number == 0
                         ? std::vector<std::string>{}
                         : std::vector<std::string>{std::to_string(c.incident_number)});
    cell("type", words(more_.types, c.type));
    cell("actor", c.actors);
    cell("target", c.targets);
    places(c);
    cell("modality", words(more_.modalities, c.modality));
    cell("source", source_of(c));
    to_.raw("</tr>\n<tr class=\"told\"><td colspan=\"9\">");
    told(c);
    to_.raw("</td></tr>\n</tbody>\n");
  }

  void foot() { to_.raw("</table>\n</div>\n"); }

private:
  [[nodiscard]] std::array<std::pair<std::string_view, std::string_view>, 7> selects() const {
    return {{{"incident", more_.incident},
             {"type", more_.type},
             {"actor", more_.actor},
             {"target", more_.target},
             {"place", more_.place},
             {"modality", more_.modality},
             {"source", more_.source}}};
  }

  void input(const char* name, const char* type, std::string_view label) {
    to_.raw("<label>").text(label).raw(" <input").attribute("type", type);
    to_.attribute("name", name).raw("/></label>\n");
  }

  void column(std::string_view name, std::string_view label) {
    to_.raw("<th scope=\"col\"").attribute("data-c", name).raw(">").text(label).raw("</th>");
  }

  template <std::size_t N>
  static std::vector<std::string> words(const std::array<key_word, N>& table,
                                        const std::string& key) {
    if (key.empty()) return {};
    return {std::string(words_of(table, key))};
  }

  // A narrow window has no heads of columns: cells bear their names along.
  void begin_cell(std::string_view name, std::string_view label) {
    to_.raw("<td").attribute("data-c", name).attribute("data-l", label).raw(">");
  }

  void cell(std::string_view name, const std::vector<std::string>& values) {
    for (const auto& [known, label] : selects())
      if (known == name) begin_cell(name, label);
    for (std::size_t i = 0; i < values.size(); ++i) {
      to_.raw(i == 0 ? "" : ", ").raw("<span class=\"v\">").isolated(values[i]).raw("</span>");
    }
    if (values.empty()) to_.text(more_.unknown);
    to_.raw("</td>");
  }

  void day(const claim& c) {
    begin_cell("day", more_.day);
    if (c.told.when.is_dated())
      append_period(to_, c.told.when, words_);
    else
      to_.text(more_.unknown);
    if (!c.told.basis.empty() && c.told.basis != "none") {
      to_.raw(" <span class=\"basis\">");
      append_badge(to_, c.told.basis, words_);
      to_.raw("</span>");
    }
    to_.raw("</td>");
  }

  // Codes stand beside the names, where these do not hold them.
  void places(const claim& c) {
    std::vector<std::string> all = c.places;
    const std::size_t looked_at = std::min(all.size(), most_compared);
    for (const std::string& code : c.countries) {
      const bool is_told = std::any_of(
          c.places.begin(), c.places.begin() + static_cast<std::ptrdiff_t>(looked_at),
          [&](const std::string& place) { return place.find(code) != std::string::npos; });
      if (!is_told) all.push_back(code);
    }
    cell("place", all);
  }

  static std::vector<std::string> source_of(const claim& c) {
    for (const std::string* name : {&c.told.publisher, &c.told.agency, &c.told.file})
      if (!name->empty()) return {*name};
    return {};
  }

  void told(const claim& c) {
    append_quote(to_, c.told, style_);
    append_figures(to_, c.told, words_);
    to_.raw("<p class=\"notes\">");
    bool first = true;
    const auto part = [&](bool given, auto&& content) {
      if (!given) return;
      to_.raw(first ? "<span class=\"part\">" : "\n<span class=\"part\">");
      content();
      to_.raw("</span>");
      first = false;
    };
    part(c.measurable.has_value(), [&] {
      to_.raw("<span class=\"badge\"").attribute("title", more_.measurable_note).raw(">");
      to_.text(*c.measurable ? more_.yes : more_.no).raw("</span>");
    });
    part(!c.attributed_to.empty(), [&] { list(more_.according_to, c.attributed_to); });
    part(!c.contradicts.empty(), [&] { others(more_.contradicts, c.contradicts); });
    part(!c.copy_of.empty(), [&] { others(more_.repeats, c.copy_of); });
    part(!c.told.title.empty(), [&] { to_.raw("<cite>").isolated(c.told.title).raw("</cite>"); });
    part(!c.told.file.empty() || c.told.span, [&] { append_place(to_, c.told, words_); });
    to_.raw("</p>");
  }

  void list(std::string_view before, const std::vector<std::string>& values) {
    to_.text(before);
    for (std::size_t i = 0; i < values.size(); ++i) to_.raw(i == 0 ? "" : ", ").isolated(values[i]);
  }

  // Other claims by their ids; those on the page as links.
  void others(std::string_view before, const std::vector<std::string>& ids) {
    to_.raw("<strong>").text(before);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      to_.raw(i == 0 ? "" : ", ");
      const auto found = numbers_.find(ids[i]);
      if (found == numbers_.end()) {
        to_.isolated(ids[i]);
        continue;
      }
      const std::string n = std::to_string(found->second);
      to_.raw("<a").attribute("href", "#c" + n).raw(">").text(more_.claim_number).raw(n + "</a>");
    }
    to_.raw("</strong>");
  }

  markup& to_;
  const page_words& words_;
  const claim_words& more_;
  entry_style style_;
  std::map<std::string, std::size_t> numbers_; // of claims, by their id
};

} // namespace

std::size_t sort_claims(std::vector<claim>& claims) {
  // A claim without an incident is one of its own.
  std::map<std::string, std::int64_t> begins;
  for (const claim& c : claims) {
    const auto [found, added] = begins.emplace(c.incident, first_day(c));
    if (!added) found->second = std::min(found->second, first_day(c));
  }
  const auto key = [&](const claim& c) {
    const std::int64_t day = c.incident.empty() ? first_day(c) : begins.find(c.incident)->second;
    return std::tuple(day, std::string_view(c.incident), first_day(c));
  };
  std::stable_sort(claims.begin(), claims.end(),
                   [&](const claim& a, const claim& b) { return key(a) < key(b); });
  std::size_t incidents = 0;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    claim& c = claims[i];
    if (c.incident.empty()) continue;
    if (i == 0 || claims[i - 1].incident != c.incident) ++incidents;
    c.incident_number = incidents;
  }
  return incidents;
}

void append_claims(markup& to, const std::vector<claim>& claims, const claims_shown& shown,
                   const page_words& words, const std::function<void()>& pass) {
  const claim_words& more = words.more;
  to.raw("<section class=\"claims\" aria-labelledby=\"claims\">\n<h2 id=\"claims\">");
  to.text(more.heading).raw(" <span class=\"count\">");
  to.text(counted(shown.all, more.claims, words)).raw("</span></h2>\n<p class=\"intro\">");
  to.text(more.intro).raw("</p>\n");
  if (shown.all > claims.size()) {
    std::string note(more.not_shown);
    note.replace(note.find("{n}"), 3, count_text(shown.all - claims.size(), words));
    to.raw("<p class=\"not-shown\" role=\"note\"><strong>").text(note).raw("</strong></p>\n");
  }
  append_claims_chart(to, claims, words, more);
  table made(to, claims, shown.max_text, words);
  made.filter();
  made.head();
  for (std::size_t i = 0; i < claims.size(); ++i) {
    made.row(claims[i], i + 1);
    pass();
  }
  made.foot();
  to.raw("</section>\n");
}

} // namespace vigie::dossier
