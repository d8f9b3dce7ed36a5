// SPDX-License-Identifier: Apache-2.0
#include "charset.hpp"
#include "score_parts.hpp"

#include <algorithm>

namespace vigie::press::eval {
namespace {

class text_scorer {
public:
  text_scorer(const gold_page& gold, const found_page& found, std::string_view text, scores& out)
      : gold_(gold), found_(found), text_(text), out_(out) {}

  void score() {
    tokens();
    segments();
  }

private:
  void tokens() {
    auto want = word_tokens(gold_.clean);
    auto have = word_tokens(found_.body);
    std::sort(want.begin(), want.end());
    std::sort(have.begin(), have.end());
    std::vector<std::string> common;
    std::set_intersection(want.begin(), want.end(), have.begin(), have.end(),
                          std::back_inserter(common));
    out_.tokens = {common.size(), want.size(), have.size()};
  }

  bool blank(std::size_t i) const {
    return text_[i] == ' ' || text_[i] == '\n' || text_[i] == '\r' || text_[i] == '\t';
  }

  // Some annotations hold the blanks around a line's words, some do not; no-break ones, too.
  span trimmed(span s) const {
    const auto part = text_.substr(s.begin, s.end - s.begin);
    std::size_t front = 0;
    std::size_t back = part.size();
    for (std::size_t n = 0; (n = blank_front(part.substr(front, back - front))) > 0;) front += n;
    for (std::size_t n = 0; (n = blank_back(part.substr(front, back - front))) > 0;) back -= n;
    return {s.begin + front, s.begin + back};
  }

  static constexpr std::string_view blanks_[] = {" ", "\n", "\r", "\t", "\xC2\xA0", "\xE2\x80\xAF"};

  static std::size_t blank_front(std::string_view part) {
    for (const auto b : blanks_) {
      if (part.starts_with(b)) return b.size();
    }
    return 0;
  }

  static std::size_t blank_back(std::string_view part) {
    for (const auto b : blanks_) {
      if (part.ends_with(b)) return b.size();
    }
    return 0;
  }

  static bool right_label(const gold_segment& g, const std::string& label) {
    return g.label == label || g.sure.accepts(label);
  }

  // A page without article text is rightly rejected; its segments are then told to nobody.
  void segments() {
    if (found_.file.empty() && gold_.clean.empty()) return;
    out_.segments.found = found_.segments.size();
    for (const auto& g : gold_.segments) {
      if (g.sure.doubtful) continue;
      ++out_.segments.wanted;
      const auto same = [&](const found_segment& f) {
        return trimmed(f.at) == trimmed(g.at) && right_label(g, f.label);
      };
      const bool hit = std::any_of(found_.segments.begin(), found_.segments.end(), same);
      out_.segments.hit += hit;
      segment_bytes(g, hit);
    }
  }

  void segment_bytes(const gold_segment& g, bool hit) {
    std::string labels;
    std::size_t right = 0;
    std::size_t all = 0;
    for (std::size_t i = g.at.begin; i < g.at.end; ++i) all += !blank(i);
    for (const auto& f : found_.segments) {
      if (!f.at.touches(g.at)) continue;
      labels += (labels.empty() ? "" : ", ") + f.label;
      for (auto i = std::max(f.at.begin, g.at.begin); i < std::min(f.at.end, g.at.end); ++i) {
        right += !blank(i) && right_label(g, f.label);
      }
    }
    out_.segment_bytes.hit += right;
    out_.segment_bytes.wanted += all;
    out_.segment_bytes.found += all;
    if (!hit)
      out_.findings.push_back({"segment", "wrong", g.at, "", g.label + ", found " + labels});
  }

  const gold_page& gold_;
  const found_page& found_;
  std::string_view text_;
  scores& out_;
};

} // namespace

void score_text(const gold_page& gold, const found_page& found, std::string_view text,
                scores& out) {
  text_scorer(gold, found, text, out).score();
}

} // namespace vigie::press::eval
