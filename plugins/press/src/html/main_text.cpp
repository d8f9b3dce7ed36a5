// SPDX-License-Identifier: Apache-2.0
#include "html/main_text.hpp"

#include "html/ascii.hpp"
#include "html/headline.hpp"

#include <algorithm>

namespace vigie::press::html {
namespace {

// What stands over a line because of the elements around it.
struct region {
  std::optional<label> residue;
  std::string_view why;
};

constexpr std::string_view furniture = "phrase of page furniture";

class finder {
public:
  explicit finder(const page_view& v) : v_(v), t_(v.page) {}
  main_text find();

private:
  void read_hints();
  void sum_paragraphs();
  void spread_residue();
  void keep_slideshow();
  [[nodiscard]] region own_region(std::uint32_t e) const;
  [[nodiscard]] region by_tag(std::uint32_t e) const;
  [[nodiscard]] std::uint32_t choose() const;
  [[nodiscard]] std::uint32_t descend() const;
  [[nodiscard]] int rank(std::uint32_t e) const;
  [[nodiscard]] std::uint64_t sum(const std::vector<std::uint64_t>& prefix, std::uint32_t e) const {
    return prefix[t_.elements[e].end_run] - prefix[t_.elements[e].first_run];
  }
  [[nodiscard]] bool is_paragraph(const line& l) const {
    return l.weight >= 60 && l.linked * 3 < l.weight && l.marks > 0;
  }
  [[nodiscard]] judged judge(std::size_t i, std::uint32_t container) const;
  [[nodiscard]] bool heads_comments(const line& l) const;
  [[nodiscard]] judged judge_within(const line& l) const;
  [[nodiscard]] std::int64_t find_title(std::uint32_t container) const;
  void drop_link_lists(main_text& out) const;
  void add_lede(main_text& out) const;
  void drop_notes(main_text& out) const;
  [[nodiscard]] bool is_slanted(const line& l) const;
  [[nodiscard]] bool under(std::uint32_t e, bool hint::* what) const;

  const page_view& v_;
  const tree& t_;
  std::vector<hint> hints_;
  std::vector<region> regions_;
  std::vector<std::uint64_t> all_, kept_; // sums of paragraphs up to a run, without residue
};

void finder::read_hints() {
  hints_.resize(t_.elements.size());
  for (std::uint32_t e = 1; e < t_.elements.size(); ++e) {
    const element& x = t_.elements[e];
    for (std::uint32_t i = x.first_attribute; i < x.first_attribute + x.attributes; ++i) {
      const auto& a = t_.attributes[i];
      const std::string_view value = std::string_view(t_.values).substr(a.at, a.size);
      if (a.what == attribute::class_ || a.what == attribute::id) {
        const hint h = v_.known.hint_of(value);
        hints_[e].main |= h.main;
        hints_[e].lede |= h.lede;
        hints_[e].byline |= h.byline;
        hints_[e].date |= h.date;
        hints_[e].hidden |= h.hidden;
        if (!hints_[e].residue) hints_[e].residue = h.residue;
      } else if (a.what == attribute::hidden ||
                 (a.what == attribute::aria_hidden && value == "true") ||
                 (a.what == attribute::style &&
                  (value.find("display:none") != std::string_view::npos ||
                   value.find("display: none") != std::string_view::npos))) {
        hints_[e].hidden = true;
      }
    }
  }
}

void finder::sum_paragraphs() {
  all_.assign(t_.runs.size() + 1, 0);
  kept_.assign(t_.runs.size() + 1, 0);
  for (const line& l : v_.lines) {
    if (!is_paragraph(l)) continue;
    all_[l.first_run + 1] += l.weight;
    if (!regions_.empty() && !regions_[l.block].residue) kept_[l.first_run + 1] += l.weight;
  }
  for (std::size_t i = 1; i < all_.size(); ++i) {
    all_[i] += all_[i - 1];
    kept_[i] += kept_[i - 1];
  }
}

region finder::by_tag(std::uint32_t e) const {
  using enum tag;
  switch (t_.elements[e].tag) {
  case nav:
  case menu: return {label::nav, "element nav"};
  case aside: return {label::sidebar, "element aside"};
  case footer: return {label::nav, "element footer"};
  case header: return {label::nav, "element header"};
  case form:
  case fieldset: return {label::login_box, "element of a form"};
  case button:
  case select:
  case option:
  case textarea:
  case label: return {label::nav, "element of a form"};
  case figcaption: return {label::image_alt, "caption of a figure"};
  case iframe:
  case noscript:
  case template_:
  case object:
  case svg:
  case audio:
  case video: return {label::nav, "element that is not shown"};
  case title:
  case head: return {label::nav, "element head"};
  default: return {};
  }
}

region finder::own_region(std::uint32_t e) const {
  const tag what = t_.elements[e].tag;
  if (what == tag::body || what == tag::html || what == tag::main) return {};
  const std::string_view role = t_.get(e, attribute::role);
  if (role == "navigation" || role == "search" || role == "banner" || role == "contentinfo" ||
      role == "complementary" || role == "dialog")
    return {label::nav, "role of the element"};
  if (const region r = by_tag(e); r.residue) return r;
  if (t_.get(e, attribute::itemprop) == "articleBody") return {};
  if (hints_[e].hidden) return {label::nav, "element that is not shown"};
  if (hints_[e].lede && hints_[e].residue != label::comment) return {};
  if (hints_[e].residue && what != tag::article && what != tag::h1)
    return {hints_[e].residue, "class or id of the element"};
  return {};
}

// Down from the elements around; what carries most of the page's paragraphs is no residue.
void finder::spread_residue() {
  regions_.resize(t_.elements.size());
  const std::uint64_t whole = sum(all_, 0);
  std::vector<bool> in_article(t_.elements.size());
  std::vector<std::uint32_t> headings(t_.elements.size() + 1, 0); // h1 before an element
  for (std::uint32_t e = 0; e < t_.elements.size(); ++e)
    headings[e + 1] = headings[e] + (t_.elements[e].tag == tag::h1 ? 1 : 0);
  for (std::uint32_t e = 1; e < t_.elements.size(); ++e) {
    const element& x = t_.elements[e];
    if (regions_[x.parent].residue) {
      regions_[e] = regions_[x.parent];
      continue;
    }
    in_article[e] = in_article[x.parent] || x.tag == tag::article || x.tag == tag::li;
    if (x.tag == tag::header && in_article[e]) continue;
    const region own = own_region(e);
    if (!own.residue) continue;
    if (hints_[e].main && own.residue != label::comment && sum(all_, e) * 4 > whole) continue;
    if (whole > 0 && sum(all_, e) * 2 > whole &&
        (own.residue != label::comment || headings[x.end] > headings[e]))
      continue;
    regions_[e] = own;
  }
}

// A page whose captions say more than its paragraphs is a slideshow: they are its text.
void finder::keep_slideshow() {
  std::uint64_t captions = 0;
  for (const line& l : v_.lines)
    if (is_paragraph(l) && regions_[l.block].residue == label::image_alt) captions += l.weight;
  if (captions == 0 || captions < sum(kept_, 0)) return;
  for (region& r : regions_)
    if (r.residue == label::image_alt) r = {};
  sum_paragraphs();
}

// From 0, the surest: how the page marks a container of its article.
int finder::rank(std::uint32_t e) const {
  const element& x = t_.elements[e];
  if (t_.get(e, attribute::itemprop) == "articleBody") return 0;
  if (hints_[e].main && is_block(x.tag) && x.tag != tag::body && x.tag != tag::html) return 1;
  if (x.tag == tag::article) return 1;
  if (x.tag == tag::main || t_.get(e, attribute::role) == "main") return 2;
  return -1;
}

// Down to the element that alone carries most of the paragraphs.
std::uint32_t finder::descend() const {
  std::uint32_t at = 0;
  for (;;) {
    const std::uint64_t here = sum(kept_, at);
    std::uint32_t best = 0;
    for (std::uint32_t c = at + 1; c < t_.elements[at].end; c = t_.elements[c].end)
      if (sum(kept_, c) * 10 >= here * 8 && here > 0) best = c;
    if (best == 0 || !is_block(t_.elements[best].tag) || t_.elements[best].tag == tag::p) return at;
    at = best;
  }
}

std::uint32_t finder::choose() const {
  const std::uint64_t whole = sum(kept_, 0);
  std::uint32_t best = 0;
  std::uint64_t best_score = 0;
  for (std::uint32_t e = 1; e < t_.elements.size(); ++e) {
    const int r = rank(e);
    if (r < 0 || regions_[e].residue) continue;
    const std::uint64_t score = sum(kept_, e);
    if (score * 2 < whole || score == 0) continue;
    // Of containers within each other the inner one, where it holds nearly all of the outer.
    if (best_score == 0 || score * 10 >= best_score * 9 ||
        (r == 0 && score * 10 >= best_score * 6)) {
      best = e;
      best_score = score;
    }
  }
  return best != 0 ? best : descend();
}

std::int64_t finder::find_title(std::uint32_t container) const {
  std::int64_t best = -1;
  int best_score = 0;
  const std::string wanted = comparable(clipped(v_.headline, 400)), named = title_element(t_);
  for (std::size_t i = 0; i < v_.lines.size(); ++i) {
    const line& l = v_.lines[i];
    const tag what = t_.elements[l.block].tag;
    if (l.first_run >= t_.elements[container].end_run) break;
    const bool heading = what >= tag::h1 && what <= tag::h3;
    if (l.weight > 300 || what == tag::title || (!heading && wanted.empty())) continue;
    int score = what == tag::h1 ? 6 : heading ? 2 : 0;
    if (l.weight >= 8) {
      const std::string text = comparable(text_of(t_, l));
      const int in_head = heading ? std::min(agreement(named, text, heading), 4) : 0;
      score += 2 * std::max(agreement(wanted, text, heading), in_head);
    }
    if (what != tag::h1 && score < 8) score = 0;
    if (regions_[l.block].residue && regions_[l.block].why != "element header" && score < 12)
      score = score > 8 ? 2 : 0;
    // The site's own name above all pages is a heading too, with a link to its first page.
    if (score > 1 && l.linked * 10 > l.weight * 9) --score;
    if (score > 0 && l.first_run >= t_.elements[container].first_run) ++score;
    if (score > best_score) {
      best_score = score;
      best = static_cast<std::int64_t>(i);
    }
  }
  return best;
}

judged finder::judge_within(const line& l) const {
  const tag what = t_.elements[l.block].tag;
  const bool heading = what >= tag::h1 && what <= tag::h6;
  if (l.linked * 10 > l.weight * 8 && l.weight < 200 && !heading)
    return {label::headline_list, false, "nearly all of the line is a link"};
  if (heading && l.linked * 10 > l.weight * 9)
    return {label::headline_list, false, "the heading is a link"};
  if (l.weight < 300)
    if (const auto found = v_.known.line_label(text_of(t_, l))) return {*found, false, furniture};
  if (l.weight < 80 && !heading && under(l.block, &hint::byline))
    return {label::credits, false, "class or id of the element"};
  if (l.weight < 40 && !heading && under(l.block, &hint::date))
    return {label::date_line, false, "class or id of the element"};
  if (what == tag::blockquote || what == tag::q) return {label::quote, true, "quotation"};
  if (what == tag::p && hints_[l.block].lede) return {label::lede, true, "class or id of a lede"};
  return {label::body, true, "within the article's element"};
}

bool finder::heads_comments(const line& l) const {
  const tag what = t_.elements[l.block].tag;
  if (what >= tag::h1 && what <= tag::h4 && l.weight < 80) return true;
  return l.weight < 80 && v_.known.line_label(text_of(t_, l)) == label::comment_header;
}

judged finder::judge(std::size_t i, std::uint32_t container) const {
  const line& l = v_.lines[i];
  const region& r = regions_[l.block];
  if (r.residue == label::comment && heads_comments(l))
    return {label::comment_header, false, "heading of the comments"};
  if (r.residue) return {*r.residue, false, r.why};
  const element& c = t_.elements[container];
  if (l.first_run < c.first_run || l.first_run >= c.end_run)
    return l.linked * 2 > l.weight ? judged{label::nav, false, "links outside of the article"}
                                   : judged{label::sidebar, false, "outside of the article"};
  return judge_within(l);
}

// Headings and short lines at the end of the article that nothing follows lead to other stories.
void finder::drop_link_lists(main_text& out) const {
  for (std::size_t i = out.lines.size(); i-- > 0;) {
    if (!out.lines[i].keep) continue;
    const tag what = t_.elements[v_.lines[i].block].tag;
    if (what < tag::h2 || what > tag::h6 || static_cast<std::int64_t>(i) == out.title) break;
    out.lines[i] = {label::headline_list, false, "heading without text below it"};
  }
}

bool finder::under(std::uint32_t e, bool hint::* what) const {
  for (int up = 0; e != 0 && up < 3; ++up, e = t_.elements[e].parent) {
    const tag at = t_.elements[e].tag;
    if (at == tag::article || at == tag::main || at == tag::body || hints_[e].main) return false;
    if (hints_[e].*what) return true;
  }
  return false;
}

// Paragraphs between the headline and the text, and what the page calls its lede.
void finder::add_lede(main_text& out) const {
  const std::uint32_t text = t_.elements[out.container].first_run;
  for (auto i = static_cast<std::size_t>(std::max<std::int64_t>(out.title, 0)); i < v_.lines.size();
       ++i) {
    const line& l = v_.lines[i];
    if (l.first_run >= text) break;
    const region& r = regions_[l.block];
    if (out.lines[i].keep || (r.residue && r.why != "element header")) continue;
    if (l.linked * 3 > l.weight || l.weight < 20) continue;
    if (under(l.block, &hint::byline) || under(l.block, &hint::date)) continue;
    const bool told = under(l.block, &hint::lede);
    if (!told && (out.title < 0 || !is_paragraph(l))) continue;
    if (!told && r.residue && l.weight < 80) continue;
    if (v_.known.line_label(text_of(t_, l))) continue;
    out.lines[i] = {label::lede, true,
                    told ? "class or id of a lede" : "paragraph below the title"};
  }
}

bool finder::is_slanted(const line& l) const {
  for (std::uint32_t r = l.first_run; r < l.end_run; ++r) {
    if (trim(t_.text_of(t_.runs[r])).empty()) continue;
    std::uint32_t e = t_.runs[r].element;
    while (e != l.block && t_.elements[e].tag != tag::em && t_.elements[e].tag != tag::i)
      e = t_.elements[e].parent;
    if (e == l.block) return false;
  }
  return true;
}

// Below the last paragraph, lines all in italics tell of the author, of rights or of the paper.
void finder::drop_notes(main_text& out) const {
  std::size_t kept = 0;
  for (const judged& j : out.lines) kept += j.keep ? 1 : 0;
  int dropped = 0;
  for (std::size_t i = out.lines.size(); i-- > 0 && dropped < 3 && kept > 4;) {
    if (!out.lines[i].keep) continue;
    if (!is_slanted(v_.lines[i])) return;
    out.lines[i] = {label::credits, false, "note in italics below the text"};
    ++dropped;
  }
}

main_text finder::find() {
  main_text out;
  read_hints();
  sum_paragraphs();
  spread_residue();
  sum_paragraphs();
  keep_slideshow();
  out.container = choose();
  out.lines.reserve(v_.lines.size());
  for (std::size_t i = 0; i < v_.lines.size(); ++i) out.lines.push_back(judge(i, out.container));
  out.title = find_title(out.container);
  add_lede(out);
  drop_link_lists(out);
  drop_notes(out);
  if (out.title >= 0)
    out.lines[static_cast<std::size_t>(out.title)] = {label::title, true, "headline"};
  return out;
}

} // namespace

main_text find_main_text(const page_view& view) { return finder(view).find(); }

} // namespace vigie::press::html
