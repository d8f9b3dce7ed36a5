// SPDX-License-Identifier: Apache-2.0
// The lexicons and short ways to the engine, for the tests of the press family.
#pragma once

#include "text/events/statements.hpp"
#include "text/page/article.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <variant>

namespace vigie::press::test {

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline lexicon words_of(std::string_view language) {
  std::map<std::string, std::string, std::less<>> files;
  const auto bytes_of = [&](std::string_view name) -> std::optional<std::string_view> {
    auto& bytes = files[std::string(name)];
    bytes = read_file(std::filesystem::path(VIGIE_SOURCE_DIR) / "plugins/press/data" / name);
    return bytes.empty() ? std::nullopt : std::optional<std::string_view>(bytes);
  };
  auto out = lexicon::read(language, bytes_of);
  return std::get<lexicon>(std::move(out));
}

inline const lexicon& french() {
  static const lexicon words = words_of("fr");
  return words;
}

inline const lexicon& english() {
  static const lexicon words = words_of("en");
  return words;
}

inline passage of(std::string_view text) { return whole_passage(text, {0, text.size()}); }

inline date_findings dates_of(std::string_view text, std::optional<civil_day> anchor = {},
                              const lexicon& words = french()) {
  return find_dates(of(text), words, anchor);
}

inline std::vector<figure_mention> figures_of(std::string_view text,
                                              const lexicon& words = french()) {
  return find_figures(of(text), words, dates_of(text, {}, words).taken);
}

inline std::vector<statement> statements_of(std::string_view text,
                                            const lexicon& words = french()) {
  const sentence_splitter splitter(words.language());
  const auto a = read_article(text, words);
  const auto day = a.published ? std::optional(a.published->day) : std::nullopt;
  return read_statements(body_of(text, a), words, splitter, day);
}

// "label:first words" of every segment, for messages that say where a page went wrong.
inline std::string outline(std::string_view text, const article& a) {
  std::string out;
  for (const auto& s : a.segments) {
    out += std::to_string(s.line) + " " + std::string(label_name(s.what)) + ": " +
           std::string(text.substr(s.span.begin, std::min<std::size_t>(s.span.size(), 40))) + "\n";
  }
  return out;
}

// Where the project's shared material lies, or nothing: the tests that need it are then skipped.
inline std::optional<std::filesystem::path> shared_data() {
  namespace fs = std::filesystem;
  const char* given = std::getenv("VIGIE_SHARED");
  const fs::path root = given ? fs::path(given) : fs::path(VIGIE_SOURCE_DIR) / "../shared";
  std::error_code ignored;
  if (fs::is_directory(root / "data/press/articles", ignored)) return root / "data/press";
  return std::nullopt;
}

} // namespace vigie::press::test
