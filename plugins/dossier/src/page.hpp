// SPDX-License-Identifier: Apache-2.0
// The whole page of statements, claims and articles. Called once, by the component's task. It holds
// all of them; the page goes out in pieces. Nothing but the arguments goes into the page: no
// clock, no path, no version. One thread.
#pragma once

#include "chart.hpp"
#include "entry.hpp"
#include "html.hpp"
#include "page_model.hpp"
#include "words.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace vigie::dossier {

struct page_settings {
  const page_words& words;
  std::string_view title, about;
  std::size_t max_text = 300; // characters, 0: all
  std::size_t max_claims = 0; // 0: all
  bool own_use = false;       // the page says that it is not to be published
  std::string_view style;     // CSS; UTF-8 without "</" and carriage returns
  std::string_view script;    // the same of JavaScript, without "<!--"
};

class page {
public:
  using sink = std::function<void(std::string_view)>;

  page(page_content content, const page_settings& settings);
  page(const page&) = delete;
  page& operator=(const page&) = delete;

  void write(const sink& to);

private:
  void head();
  void header();
  void counts();
  void years_nav();
  void claims();
  void entries();
  void undated();
  void articles();
  void article(const article_row& row, std::size_t index);
  void texts();
  void own_use();
  void legend();
  void footer();
  void pass(bool all);

  page_settings settings_;
  const page_words& words_;
  page_model in_;
  markup out_;
  const sink* to_ = nullptr;
};

} // namespace vigie::dossier
