// SPDX-License-Identifier: Apache-2.0
#include "article_body.hpp"

#include "marks.hpp"

#include <unicode/utf8.h>

#include <algorithm>
#include <limits>

namespace vigie::dossier {
namespace {

// Where passages are cut, so is the number of those that nobody quotes.
constexpr std::size_t most_paragraphs = 300, most_residue = 100;

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !U8_IS_TRAIL(c); }));
}

// Comments are shown apart, where nobody's handle is.
bool is_by_reader(const segment& s) { return std::string_view(s.label).starts_with("comment"); }

class writing {
public:
  writing(markup& to, const std::vector<passage>& passages, const std::vector<laid_piece>& pieces,
          const view_style& style)
      : to_(to), passages_(passages), pieces_(pieces), style_(style) {}

  void body() {
    for (std::size_t i = 0; i < pieces_.size();) {
      if (pieces_[i].residue != nullptr)
        i = residue(i);
      else if (pieces_[i].fresh_line && !is_shown(i))
        i = skip(i);
      else
        kept(pieces_[i++]);
    }
    close_paragraph();
    if (left_out_ == 0) return;
    to_.raw("<p class=\"meaning\">").text(count_text(left_out_, style_.words)).raw(" ");
    to_.text(style_.words.more.left_out).raw("</p>\n");
  }

private:
  // Of a paragraph that begins here: quoted ones always, others up to a number.
  bool is_shown(std::size_t i) {
    if (style_.max_text == 0 || paragraphs_ < most_paragraphs) return true;
    for (std::size_t k = i; k < pieces_.size(); ++k) {
      if (pieces_[k].residue != nullptr) continue;
      if (k > i && pieces_[k].fresh_line) return false;
      if (pieces_[k].cited) return true;
    }
    return false;
  }
  std::size_t skip(std::size_t i) {
    close_paragraph();
    ++left_out_;
    std::size_t end = i + 1; // behind the last piece of the paragraph
    for (std::size_t k = end; k < pieces_.size(); ++k) {
      if (pieces_[k].residue != nullptr) continue;
      if (pieces_[k].fresh_line) break;
      end = k + 1;
    }
    return end;
  }

  void kept(const laid_piece& p) {
    if (p.fresh_line) close_paragraph();
    if (!in_paragraph_) {
      to_.raw("<p>");
      in_paragraph_ = true;
      ++paragraphs_;
      fresh_run();
    } else {
      close_ended(last_end_);
      if (p.blank_before && !cut_) to_.raw(" ");
    }
    if (!p.place)
      show(p.text);
    else if (p.is_exact())
      exact(p);
    else
      whole(p);
    if (p.place) last_end_ = p.place->end();
  }

  void exact(const laid_piece& p) {
    const std::int64_t end = p.place->end();
    for (std::int64_t at = p.place->offset; at < end;) {
      turn(at);
      std::int64_t stop = open_.empty() ? end : std::min(end, open_.back().end);
      if (next_ < passages_.size())
        stop = std::min(stop, std::max(passages_[next_].range.offset, at + 1));
      const auto begin = static_cast<std::size_t>(at - p.place->offset);
      auto until = static_cast<std::size_t>(stop - p.place->offset);
      while (until < p.text.size() && U8_IS_TRAIL(p.text[until])) ++until;
      show(p.text.substr(begin, until - begin));
      at = p.place->offset + static_cast<std::int64_t>(until);
    }
  }
  // A character reference, say: it belongs to the passages that hold a byte of it.
  void whole(const laid_piece& p) {
    turn(p.place->offset);
    while (next_ < passages_.size() && passages_[next_].range.offset < p.place->end())
      open(passages_[next_++]);
    show(p.text);
  }

  // Ends and begins passages at this byte. One inside of a character is marked behind it.
  void turn(std::int64_t at) {
    for (;;) {
      close_ended(at);
      if (next_ >= passages_.size() || passages_[next_].range.offset > at) return;
      open(passages_[next_++]);
    }
  }
  void close_ended(std::int64_t at) {
    while (!open_.empty() && open_.back().end <= at) close();
  }
  // One that crosses the end of another is marked up to there.
  void open(const passage& p) {
    const std::int64_t outer =
        open_.empty() ? std::numeric_limits<std::int64_t>::max() : open_.back().end;
    open_.push_back({&p, std::min(p.range.end(), outer)});
    to_.raw("<span class=\"cited\"").attribute("id", p.id).attribute("tabindex", "-1");
    to_.attribute("title", bytes_words(p.range)).raw(">");
    fresh_run();
  }
  void close() {
    const passage& p = *open_.back().what;
    open_.pop_back();
    to_.raw("<sup class=\"refs\">");
    for (std::size_t i = 0; i < p.by.size(); ++i) {
      to_.raw(i == 0 ? "" : ", ").raw("<a").attribute("href", "#" + p.by[i].target);
      to_.raw("><span class=\"unseen\">").text(p.by[i].kind).raw("</span>");
      to_.text(p.by[i].label).raw("</a>");
    }
    to_.raw("</sup></span>");
    fresh_run();
  }
  std::string bytes_words(const byte_range& r) const {
    return std::string(style_.words.bytes) + std::to_string(r.offset) + "–" +
           std::to_string(r.end());
  }

  void close_paragraph() {
    if (!in_paragraph_) return;
    while (!open_.empty()) close();
    to_.raw("</p>\n");
    in_paragraph_ = false;
  }

  // What is shown without a break of a passage, or between two, is a run.
  void fresh_run() {
    left_ = style_.max_text;
    cut_ = false;
  }
  void show(std::string_view text) {
    if (cut_ || text.empty()) return;
    const bool whole = style_.max_text == 0;
    const std::size_t end = whole ? text.size() : left_ == 0 ? 0 : cut_at(text, left_, {});
    to_.text(text.substr(0, end));
    if (whole) return;
    left_ -= std::min(left_, characters_in(text.substr(0, end)));
    if (end == text.size()) return;
    cut_ = true;
    to_.raw("<span class=\"cut\"")
        .attribute("title", style_.words.more.cut_note)
        .raw(">\u00A0…</span>");
  }

  // From piece i on up to the next that was kept; the index of that.
  std::size_t residue(std::size_t i) {
    const std::size_t end = static_cast<std::size_t>(
        std::find_if(pieces_.begin() + static_cast<std::ptrdiff_t>(i), pieces_.end(),
                     [](const laid_piece& p) { return p.residue == nullptr; }) -
        pieces_.begin());
    const bool inside = in_paragraph_ && end < pieces_.size() && !pieces_[end].fresh_line;
    if (inside) {
      close_ended(last_end_);
      for (; i < end; ++i) residue_inside(pieces_[i]);
      return end;
    }
    close_paragraph();
    residue_block(i, end);
    return end;
  }

  void residue_inside(const laid_piece& p) {
    to_.raw(" <span class=\"residue\"").attribute("title", p.residue->why).raw(">[");
    to_.text(style_.words.more.residue_inline).raw(", ").isolated(p.residue->label);
    to_.raw("<span class=\"unseen\">").text(style_.words.colon).isolated(p.residue->why);
    to_.raw("</span>]</span> ");
  }

  void residue_block(std::size_t i, std::size_t end) {
    to_.raw("<details class=\"residue\"><summary>").text(style_.words.more.residue);
    to_.text(style_.words.colon).text(counted(end - i, style_.words.more.pieces, style_.words));
    to_.raw(" <span class=\"meaning\">").isolated(pieces_[i].residue->label);
    const bool alike =
        std::all_of(pieces_.begin() + static_cast<std::ptrdiff_t>(i),
                    pieces_.begin() + static_cast<std::ptrdiff_t>(end), [&](const laid_piece& p) {
                      return p.residue->label == pieces_[i].residue->label;
                    });
    to_.raw(alike ? "" : ", …").raw("</span></summary>\n<ul>\n");
    const std::size_t most = style_.max_text == 0 ? end : std::min(end, i + most_residue);
    for (std::size_t k = i; k < most; ++k) residue_item(pieces_[k]);
    if (most < end) to_.raw("<li>… ").text(count_text(end - most, style_.words)).raw("</li>\n");
    to_.raw("</ul>\n</details>\n");
  }

  void residue_item(const laid_piece& p) {
    to_.raw("<li><code>").isolated(p.residue->label).raw("</code> <span class=\"meaning\">");
    to_.isolated(p.residue->why).raw("</span> ");
    append_bytes(to_, p.place, style_);
    to_.raw(" <span class=\"text\">");
    if (p.text.empty() || is_by_reader(*p.residue))
      to_.raw("(").text(style_.words.more.no_shown_text).raw(")");
    else
      append_loose(to_, p.text, style_);
    to_.raw("</span></li>\n");
  }

  struct opened {
    const passage* what;
    std::int64_t end;
  };

  markup& to_;
  const std::vector<passage>& passages_;
  const std::vector<laid_piece>& pieces_;
  const view_style& style_;
  std::vector<opened> open_;
  std::size_t next_ = 0;      // passage that was not met yet
  std::int64_t last_end_ = 0; // of the kept piece before
  std::size_t paragraphs_ = 0, left_out_ = 0;
  std::size_t left_ = 0; // characters of this run still to show
  bool in_paragraph_ = false, cut_ = false;
};

} // namespace

void append_body(markup& to, const std::vector<passage>& passages,
                 const std::vector<laid_piece>& pieces, const view_style& style) {
  writing(to, passages, pieces, style).body();
}

} // namespace vigie::dossier
