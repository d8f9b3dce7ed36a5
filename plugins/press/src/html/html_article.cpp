// SPDX-License-Identifier: Apache-2.0
#include "html/html_article.hpp"

#include "html/ascii.hpp"
#include "html/byline.hpp"
#include "html/charset.hpp"
#include "html/page_date.hpp"
#include "html/raw_date.hpp"

#include <algorithm>

namespace vigie::press::html {
namespace {

constexpr std::size_t most_readable = std::size_t{1} << 30U; // bytes: places have 32 bits
constexpr std::size_t most_rejected = 64;                    // dates of a page that are listed

std::string binary_fault(std::string_view text) {
  const std::string_view head = text.substr(0, 65'536);
  std::size_t controls = 0;
  for (const char c : head) {
    const auto b = static_cast<unsigned char>(c);
    controls += (b < 0x20 && !is_blank(c) && c != '\x1b') || b == 0x7f ? 1 : 0;
  }
  if (controls * 20 <= head.size()) return {};
  return "binary data: " + std::to_string(controls * 100 / head.size()) +
         " % of the bytes are control characters; expected HTML, where they are 5 % at most";
}

// Half of a wide page's bytes are NUL; of those only its characters can be judged.
bool is_wide(std::string_view page, std::string_view transport) {
  const std::string told = lower(trim(transport));
  return !wide_charset_of(page).name.empty() || told.starts_with("utf-16") ||
         told.starts_with("utf-32");
}

std::string fault_of(std::string_view page, const html_options& options) {
  if (page.empty()) return "the page is empty; expected HTML";
  if (page.size() > std::min(options.most_bytes, most_readable))
    return "the page has " + std::to_string(page.size()) + " bytes, allowed are " +
           std::to_string(std::min(options.most_bytes, most_readable)) +
           (page.size() > most_readable ? "; split it" : "; set `largest`, or split it");
  return is_wide(page, options.charset) ? std::string() : binary_fault(page);
}

class reader {
public:
  reader(std::string_view page, const html_options& options, const rules& known)
      : known_(known), options_(options), text_(decode_page(page, options.charset)) {}
  html_article read(std::string_view page);

private:
  [[nodiscard]] place place_of(const run& first, const run& last) const {
    const std::size_t from = text_.place(first.offset);
    return {from, text_.place(last.offset + last.length) - from};
  }
  [[nodiscard]] place place_of(const line& l) const {
    return place_of(tree_.runs[l.first_run], tree_.runs[l.end_run - 1]);
  }
  void segments(std::string_view page);
  void body();
  void append_line(std::size_t i);
  void append_run(const run& r, label what, bool& blank);
  void append_bytes(const run& r, std::size_t from, std::size_t to, label what);
  void add_piece(std::size_t size, place from, label what);
  [[nodiscard]] std::uint32_t comment_item(std::uint32_t e) const;
  void comments();
  void byline();
  void date();

  const rules& known_;
  const html_options& options_;
  page_text text_;
  tree tree_;
  std::vector<line> lines_;
  metadata meta_;
  main_text main_;
  html_article out_;
};

void reader::segments(std::string_view page) {
  std::size_t line_number = 1, counted = 0;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const line& l = lines_[i];
    std::uint32_t first = l.first_run, last = l.end_run;
    const auto blank = [&](std::uint32_t r) { return trim(tree_.text_of(tree_.runs[r])).empty(); };
    while (first + 1 < last && blank(first)) ++first;
    while (last > first + 1 && blank(last - 1)) --last;
    const place from = place_of(tree_.runs[first], tree_.runs[last - 1]);
    const std::size_t at = std::min(from.offset, page.size());
    line_number += static_cast<std::size_t>(
        std::count(page.begin() + static_cast<std::ptrdiff_t>(counted),
                   page.begin() + static_cast<std::ptrdiff_t>(std::max(at, counted)), '\n'));
    counted = std::max(at, counted);
    const judged& j = main_.lines[i];
    out_.segments.push_back({j.what, j.keep, j.why, line_number, from});
  }
}

void reader::add_piece(std::size_t size, place from, label what) {
  const std::size_t at = out_.body.size();
  if (!out_.body_map.empty() && size == from.length) {
    piece& last = out_.body_map.back();
    if (last.at + last.size == at && last.size == last.from.length && last.what == what &&
        last.from.offset + last.from.length == from.offset) {
      last.size += static_cast<std::uint32_t>(size);
      last.from.length += static_cast<std::uint32_t>(size);
      return;
    }
  }
  const auto narrow = [](std::size_t n) { return static_cast<std::uint32_t>(n); };
  out_.body_map.push_back(
      {narrow(at), narrow(size), what, {narrow(from.offset), narrow(from.length)}});
}

// Bytes [from, to) of a run that stands in the page as it is.
void reader::append_bytes(const run& r, std::size_t from, std::size_t to, label what) {
  const std::string_view all = tree_.text_of(r);
  const auto raw = [&](std::size_t i) { return text_.place(r.offset + i); };
  if (text_.places.empty()) {
    add_piece(to - from, {raw(from), to - from}, what);
    out_.body += all.substr(from, to - from);
    return;
  }
  for (std::size_t i = from, next = 0; i < to; i = next) {
    next = i + 1;
    while (next < to && (static_cast<unsigned char>(all[next]) & 0xC0U) == 0x80) ++next;
    add_piece(next - i, {raw(i), raw(next) - raw(i)}, what);
    out_.body += all.substr(i, next - i);
  }
}

void reader::append_run(const run& r, label what, bool& blank) {
  const std::string_view s = tree_.text_of(r);
  const bool reference = r.size != r.length;
  for (std::size_t i = 0; i < s.size();) {
    if (is_blank(s[i])) {
      blank = true;
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < s.size() && !is_blank(s[end])) ++end;
    if (blank && !out_.body.empty() && out_.body.back() != '\n') out_.body += ' ';
    blank = false;
    if (reference) {
      // The pieces of one reference all lead to the whole of it; there is one but for odd pages.
      add_piece(end - i,
                {text_.place(r.offset), text_.place(r.offset + r.length) - text_.place(r.offset)},
                what);
      out_.body += s.substr(i, end - i);
    } else {
      append_bytes(r, i, end, what);
    }
    i = end;
  }
}

void reader::append_line(std::size_t i) {
  if (!out_.body.empty()) out_.body += '\n';
  bool blank = false;
  for (std::uint32_t r = lines_[i].first_run; r < lines_[i].end_run; ++r)
    append_run(tree_.runs[r], main_.lines[i].what, blank);
}

void reader::body() {
  for (std::size_t i = 0; i < lines_.size(); ++i)
    if (main_.lines[i].keep) append_line(i);
  if (main_.title >= 0) {
    const line& l = lines_[static_cast<std::size_t>(main_.title)];
    out_.title = text_of(tree_, l);
    out_.title_from = place_of(l);
  } else {
    out_.title = meta_.headline;
  }
}

// The item of a list that an element stands in; 0: none is near.
std::uint32_t reader::comment_item(std::uint32_t e) const {
  for (int up = 0; e != 0 && up < 32; ++up, e = tree_.elements[e].parent) {
    const tag what = tree_.elements[e].tag;
    if (what == tag::li || what == tag::article || what == tag::dd) return e;
  }
  return 0;
}

// A comment: the lines within one item of a list of comments.
void reader::comments() {
  std::uint32_t item = 0;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (main_.lines[i].what != label::comment) continue;
    const std::uint32_t e = comment_item(lines_[i].block);
    const std::string text = text_of(tree_, lines_[i]);
    const bool author =
        lines_[i].weight < 60 && in_byline(tree_, tree_.runs[lines_[i].first_run].element, known_);
    if (out_.comments.empty() || e == 0 || e != item) {
      out_.comments.push_back({});
      out_.comments.back().from = place_of(lines_[i]);
      item = e;
    }
    html_comment& c = out_.comments.back();
    if (author && c.author.empty()) {
      c.author = text;
      continue;
    }
    if (!c.text.empty()) c.text += '\n';
    c.text += text;
    const place last = place_of(lines_[i]);
    c.from.length = last.offset + last.length - c.from.offset;
  }
  std::erase_if(out_.comments, [](const html_comment& c) { return c.text.empty(); });
}

void reader::byline() {
  page_byline found =
      find_byline({tree_, lines_, known_, meta_.headline}, main_, meta_, options_.url);
  out_.byline = std::move(found.text);
  if (found.line) out_.byline_from = place_of(lines_[*found.line]);
}

void reader::date() {
  const page_view view{tree_, lines_, known_, meta_.headline};
  auto found = date_candidates(view, main_, meta_, options_.url);
  if (found.empty() || found.front().basis.ends_with("modified"))
    for (const auto& search : {date_in_scripts, date_in_attributes})
      if (auto c = search(text_.text, known_)) {
        found.insert(found.begin(), std::move(*c));
        break;
      }
  // A day in hand, as the page's clock may be ahead of the crawler's.
  const auto too_late = [&](std::int64_t day) {
    return options_.fetched && day > *options_.fetched + 1;
  };
  for (date_candidate& c : found) {
    html_date d{c.day, std::move(c.text), std::move(c.basis), std::nullopt, {}};
    if (c.line >= 0) d.from = place_of(lines_[static_cast<std::size_t>(c.line)]);
    const bool late = too_late(d.day);
    if (!out_.published && !late) {
      out_.published = std::move(d);
      continue;
    }
    const bool same = out_.published && d.day == out_.published->day;
    if (same || out_.rejected.size() >= most_rejected) continue;
    d.why = late ? "it lies after the day on which the page was fetched"
                 : "the " + out_.published->basis + " is surer than the " + d.basis;
    out_.rejected.push_back(std::move(d));
  }
}

html_article reader::read(std::string_view page) {
  out_.charset = text_.charset;
  out_.charset_basis = text_.basis;
  out_.charset_note = text_.note;
  if (is_wide(page, options_.charset)) out_.fault = binary_fault(text_.text);
  if (!out_.fault.empty()) return std::move(out_);
  tree_ = read_tree(text_.text, {}, out_.fault);
  if (!out_.fault.empty()) return std::move(out_);
  lines_ = lines_of(tree_);
  meta_ = read_metadata(tree_, known_);
  main_ = find_main_text({tree_, lines_, known_, meta_.headline});
  segments(page);
  body();
  comments();
  byline();
  date();
  out_.canonical_url = meta_.canonical_url;
  out_.publisher = meta_.publisher;
  out_.language = meta_.language;
  return std::move(out_);
}

} // namespace

html_article read_html_article(std::string_view page, const html_options& options,
                               const rules& known) {
  html_article out;
  out.fault = fault_of(page, options);
  if (!out.fault.empty()) return out;
  return reader(page, options, known).read(page);
}

} // namespace vigie::press::html
