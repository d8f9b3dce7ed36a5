// SPDX-License-Identifier: Apache-2.0
#include "scraped.hpp"

#include "html/charset.hpp"
#include "html/lines.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <variant>

namespace vigie::press {
namespace {

using namespace html;

// Blocks that dumps set apart by an empty line; others only end the line.
bool has_margin(tag t) {
  switch (t) {
  case tag::p:
  case tag::h1:
  case tag::h2:
  case tag::h3:
  case tag::h4:
  case tag::h5:
  case tag::h6:
  case tag::ul:
  case tag::ol:
  case tag::dl:
  case tag::table:
  case tag::blockquote:
  case tag::pre:
  case tag::figure:
  case tag::section:
  case tag::article:
  case tag::aside:
  case tag::header:
  case tag::footer:
  case tag::nav:
  case tag::form: return true;
  default: return false;
  }
}

bool is_or_holds(const tree& t, std::uint32_t outer, std::uint32_t inner) {
  return outer <= inner && inner < t.elements[outer].end;
}

bool margin_below(const tree& t, std::uint32_t block, std::uint32_t other) {
  for (; block != 0 && !is_or_holds(t, block, other); block = t.elements[block].parent) {
    if (has_margin(t.elements[block].tag)) return true;
  }
  return false;
}

bool unseen(const tree& t, std::uint32_t element) {
  for (; element != 0; element = t.elements[element].parent) {
    const tag what = t.elements[element].tag;
    if (what == tag::noscript || what == tag::template_ || what == tag::head) return true;
  }
  return false;
}

std::string title_of(const tree& t) {
  for (std::uint32_t e = 1; e < t.elements.size(); ++e) {
    if (t.elements[e].tag != tag::title) continue;
    const std::string text = t.inner_text(e, std::size_t{1} << 12U);
    const byte_span inner = trimmed(text, {0, text.size()});
    return text.substr(inner.begin, inner.size());
  }
  return {};
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

} // namespace

std::string scraped_text(std::string_view page) {
  const page_text decoded = decode_page(page, {});
  std::string fault;
  const tree t = read_tree(decoded.text, {}, fault);
  if (!fault.empty()) throw std::runtime_error(fault);
  std::string out = title_of(t);
  std::uint32_t last = 0; // block of the line before
  for (const line& l : lines_of(t)) {
    if (unseen(t, l.block)) continue;
    const bool gap = last == 0 || margin_below(t, last, l.block) || margin_below(t, l.block, last);
    out += gap ? "\n\n" : "\n";
    out += text_of(t, l);
    last = l.block;
  }
  return out;
}

bool scraped_reader::knows(const std::string& language) const {
  return std::filesystem::exists(std::filesystem::path(data_) / language / "page.tsv");
}

const lexicon& scraped_reader::words_of(const std::string& language) {
  const auto known = words_.find(language);
  if (known != words_.end()) return known->second;
  std::map<std::string, std::string, std::less<>> files;
  auto read = lexicon::read(language, [&](std::string_view name) {
    std::string& bytes = files[std::string(name)];
    if (knows(language)) bytes = bytes_of(std::filesystem::path(data_) / name);
    if (bytes.empty()) bytes = "# no words\n";
    return std::optional<std::string_view>(bytes);
  });
  if (!std::holds_alternative<lexicon>(read))
    throw std::runtime_error("the data of language '" + language + "' is wrong");
  return words_.emplace(language, std::get<lexicon>(std::move(read))).first->second;
}

article scraped_reader::read(std::string_view text, const std::string& language) {
  return read_article(text, words_of(language));
}

} // namespace vigie::press
