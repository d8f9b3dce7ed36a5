// SPDX-License-Identifier: Apache-2.0
// An HTML page as a flat tree: elements in order of their start tags, text with its place in the
// page. Made once a page from libxml2's HTML parser, which fetches nothing; then only read. Values,
// any thread. Offsets are bytes of the UTF-8 text that was parsed, which must outlive the tree.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vigie::press::html {

enum class tag : std::uint8_t {
  other,
  a,
  abbr,
  address,
  article,
  aside,
  base,
  blockquote,
  body,
  br,
  button,
  caption,
  center,
  cite,
  code,
  dd,
  del,
  details,
  div,
  dl,
  dt,
  em,
  fieldset,
  figcaption,
  figure,
  footer,
  form,
  frame,
  frameset,
  h1,
  h2,
  h3,
  h4,
  h5,
  h6,
  head,
  header,
  hr,
  html,
  i,
  iframe,
  input,
  label,
  li,
  link,
  main,
  menu,
  meta,
  nav,
  noscript,
  object,
  ol,
  option,
  p,
  pre,
  q,
  script,
  section,
  select,
  span,
  style,
  sub,
  summary,
  sup,
  svg,
  table,
  tbody,
  td,
  textarea,
  tfoot,
  th,
  thead,
  time,
  title,
  tr,
  ul,
  video,
  audio,
  template_,
};

enum class attribute : std::uint8_t {
  class_,
  id,
  role,
  itemprop,
  itemtype,
  rel,
  href,
  datetime,
  content,
  name,
  property,
  type,
  lang,
  style,
  hidden,
  aria_hidden,
  title,
  pubdate,
  http_equiv,
  data_time, // any of those that scripts write moments to
};

struct element {
  std::uint32_t parent = 0;
  std::uint32_t end = 0; // behind its last descendant
  std::uint32_t first_run = 0, end_run = 0;
  std::uint32_t first_attribute = 0;
  std::uint16_t attributes = 0;
  html::tag tag = html::tag::other;
};

// Text as a reader sees it, and where it stands. size == length: the very bytes; else one character
// reference.
struct run {
  std::uint32_t element = 0;
  std::uint32_t at = 0, size = 0;       // of `text`
  std::uint32_t offset = 0, length = 0; // of the page
};

struct tree {
  std::vector<element> elements; // element 0 stands above all
  std::vector<run> runs;         // in order; none is of a script or style
  std::string text;
  std::vector<std::pair<std::uint32_t, std::string>> scripts; // what JSON-LD elements hold

  // What the page says of the attribute, with references resolved; empty where it does not.
  [[nodiscard]] std::string_view get(std::uint32_t element, attribute a) const;
  [[nodiscard]] bool has(std::uint32_t element, attribute a) const;
  [[nodiscard]] std::string_view text_of(const run& r) const {
    return std::string_view(text).substr(r.at, r.size);
  }
  // Text of an element and all within, blanks as they stand.
  [[nodiscard]] std::string inner_text(std::uint32_t element, std::size_t most) const;

  struct attribute_value {
    attribute what;
    std::uint32_t at, size; // of `values`
  };
  std::vector<attribute_value> attributes;
  std::string values;
};

struct limits {
  std::size_t nesting = 100'000;
  std::size_t elements = 5'000'000;
};

// Near linear in the page: work that would grow with the square of it (thousands of attributes in a
// tag, end tags that close nothing below thousands of open elements) is counted and stops the
// reader. On success `why` is empty, else it says what was found and what is allowed. `page` is
// well-formed UTF-8 without NUL.
[[nodiscard]] tree read_tree(std::string_view page, const limits& most, std::string& why);

[[nodiscard]] bool is_block(tag t);

} // namespace vigie::press::html
