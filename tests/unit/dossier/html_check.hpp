// SPDX-License-Identifier: Apache-2.0
// Whether a page is well-formed: every element is closed in its order, attributes are quoted and
// stand once, text holds no bare markup, ids are unique and links inside the page lead somewhere.
// Stricter than HTML asks, as strict as our pages are. Tests only.
#pragma once

#include <unicode/utf8.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace dossier_test {

struct element {
  std::string name;
  std::map<std::string, std::string> attributes;
  std::string text; // of it and all it holds, entities resolved
};

struct checked_page {
  std::string fault; // empty: well-formed
  std::vector<element> elements;
  std::string text; // of the body, entities resolved

  [[nodiscard]] std::vector<element> all(std::string_view name,
                                         std::string_view of_class = {}) const {
    std::vector<element> out;
    for (const element& e : elements) {
      const auto c = e.attributes.find("class");
      const bool fits = of_class.empty() || (c != e.attributes.end() && c->second == of_class);
      if (e.name == name && fits) out.push_back(e);
    }
    return out;
  }
  [[nodiscard]] std::vector<std::string> texts(std::string_view name,
                                               std::string_view of_class = {}) const {
    std::vector<std::string> out;
    for (const element& e : all(name, of_class)) out.push_back(e.text);
    return out;
  }
};

class page_checker {
public:
  explicit page_checker(std::string_view html) : html_(html) {}

  checked_page check() {
    if (!is_clean_utf8()) fail("bytes that are no UTF-8, or control characters");
    if (!html_.starts_with("<!DOCTYPE html>\n")) fail("no doctype");
    at_ = html_.find('\n');
    while (at_ < html_.size() && page_.fault.empty()) step();
    if (page_.fault.empty() && !open_.empty())
      fail("<" + page_.elements[open_.back()].name + "> is not closed");
    if (page_.fault.empty()) check_ids();
    return std::move(page_);
  }

private:
  bool is_clean_utf8() {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(html_.data());
    for (std::size_t at = 0; at < html_.size();) {
      UChar32 c = 0;
      U8_NEXT(bytes, at, html_.size(), c);
      const bool control = c < 0x20 || (c >= 0x7f && c < 0xa0);
      const bool turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
      if (c < 0 || turns || (control && c != '\n')) return false;
    }
    return true;
  }

  void fail(std::string why) {
    if (page_.fault.empty())
      page_.fault = std::move(why) + " near: " + std::string(html_.substr(at_, 80));
  }

  void step() {
    if (in_style()) return skip_style();
    if (html_[at_] == '<') return html_.substr(at_, 2) == "</" ? close_tag() : open_tag();
    const std::size_t end = std::min(html_.find('<', at_), html_.size());
    add_text(resolve(html_.substr(at_, end - at_)));
    at_ = end;
  }

  bool in_style() {
    if (open_.empty()) return false;
    const std::string& name = page_.elements[open_.back()].name;
    return name == "style" || name == "script";
  }
  void skip_style() {
    const std::size_t begin = at_;
    at_ = html_.find("</", at_);
    if (at_ == std::string_view::npos) return fail("style without an end");
    page_.elements[open_.back()].text = html_.substr(begin, at_ - begin);
    close_tag();
  }

  void add_text(const std::string& text) {
    for (const std::size_t i : open_) page_.elements[i].text += text;
    const bool in_body = open_.size() > 1 && page_.elements[open_[1]].name == "body";
    if (in_body) page_.text += text;
  }

  void close_tag() {
    const std::size_t end = html_.find('>', at_);
    const std::string_view name = html_.substr(at_ + 2, end - at_ - 2);
    if (end == std::string_view::npos || open_.empty() || page_.elements[open_.back()].name != name)
      return fail("an end tag that fits nothing open");
    open_.pop_back();
    at_ = end + 1;
  }

  void open_tag() {
    element e;
    ++at_;
    while (at_ < html_.size() && (std::isalnum(static_cast<unsigned char>(html_[at_])) != 0))
      e.name += html_[at_++];
    if (e.name.empty()) return fail("a bare <");
    while (at_ < html_.size() && html_[at_] == ' ') attribute(e);
    const bool self_closed = html_.substr(at_, 2) == "/>";
    if (self_closed) ++at_;
    if (at_ >= html_.size() || html_[at_] != '>') return fail("a tag that does not end");
    ++at_;
    static const std::set<std::string> voids{"meta", "br", "wbr"};
    const bool stays_open = !self_closed && voids.count(e.name) == 0;
    page_.elements.push_back(std::move(e));
    if (stays_open) open_.push_back(page_.elements.size() - 1);
  }

  void attribute(element& e) {
    const std::size_t quote = html_.find("=\"", at_);
    const std::size_t end = quote == std::string_view::npos ? quote : html_.find('"', quote + 2);
    if (end == std::string_view::npos) return fail("an attribute without quotes");
    const std::string name(html_.substr(at_ + 1, quote - at_ - 1));
    if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-0123456789") != std::string::npos)
      fail("an attribute with a strange name");
    const std::string_view value = html_.substr(quote + 2, end - quote - 2);
    if (value.find('<') != std::string_view::npos) fail("an attribute with a bare <");
    if (!e.attributes.emplace(name, resolve(value)).second) fail("an attribute given twice");
    at_ = end + 1;
  }

  std::string resolve(std::string_view text) {
    static const std::map<std::string_view, char> known{
        {"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"#39", '\''}};
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '>') fail("a bare >");
      if (text[i] != '&') {
        out += text[i];
        continue;
      }
      const std::size_t end = text.find(';', i);
      const auto found =
          end == std::string_view::npos ? known.end() : known.find(text.substr(i + 1, end - i - 1));
      if (found == known.end()) {
        fail("a bare &");
        return out;
      }
      out += found->second;
      i = end;
    }
    return out;
  }

  void check_ids() {
    std::set<std::string> ids;
    for (const element& e : page_.elements) {
      const auto id = e.attributes.find("id");
      if (id != e.attributes.end() && !ids.insert(id->second).second)
        page_.fault = "id twice: " + id->second;
    }
    for (const element& e : page_.elements) {
      const auto href = e.attributes.find("href");
      const bool inside = href != e.attributes.end() && href->second.starts_with("#");
      if (inside && ids.count(href->second.substr(1)) == 0)
        page_.fault = "link to nowhere: " + href->second;
    }
  }

  std::string_view html_;
  std::size_t at_ = 0;
  std::vector<std::size_t> open_;
  checked_page page_;
};

inline checked_page check(std::string_view html) { return page_checker(html).check(); }

} // namespace dossier_test
