// SPDX-License-Identifier: Apache-2.0
#include "checks.hpp"

#include <array>
#include <cstdio>
#include <set>
#include <vector>

namespace browser_test {
namespace {

constexpr const char* tab = "\xEE\x80\x84";   // U+E004
constexpr const char* enter = "\xEE\x80\x87"; // U+E007
constexpr const char* tell_rows =
    "return [...document.querySelectorAll('tbody.claim')].filter(b => !b.hidden)"
    ".map(b => b.id).join(' ')";
constexpr const char* no_sideways =
    "return document.documentElement.scrollWidth <= document.documentElement.clientWidth";
constexpr const char* tell_focus =
    "const a = document.activeElement; if (!a || a === document.body) return 'body';"
    "let path = ''; for (let e = a; e && e !== document.body; e = e.parentElement)"
    " path = '/' + [...e.parentElement.children].indexOf(e) + path; return path";

class checker {
public:
  checker(driver& d, const pages& p) : d_(d), p_(p) {}

  int all() {
    d_.size(1280, 900);
    at("the page opens, and nothing hostile acts", &checker::hostile);
    at("the filter", &checker::filter);
    at("the order", &checker::sort);
    at("a claim leads to its bytes", &checker::bytes);
    at("residue and comments", &checker::folded);
    at("names and roles", &checker::names);
    at("the keyboard", &checker::keyboard);
    at("a narrow window", &checker::narrow);
    at("on paper", &checker::print);
    at("many claims", &checker::many);
    at("without scripts", &checker::without_scripts);
    at("a script that was tampered with", &checker::tampered);
    return failed_;
  }

private:
  void at(const char* what, void (checker::*check)()) {
    what_ = what;
    d_.open(p_.url);
    (this->*check)();
    if (check == &checker::tampered) return;
    same(d_.console(), "", "the console is empty");
  }

  void same(const std::string& found, const std::string& wanted, const char* what) {
    ++made_;
    if (found == wanted) return;
    ++failed_;
    std::printf("FAILED: %s: %s\n  found:  %s\n  wanted: %s\n", what_, what, found.c_str(),
                wanted.c_str());
  }
  void holds(const std::string& found, const std::string& wanted, const char* what) {
    const bool has = found.find(wanted) != std::string::npos;
    same(has ? wanted : found, wanted, what);
  }
  void picture(const char* name) { d_.picture(p_.pictures + "/" + name + ".png"); }

  void hostile() {
    same(d_.run("return typeof window.pwned"), "undefined", "no foreign script ran");
    same(d_.run("return document.scripts.length"), "1", "there is one script");
    same(d_.run("return document.querySelectorAll('img, iframe, object, link, [onerror], "
                "[onclick], [onmouseover], [style]').length"),
         "0", "no element or handler of a foreign text");
    same(d_.run("return performance.getEntriesByType('resource').length"), "0",
         "nothing was fetched");
    same(d_.run("return /[\\u202A-\\u202E\\u2066-\\u2069]/.test(document.body.textContent)"),
         "false", "no mark turns the direction of reading");
    picture("page");
    d_.run("document.getElementById('claims').scrollIntoView()");
    picture("claims");
  }

  void filter() {
    same(d_.run(tell_rows), "c1 c2 c3 c4 c5", "all claims at first");
    same(d_.run("return getComputedStyle(document.getElementById('claim-filter')).display"), "flex",
         "the filter is there");
    d_.type("[name=text]", "portelec");
    same(d_.run(tell_rows), "c4", "by text, whatever the case");
    holds(d_.run("return document.querySelector('[role=status]').textContent"), "1 sur 5",
          "the number shown is told");
    d_.click("button[type=reset]");
    same(d_.run("return new Promise(r => setTimeout(() => r(document.querySelectorAll("
                "'tbody.claim:not([hidden])').length)))"),
         "5", "all again");
    choose("type", "blocage");
    same(d_.run(tell_rows), "c2 c4", "by type");
    choose("modality", "démenti");
    same(d_.run(tell_rows), "c4", "by type and modality");
    choose("type", "");
    choose("modality", "");
    for (const auto& [name, value, rows] : {std::array<const char*, 3>{"incident", "2", "c5"},
                                            {"actor", "Portelec", "c4"},
                                            {"target", "Boréale", "c2 c3 c4"},
                                            {"place", "RU-IRK", "c2 c3"},
                                            {"place", "\u2014", "c4 c5"},
                                            {"source", "Gazette du Port", "c4 c5"}}) {
      choose(name, value);
      same(d_.run(tell_rows), rows, name);
      choose(name, "");
    }
    d_.run("const f = document.getElementById('claim-filter'); f.elements.from.value = "
           "'2018-04-18'; f.dispatchEvent(new Event('input', {bubbles: true}))");
    same(d_.run(tell_rows), "c3 c5", "from a day on, by the last day of a claim");
    d_.run("const f = document.getElementById('claim-filter'); f.elements.to.value = "
           "'2018-04-30'; f.dispatchEvent(new Event('input', {bubbles: true}))");
    same(d_.run(tell_rows), "c3", "in a period");
    d_.run("document.getElementById('claims').scrollIntoView()");
    picture("filtered");
    d_.run("location.hash = '#c5'");
    same(d_.run("return new Promise(r => setTimeout(() => r(document.getElementById('c5').hidden),"
                " 100))"),
         "false", "a link to a hidden claim shows it");
  }

  void choose(const std::string& name, const std::string& value) {
    const std::string found =
        d_.run("const s = document.querySelector('select[name=" + name +
               "]'); s.value = " + json_text(value) +
               "; s.dispatchEvent(new Event('input', {bubbles: true})); return s.selectedIndex");
    if (found == "-1") same("no such choice", name + "=" + value, "the choices of a column");
  }

  void sort() {
    const auto direction = [&](const char* column) {
      return d_.run(std::string("return [...document.querySelectorAll('[aria-sort]')].map(h => "
                                "h.dataset.c + ' ' + h.getAttribute('aria-sort')).join()")) +
             column;
    };
    same(direction(""), "number ascending", "as the page is");
    d_.click("th[data-c=day] button");
    same(d_.run(tell_rows), "c1 c2 c3 c5 c4", "by day, those without one last");
    same(direction(""), "day ascending", "the order is told");
    d_.click("th[data-c=day] button");
    same(d_.run("return document.querySelectorAll('tbody.claim')[2].id"), "c2", "the other way");
    same(direction(""), "day descending", "that is told");
    d_.click("th[data-c=type] button");
    same(d_.run("return [...document.querySelectorAll('tbody.claim td[data-c=type]')].map(c => "
                "c.textContent)[1]"),
         "blocage", "by another column");
  }

  void bytes() {
    d_.click("#c2 a.bytes");
    const std::string target = d_.run("return document.querySelector(':target').textContent");
    holds(target, "Le 17 avril 2018, le régulateur a fait bloquer la messagerie Boréale",
          "the bytes are those of the sentence");
    same(d_.run("const t = document.querySelector(':target'); const r = "
                "t.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight"),
         "true", "they are in view");
    same(d_.run("const t = document.querySelector(':target'); return "
                "getComputedStyle(t).backgroundColor !== "
                "getComputedStyle(t.parentElement).backgroundColor"),
         "true", "they are highlighted");
    picture("bytes");
    d_.click(":target .refs a");
    holds(d_.run("return location.hash"), "#", "and back");
    same(d_.run("return document.querySelector(':target').textContent.includes('régulateur')"),
         "true", "to what quotes them");
  }

  void folded() {
    same(d_.run("return document.querySelector('details.residue').open"), "false", "folded");
    d_.click("details.residue summary");
    same(d_.run("return document.querySelector('details.residue').open"), "true", "unfolded");
    holds(d_.run("return document.querySelector('details.residue').innerText"), "rule of nav",
          "with the reason");
    d_.run("document.querySelector('details.comments').open = true");
    holds(d_.run("return document.querySelector('details.comments').innerText"), "lecteur 1",
          "readers are numbers");
    same(d_.run("return /Yann|Olga/i.test(document.documentElement.outerHTML)"), "false",
         "no handle anywhere");
    d_.run("document.getElementById('texts').scrollIntoView()");
    picture("texts");
  }

  void names() {
    same(d_.role("main"), "main", "main");
    same(d_.role("#claim-filter"), "search", "the filter");
    same(d_.label("#claim-filter"), "Filtrer les affirmations", "the filter's name");
    same(d_.label("[name=text]"), "Texte", "a field's name");
    same(d_.role("[name=text]"), "searchbox", "a field");
    same(d_.label("select[name=place]"), "Lieu", "a choice's name");
    same(d_.role("[role=status]"), "status", "the status");
    same(d_.role("#claim-table"), "table", "the table");
    same(d_.role("th[data-c=actor]"), "columnheader", "a column head");
    same(d_.label("th[data-c=actor] button"), "Acteur", "its button");
    same(d_.role("th[data-c=actor] button"), "button", "its button's role");
    same(d_.role("#c3 th"), "rowheader", "a row head");
    same(d_.label("#c3 th a"), "Affirmation 3", "its link");
    same(d_.role("svg.lanes"), "image", "the chart");
    holds(d_.label("svg.lanes"), "Affirmations dans le temps", "the chart's name");
    same(d_.label("nav"), "Années", "the way through the page");
    same(d_.label("section.text"),
         d_.run("return document.querySelector('section.text "
                "h3').textContent"),
         "an article's name");
    same(d_.run("return [...document.querySelectorAll('a[href], button, input, select, summary')]"
                ".filter(e => !e.closest('svg') && !(e.textContent.trim() || "
                "e.labels?.length)).length"),
         "0", "nothing that can be used is without a name");
    same(d_.run("return [...document.querySelectorAll('h1,h2,h3')].every((h, i, all) => i === 0 "
                "? h.tagName === 'H1' : h.tagName[1] - all[i - 1].tagName[1] <= 1)"),
         "true", "headings go down one level at a time");
    d_.run("document.querySelectorAll('details').forEach(d => d.open = true)");
    same(low_contrast(), "", "contrast is 4.5 at least");
    d_.colours("dark");
    same(low_contrast(), "", "also in the dark");
    picture("dark");
    d_.colours("light");
  }

  // Texts whose colour is too near to that behind them (WCAG 2.2, 1.4.3).
  std::string low_contrast() {
    return d_.run(
        "const lum = c => { const [r, g, b] = c.map(v => v / 255).map(v => v <= .03928 ? v / 12.92"
        " : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };"
        "const rgb = s => s.match(/[\\d.]+/g).map(Number);"
        "const behind = e => { for (; e; e = e.parentElement) { const c = "
        "rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } "
        "return [255, 255, 255]; };"
        "const bad = new Set(); for (const e of document.querySelectorAll('body *')) {"
        " if (e.closest('svg') || ![...e.childNodes].some(n => n.nodeType === 3 && "
        "n.data.trim())) continue; const a = lum(rgb(getComputedStyle(e).color).slice(0, 3)),"
        " b = lum(behind(e).slice(0, 3)); const ratio = (Math.max(a, b) + .05) / "
        "(Math.min(a, b) + .05); if (ratio < 4.5) bad.add(e.tagName + '.' + e.className); }"
        "return [...bad].join()");
  }

  // The tab key meets everything once, in the order of the page, and gets out at the end.
  void keyboard() {
    const std::string stops =
        d_.run("return [...document.querySelectorAll('a[href], button, input, select, summary, "
               "[tabindex=\"0\"]')].filter(e => e.tabIndex >= 0 && !e.closest('svg') && "
               "(!e.closest('details:not([open])') || e.tagName === 'SUMMARY')).length");
    d_.press(tab);
    same(d_.run("return document.activeElement.className"), "skip", "first to skip");
    same(d_.run("return document.activeElement.getBoundingClientRect().left >= 0"), "true",
         "which shows itself");
    std::vector<std::string> met{d_.run(tell_focus)};
    const int most = std::stoi(stops) * 3; // a date has a stop for each of its parts
    for (int i = 0; i < most; ++i) {
      d_.press(tab);
      const std::string now = d_.run(tell_focus);
      if (now == "body" || now == met.front()) break;
      if (now != met.back()) met.push_back(now);
    }
    const std::set<std::string> distinct(met.begin(), met.end());
    same(std::to_string(distinct.size()), std::to_string(met.size()), "nothing twice: no trap");
    same(std::to_string(met.size()), stops, "everything is met");
    d_.run("document.querySelector('th[data-c=actor] button').focus()");
    d_.press(enter);
    same(d_.run("return document.querySelector('th[data-c=actor]').getAttribute('aria-sort')"),
         "ascending", "enter sorts");
    same(d_.run("return document.activeElement.closest('th').dataset.c"), "actor",
         "the focus stays");
    d_.run("document.querySelector('details.residue summary').focus()");
    d_.press(enter);
    same(d_.run("return document.querySelector('details.residue').open"), "true",
         "enter unfolds residue");
    d_.run("document.querySelector('a.skip').focus()");
    d_.press(enter);
    same(d_.run("return document.activeElement.tagName"), "MAIN", "to skip leads to the content");
  }

  void narrow() {
    d_.size(500, 900);
    same(d_.run(no_sideways), "true", "the page does not scroll sideways");
    d_.size(1280, 900);
    d_.telephone(390, 844);
    d_.open(p_.url);
    same(d_.run(no_sideways), "true", "nor on a telephone");
    same(d_.run("const w = document.querySelector('.claims .wide'); return w.scrollWidth <= "
                "w.clientWidth"),
         "true", "nor does the table of claims");
    same(d_.run("return [...document.querySelectorAll('.claims blockquote')].every(q => "
                "q.getBoundingClientRect().right <= innerWidth)"),
         "true", "every sentence can be read");
    same(d_.run("return getComputedStyle(document.querySelector('#c3 td[data-c=actor]'), "
                "'::before').content"),
         "\"Acteur\"", "a cell bears the name of its column");
    same(d_.role("#claim-table"), "table", "it is still a table");
    same(d_.role("#c3 th"), "rowheader", "with heads of rows");
    same(d_.role("th[data-c=actor]"), "columnheader", "and of columns");
    d_.type("[name=text]", "portelec");
    same(d_.run("return [...document.querySelectorAll('tbody.claim')].filter(b => "
                "b.offsetHeight > 0).map(b => b.id).join()"),
         "c4", "the filter hides");
    d_.open(p_.url);
    d_.run("document.getElementById('claim-table').scrollIntoView()");
    picture("narrow");
    d_.telephone(0, 0);
  }

  void print() {
    d_.medium("print");
    same(d_.run("return [...document.querySelectorAll('.filter, nav, .skip')].every(e => "
                "getComputedStyle(e).display === 'none')"),
         "true", "what can only be used on a screen is left out");
    same(d_.run("const w = document.querySelector('.claims .wide'); return "
                "getComputedStyle(w).overflowX"),
         "visible", "nothing is cut off");
    same(d_.run("return getComputedStyle(document.querySelector('th[aria-sort] button'), "
                "'::after').content"),
         "none", "heads have no arrows");
    same(low_contrast(), "", "and all can be read");
    picture("print");
    d_.medium("screen");
  }

  // Five hundred claims, long names and scripts of either direction.
  void many() {
    d_.open(p_.many_url);
    holds(d_.run("return document.querySelector('[role=status]').textContent"), "500 sur 500",
          "all are there");
    same(d_.run(no_sideways), "true", "the page does not scroll sideways");
    same(d_.run("const p = [...document.querySelectorAll('.claims blockquote p')].find(p => "
                "/[\\u0600-\\u06ff]/.test(p.textContent)); const r = document.createRange(); "
                "r.selectNodeContents(p); return getComputedStyle(p).direction + ' ' + "
                "(p.getBoundingClientRect().right - r.getBoundingClientRect().right < 2)"),
         "rtl true", "Arabic begins at the right");
    d_.run("document.querySelector('[name=text]').focus()");
    for (const char c : std::string("boreale-7")) d_.press(std::string(1, c));
    same(d_.run("return document.querySelectorAll('tbody.claim:not([hidden])').length"), "100",
         "typing filters");
    d_.run("document.querySelector('th[data-c=day] button').focus()");
    d_.press(enter);
    same(d_.run("const d = [...document.querySelectorAll('tbody.claim:not([hidden])')]"
                ".map(b => b.dataset.from || '9'); return d.join() === d.slice().sort().join()"),
         "true", "enter sorts what is shown");
    same(d_.run("const s = getComputedStyle(document.activeElement); return s.outlineStyle + ' ' "
                "+ s.outlineWidth"),
         "solid 3px", "the focus is seen");
    picture("many");
    d_.telephone(390, 844);
    d_.open(p_.many_url);
    same(d_.run(no_sideways), "true", "nor on a telephone");
    picture("many_narrow");
    d_.telephone(0, 0);
  }

  void without_scripts() {
    d_.scripts(false);
    d_.open(p_.url);
    same(d_.role("#claim-table"), "table", "the table is there");
    same(d_.run("return getComputedStyle(document.getElementById('claim-filter')).display"), "none",
         "the filter is not");
    same(d_.run("return document.querySelectorAll('th button').length"), "0",
         "nor are its buttons");
    same(d_.run(tell_rows), "c1 c2 c3 c4 c5", "all claims are");
    d_.run("document.getElementById('claims').scrollIntoView()");
    picture("without_scripts");
    d_.scripts(true);
  }

  // What the checks before rest on: a policy that is broken is told in the console.
  void tampered() {
    static_cast<void>(d_.console());
    d_.open(p_.broken_policy_url);
    same(d_.run("return typeof window.pwned"), "undefined", "it does not run");
    holds(d_.console(), "Content Security Policy", "the console tells it");
    if (failed_ == 0) std::printf("%d checks, all passed\n", made_);
  }

  driver& d_;
  const pages& p_;
  const char* what_ = "";
  int made_ = 0, failed_ = 0;
};

} // namespace

int run_checks(driver& d, const pages& p) { return checker(d, p).all(); }

} // namespace browser_test
