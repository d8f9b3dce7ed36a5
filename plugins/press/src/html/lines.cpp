// SPDX-License-Identifier: Apache-2.0
#include "html/lines.hpp"

#include "html/ascii.hpp"

namespace vigie::press::html {
namespace {

struct weighed {
  std::uint32_t weight = 0, marks = 0;
};

weighed weigh(std::string_view s) {
  weighed w;
  for (const char c : s) {
    const auto b = static_cast<unsigned char>(c);
    if (b >= 0xE3 && b <= 0xED)
      w.weight += 3; // kana, ideographs, hangul
    else if (b >= 0xC0 || (b < 0x80 && b > ' '))
      w.weight += 1;
    w.marks += c == ',' || c == '.' || c == '?' || c == '!' || c == ';' ? 1 : 0;
    w.marks += b == 0xEF || b == 0xD8 ? 1 : 0; // full-width marks, the Arabic comma
  }
  return w;
}

// Above each element: the nearest block, and whether a link is.
struct above {
  std::uint32_t block;
  bool link;
};

} // namespace

std::vector<line> lines_of(const tree& t) {
  std::vector<above> over(t.elements.size());
  for (std::uint32_t e = 1; e < t.elements.size(); ++e) {
    const element& x = t.elements[e];
    const bool block = is_block(x.tag);
    over[e] = {block ? e : over[x.parent].block,
               x.tag == tag::a || (!block && over[x.parent].link)};
    if (x.tag == tag::a) over[e].link = t.has(e, attribute::href);
    if (block && over[x.parent].link) over[e].link = true;
  }
  std::vector<line> out;
  std::uint32_t next = 1; // element that begins next
  for (std::uint32_t r = 0; r < t.runs.size(); ++r) {
    bool border = out.empty();
    // A block or a line break that began since the last run.
    while (next < t.elements.size() && t.elements[next].first_run <= r)
      border |= is_block(t.elements[next++].tag);
    const std::uint32_t block = over[t.runs[r].element].block;
    if (border || out.back().block != block)
      out.push_back({.block = block, .first_run = r, .end_run = r});
    line& l = out.back();
    l.end_run = r + 1;
    const weighed w = weigh(t.text_of(t.runs[r]));
    l.weight += w.weight;
    l.marks += w.marks;
    if (over[t.runs[r].element].link) l.linked += w.weight;
  }
  std::erase_if(out, [](const line& l) { return l.weight == 0; });
  return out;
}

std::string text_of(const tree& t, const line& l) {
  std::string out;
  bool blank = false;
  for (std::uint32_t r = l.first_run; r < l.end_run; ++r)
    for (const char c : t.text_of(t.runs[r])) {
      if (is_blank(c)) {
        blank = true;
        continue;
      }
      if (blank && !out.empty()) out += ' ';
      blank = false;
      out += c;
    }
  return out;
}

} // namespace vigie::press::html
