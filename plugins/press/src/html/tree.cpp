// SPDX-License-Identifier: Apache-2.0
#include "html/tree.hpp"

#include "html/ascii.hpp"
#include "html/tags.hpp"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace vigie::press::html {
namespace {

// libxml2 compares each attribute of a tag with those before it, and an end tag with all elements
// that are open; so many comparisons a page may cost, beside some for each of its bytes.
constexpr std::uint64_t free_work = 200'000'000;
constexpr std::uint64_t work_a_byte = 256;

// Sum over all tags of the square of their attributes, by a scan that knows quotes and passes over
// scripts.
std::uint64_t attribute_work(std::string_view page) {
  std::uint64_t sum = 0;
  std::size_t at = 0;
  while ((at = page.find('<', at)) != std::string_view::npos && at + 1 < page.size()) {
    if (!is_letter(page[++at])) continue;
    const bool script = same_letters(page.substr(at, 6), "script");
    std::uint64_t blanks = 0;
    char quote = 0;
    for (; at < page.size() && (quote != 0 || page[at] != '>'); ++at) {
      const char c = page[at];
      if (quote != 0)
        quote = c == quote ? '\0' : quote;
      else if ((c == '"' || c == '\'') && page[at - 1] == '=')
        quote = c;
      else if (is_blank(c) || c == '/')
        ++blanks;
    }
    if (blanks > 64) sum += blanks * blanks / 2;
    if (!script) continue;
    at = std::min(page.find("</", at), page.size());
  }
  return sum;
}

struct builder {
  tree& to;
  std::string_view page;
  const limits& most;
  std::string& why;
  htmlParserCtxtPtr parser = nullptr;
  std::vector<std::uint32_t> open{0};
  std::size_t text_end = 0; // of the page: behind the last text
  std::uint64_t work = 0, work_allowed = 0;
  bool in_json = false;

  [[nodiscard]] std::size_t position() const {
    return parser->input->consumed +
           static_cast<std::size_t>(parser->input->cur - parser->input->base);
  }
  void stop(std::string reason) {
    if (why.empty()) why = std::move(reason);
    xmlStopParser(parser);
  }
  void spend(std::uint64_t comparisons) {
    work += comparisons;
    if (work > work_allowed)
      stop("tags that close no element stand below " + std::to_string(open.size()) +
           " open ones, too often to be looked up; expected is a page whose tags match");
  }
  void start(std::string_view name, const xmlChar** attributes);
  void end();
  void add_attribute(element& e, std::string_view name, const xmlChar* value);
  void characters(std::string_view s);
  void add_run(std::size_t offset, std::size_t length, std::string_view s);
};

std::string_view view(const xmlChar* s) {
  return s == nullptr ? std::string_view() : reinterpret_cast<const char*>(s);
}

void builder::add_attribute(element& e, std::string_view name, const xmlChar* value) {
  const auto what = attribute_named(name);
  if (!what) return;
  const std::string_view v = view(value);
  to.attributes.push_back(
      {*what, static_cast<std::uint32_t>(to.values.size()), static_cast<std::uint32_t>(v.size())});
  to.values += v;
  ++e.attributes;
}

void builder::start(std::string_view name, const xmlChar** attributes) {
  if (to.elements.size() >= most.elements)
    return stop("more than " + std::to_string(most.elements) + " elements; a page has fewer");
  if (open.size() >= most.nesting)
    return stop("elements are nested more than " + std::to_string(most.nesting) +
                " deep; a page is flatter");
  element e{.parent = open.back(),
            .first_run = static_cast<std::uint32_t>(to.runs.size()),
            .first_attribute = static_cast<std::uint32_t>(to.attributes.size()),
            .tag = tag_named(name)};
  std::uint64_t count = 0;
  for (; attributes != nullptr && attributes[0] != nullptr && count < 1000;
       attributes += 2, ++count)
    add_attribute(e, view(attributes[0]), attributes[1]);
  open.push_back(static_cast<std::uint32_t>(to.elements.size()));
  to.elements.push_back(e);
  in_json = e.tag == tag::script &&
            to.get(open.back(), attribute::type).find("ld+json") != std::string_view::npos;
  if (in_json) to.scripts.emplace_back(open.back(), std::string());
}

void builder::end() {
  if (open.size() <= 1) return;
  to.elements[open.back()].end = static_cast<std::uint32_t>(to.elements.size());
  to.elements[open.back()].end_run = static_cast<std::uint32_t>(to.runs.size());
  open.pop_back();
  in_json = false;
}

void builder::add_run(std::size_t offset, std::size_t length, std::string_view s) {
  const auto at = static_cast<std::uint32_t>(to.text.size());
  to.text += s;
  text_end = offset + length;
  if (!to.runs.empty() && s.size() == length) {
    run& last = to.runs.back();
    if (last.element == open.back() && last.size == last.length &&
        last.offset + last.length == offset) {
      last.size += static_cast<std::uint32_t>(s.size());
      last.length = last.size;
      return;
    }
  }
  to.runs.push_back({open.back(), at, static_cast<std::uint32_t>(s.size()),
                     static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(length)});
}

// Whether `reference`, which begins with & and was read as one &, is longer than that.
bool is_ampersand_reference(std::string_view reference) {
  return reference.starts_with("&amp") || reference.starts_with("&AMP") ||
         reference.starts_with("&#");
}

// The parser tells where it stands, not where the text began: text as it stands ends there, or one
// character before; anything else is a character reference, and those begin with &.
void builder::characters(std::string_view s) {
  const std::size_t here = std::min(position(), page.size());
  std::size_t last = 1; // bytes of the last character
  while (last < s.size() && (static_cast<unsigned char>(s[s.size() - last]) & 0xC0U) == 0x80)
    ++last;
  for (const std::size_t end : {here, here + last}) {
    if (end < text_end + s.size() || end > page.size()) continue;
    if (page.substr(end - s.size(), s.size()) != s) continue;
    if (s == ";" && end == here && page.substr(text_end, here - text_end).starts_with("&")) break;
    return add_run(end - s.size(), s.size(), s);
  }
  const std::size_t near = std::max(text_end, here - std::min<std::size_t>(here, 64));
  const std::size_t found = page.substr(near, here - std::min(here, near)).rfind('&');
  if (found != std::string_view::npos) {
    const std::size_t amp = near + found;
    const bool whole = s != "&" || is_ampersand_reference(page.substr(amp, here - amp));
    return add_run(amp, whole ? here - amp : 1, s);
  }
  // Characters that the parser left out stand within: one piece for all.
  const std::size_t from = std::max(text_end, here - std::min(here, s.size() + 64));
  if (here > from) add_run(from, here - from, s);
}

builder& self(void* p) { return *static_cast<builder*>(p); }
std::string_view view(const xmlChar* s, int n) {
  return {reinterpret_cast<const char*>(s), static_cast<std::size_t>(n)};
}

void on_start(void* p, const xmlChar* name, const xmlChar** attributes) {
  self(p).start(view(name), attributes);
}
void on_end(void* p, const xmlChar*) { self(p).end(); }
void on_characters(void* p, const xmlChar* s, int n) { self(p).characters(view(s, n)); }
void on_script(void* p, const xmlChar* s, int n) {
  if (self(p).in_json) self(p).to.scripts.back().second += view(s, n);
}
void on_error(void* p, xmlErrorPtr e) {
  if (e->code == XML_ERR_TAG_NAME_MISMATCH || e->code == XML_ERR_ATTRIBUTE_REDEFINED)
    self(p).spend(self(p).open.size());
}

struct free_parser {
  void operator()(htmlParserCtxtPtr p) const {
    if (p->myDoc != nullptr) xmlFreeDoc(p->myDoc);
    p->myDoc = nullptr;
    htmlFreeParserCtxt(p);
  }
};

void parse(builder& b) {
  static const bool ready = (xmlInitParser(), true);
  static_cast<void>(ready);
  const std::unique_ptr<xmlParserCtxt, free_parser> parser(
      htmlCreateMemoryParserCtxt(b.page.data(), static_cast<int>(b.page.size())));
  if (!parser) {
    b.why = "libxml2 has no memory for the page";
    return;
  }
  b.parser = parser.get();
  htmlCtxtUseOptions(parser.get(), HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC | HTML_PARSE_RECOVER |
                                       HTML_PARSE_NODEFDTD);
  parser->charset = XML_CHAR_ENCODING_UTF8; // else it guesses at the first letter beyond ASCII
  xmlSAXHandler& sax = *parser->sax;
  sax = {};
  sax.initialized = XML_SAX2_MAGIC;
  sax.startElement = on_start;
  sax.endElement = on_end;
  sax.characters = on_characters;
  sax.ignorableWhitespace = on_characters;
  sax.cdataBlock = on_script;
  sax.serror = on_error;
  parser->userData = &b;
  htmlParseDocument(parser.get());
}

} // namespace

std::string_view tree::get(std::uint32_t e, attribute a) const {
  const element& of = elements[e];
  for (std::uint32_t i = of.first_attribute; i < of.first_attribute + of.attributes; ++i)
    if (attributes[i].what == a)
      return std::string_view(values).substr(attributes[i].at, attributes[i].size);
  return {};
}

bool tree::has(std::uint32_t e, attribute a) const {
  const element& of = elements[e];
  for (std::uint32_t i = of.first_attribute; i < of.first_attribute + of.attributes; ++i)
    if (attributes[i].what == a) return true;
  return false;
}

std::string tree::inner_text(std::uint32_t e, std::size_t most) const {
  std::string out;
  for (std::uint32_t r = elements[e].first_run; r < elements[e].end_run && out.size() < most; ++r)
    out += text_of(runs[r]);
  return out;
}

tree read_tree(std::string_view page, const limits& most, std::string& why) {
  tree out;
  out.elements.push_back({});
  out.text.reserve(page.size() / 4);
  out.elements.reserve(page.size() / 64);
  out.attributes.reserve(page.size() / 64);
  out.values.reserve(page.size() / 8);
  builder b{out, page, most, why};
  b.work_allowed = free_work + work_a_byte * page.size();
  if (attribute_work(page) > b.work_allowed) {
    why = "a tag has too many attributes to be compared; a page's tags have some dozens";
    return out;
  }
  parse(b);
  while (b.open.size() > 1) b.end();
  out.elements[0].end = static_cast<std::uint32_t>(out.elements.size());
  out.elements[0].end_run = static_cast<std::uint32_t>(out.runs.size());
  return out;
}

} // namespace vigie::press::html
