// SPDX-License-Identifier: Apache-2.0
#include "article_index.hpp"

namespace vigie::dossier {
namespace {

std::string key_of_file(const std::string& file, const std::string& url) {
  return "f" + file + "\n" + url;
}

} // namespace

std::string article_key(const statement& s) {
  if (!s.file.empty()) return key_of_file(s.file, s.url);
  if (!s.url.empty()) return "u" + s.url;
  return s.title.empty() ? std::string() : "t" + s.title;
}

void article_index::learn(const statement& s) {
  if (s.file.empty() || s.url.empty()) return;
  const auto [found, added] = address_.emplace(s.file, s.url);
  if (!added && found->second != s.url) found->second.clear();
}

std::size_t article_index::find(const statement& s, std::size_t next) {
  std::string key = article_key(s);
  if (key.empty()) return no_article;
  const auto address = s.url.empty() ? address_.find(s.file) : address_.end();
  if (address != address_.end()) key = key_of_file(s.file, address->second);
  return known_.emplace(key, next).first->second;
}

} // namespace vigie::dossier
