// SPDX-License-Identifier: Apache-2.0
// HTML in the making. Our own markup goes in as it is; every text from outside goes through text()
// or attribute(), which leave nothing in it that a browser would read as markup or that turns the
// order of its neighbours. Used by all makers of the page. One object, one thread.
#pragma once

#include <string>
#include <string_view>

namespace vigie::dossier {

class markup {
public:
  // Our own, already well-formed.
  markup& raw(std::string_view html);
  // Text from outside, for the content of elements. Line ends and tabs become blanks; control
  // characters, marks of text direction and noncharacters are shown as <U+202E>, bytes that are
  // not UTF-8 as U+FFFD.
  markup& text(std::string_view from_outside);
  // The same in <bdi>, so that letters of another direction do not move what stands beside them.
  markup& isolated(std::string_view from_outside);
  // Text from outside where only text may stand: <title>, SVG texts.
  markup& plain(std::string_view from_outside);
  // ` name="value"` with a value from outside.
  markup& attribute(std::string_view name, std::string_view value);

  [[nodiscard]] const std::string& str() const { return out_; }
  void clear() { out_.clear(); }

private:
  void append(std::string_view from_outside, bool with_elements);

  std::string out_;
};

// Whether a page may link to it: http or https with a host, no user name (which hides the host), no
// blank, quote, control character or other byte that has no place in a URL; UTF-8 letters may
// stand.
[[nodiscard]] bool is_safe_link(std::string_view url);

// Whether it has the form of a language tag such as "fr" or "zh-Hant" (BCP 47, section 2.1).
[[nodiscard]] bool is_language_tag(std::string_view text);

} // namespace vigie::dossier
