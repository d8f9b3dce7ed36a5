// SPDX-License-Identifier: Apache-2.0
#include "article_view.hpp"

#include "entry.hpp"

#include <algorithm>
#include <utility>

namespace vigie::dossier {

article_view::article_view(const source& of, std::size_t number)
    : source_(of), number_(number), layout_(of) {}

std::string article_view::cite(const byte_range& range, std::string target, std::string_view kind,
                               std::string label) {
  if (!layout_.cite(range)) return {};
  std::string id = "a" + std::to_string(number_) + "-" + std::to_string(range.offset) + "-" +
                   std::to_string(range.end());
  passages_.push_back({range, id, {{std::move(target), std::move(label), kind}}});
  return id;
}

// Of equal ranges one is kept, which knows all that quote it.
void article_view::sort_passages() {
  std::stable_sort(passages_.begin(), passages_.end(), [](const passage& a, const passage& b) {
    return a.range.offset != b.range.offset ? a.range.offset < b.range.offset
                                            : a.range.length > b.range.length;
  });
  std::vector<passage> distinct;
  for (passage& p : passages_) {
    if (!distinct.empty() && distinct.back().id == p.id)
      distinct.back().by.push_back(std::move(p.by.front()));
    else
      distinct.push_back(std::move(p));
  }
  passages_ = std::move(distinct);
}

void article_view::append(markup& to, const view_style& style) {
  sort_passages();
  const std::string n = std::to_string(number_);
  const statement& about = source_.about;
  to.raw("<section class=\"text\"").attribute("id", "t" + n).attribute("aria-labelledby", "h" + n);
  to.raw(">\n<h3").attribute("id", "h" + n).raw("><span class=\"unseen\">");
  to.text(style.words.more.text_of).raw("</span>");
  to.isolated(about.title.empty() ? about.file : about.title).raw("</h3>\n<p class=\"meaning\">");
  to.raw("<a").attribute("href", "#a" + n).raw("><code>");
  to.isolated(about.file.empty() ? "№ " + n : about.file).raw("</code></a>");
  if (!about.publisher.empty()) to.raw(" · ").isolated(about.publisher);
  if (about.published) {
    to.raw(" · ");
    append_day(to, *about.published, style.words);
  }
  to.raw("</p>\n<div class=\"body\"");
  to.attribute("lang", is_language_tag(about.language) ? about.language : "")
      .raw(" dir=\"auto\">\n");
  append_body(to, passages_, layout_.pieces(), style);
  to.raw("</div>\n");
  append_comments(to, source_, style);
  to.raw("</section>\n");
}

} // namespace vigie::dossier
