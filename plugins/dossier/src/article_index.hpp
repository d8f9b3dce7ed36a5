// SPDX-License-Identifier: Apache-2.0
// Which rows are of one article. Filled by the page once, before rows are told apart. One thread.
#pragma once

#include "statement.hpp"

#include <cstddef>
#include <map>
#include <string>

namespace vigie::dossier {

// What tells articles apart: the file together with the address (a web archive is one file of many
// pages), or where there is no file the address, or the title; empty where there is none of them.
[[nodiscard]] std::string article_key(const statement& s);

class article_index {
public:
  // Every row of the page, before the first is looked for.
  void learn(const statement& s);

  // The index of the row's article; `next` where it is the first of a new one, no_article where
  // nothing tells which. A row without an address is of the page that its file holds, if it holds
  // one only.
  [[nodiscard]] std::size_t find(const statement& s, std::size_t next);

private:
  std::map<std::string, std::string> address_; // of a file; empty: there are several
  std::map<std::string, std::size_t> known_;   // by key
};

} // namespace vigie::dossier
