// SPDX-License-Identifier: Apache-2.0
#include "html/metadata.hpp"

#include "html/ascii.hpp"
#include "html/headline.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <map>

namespace vigie::press::html {
namespace {

using simdjson::dom::element_type;
using json = simdjson::dom::element;

void set_once(std::string& to, std::string_view value) {
  value = trim(value);
  if (to.empty() && !value.empty()) to = value;
}

void add_author(metadata& to, std::string_view value) {
  constexpr std::size_t most = 16; // a page has one, or some
  value = trim(value);
  if (value.empty() || value.find("://") != std::string_view::npos || to.authors.size() >= most)
    return;
  to.authors.emplace_back(clipped(value, 200));
}

std::string_view text_in(const json& object, const char* key) {
  std::string_view out;
  if (object[key].get(out) != simdjson::SUCCESS) return {};
  return out;
}

// Types of schema.org that are pages of the press: Article, NewsArticle, BlogPosting, Report, ...
bool is_article_type(std::string_view type) {
  return type.find("Article") != std::string_view::npos ||
         type.find("Posting") != std::string_view::npos || type == "Report" ||
         type == "CreativeWork";
}

// What readers wrote: Comment, UserComments, Answer.
bool is_readers_type(std::string_view type) {
  return type.find("Comment") != std::string_view::npos || type.ends_with("Answer");
}

bool is_of_type(const json& object, bool (*wanted)(std::string_view)) {
  json type;
  if (object["@type"].get(type) != simdjson::SUCCESS) return false;
  std::string_view name;
  if (type.get(name) == simdjson::SUCCESS) return wanted(name);
  if (!type.is_array()) return false;
  for (const json each : type.get_array())
    if (each.get(name) == simdjson::SUCCESS && wanted(name)) return true;
  return false;
}

using names_by_id = std::map<std::string, std::string, std::less<>>;

// The name of a person or organisation; of a list all, parted by commas. One that is told by its
// @id alone is looked up.
std::string names_in(const json& value, const names_by_id& known, int depth = 0) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS)
    return std::string(text.find("://") == std::string_view::npos ? trim(text) : "");
  if (depth > 2) return {};
  std::string out;
  if (value.is_array()) {
    for (const json each : value.get_array())
      if (const std::string name = names_in(each, known, depth + 1); !name.empty())
        out += (out.empty() ? "" : ", ") + name;
    return out;
  }
  json name;
  if (!value.is_object()) return out;
  if (value["name"].get(name) == simdjson::SUCCESS) return names_in(name, known, depth + 1);
  const auto found = known.find(text_in(value, "@id"));
  return found == known.end() ? out : found->second;
}

std::string names_in(const json& object, const char* key, const names_by_id& known) {
  json value;
  return object[key].get(value) == simdjson::SUCCESS ? names_in(value, known) : std::string();
}

// Names of people and organisations that other objects of a page refer to.
void learn_names(const json& value, names_by_id& to, int depth = 0) {
  if (depth > 8) return;
  if (value.is_array())
    for (const json each : value.get_array()) learn_names(each, to, depth + 1);
  if (!value.is_object()) return;
  const std::string_view id = text_in(value, "@id"), name = text_in(value, "name");
  if (!id.empty() && !name.empty()) to.emplace(id, trim(name));
  for (const auto field : value.get_object())
    if (field.value.is_object() || field.value.is_array()) learn_names(field.value, to, depth + 1);
}

constexpr int rank_of_others = 40; // of what is no article, or not the page's
constexpr int of_a_video = 35;     // added: one that an article shows is often older

// An article of JSON-LD: of several, the page's own is found by its address or headline.
struct item {
  std::string headline, url, author, publisher, language;
  std::size_t first_date = 0, end_date = 0; // of metadata::dates
};

struct json_reader {
  metadata& to;
  std::vector<item> items{};
  names_by_id names{};

  void take_object(const json& object);
  void walk(const json& value, int depth);
};

// The address of an object: url, or that of mainEntityOfPage, or @id.
std::string_view url_in(const json& object) {
  if (const std::string_view url = text_in(object, "url"); !url.empty()) return url;
  json page;
  if (object["mainEntityOfPage"].get(page) == simdjson::SUCCESS) {
    std::string_view url;
    if (page.get(url) == simdjson::SUCCESS) return url;
    if (page.is_object()) return text_in(page, "@id");
  }
  return text_in(object, "@id");
}

struct json_date {
  const char* key;
  int behind; // the surest
  bool modified;
};

// A date as text, as seconds since 1970, or as the value of an object.
std::string date_in(const json& object, const char* key) {
  json value;
  if (object[key].get(value) != simdjson::SUCCESS) return {};
  if (value.is_object()) return std::string(text_in(value, "@value"));
  std::int64_t seconds = 0;
  if (value.get(seconds) == simdjson::SUCCESS) return std::to_string(seconds);
  std::string_view text;
  return value.get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

void json_reader::take_object(const json& object) {
  if (is_of_type(object, is_readers_type)) return;
  const bool article = is_of_type(object, is_article_type);
  const int rank = article ? 0 : rank_of_others;
  const std::size_t first_date = to.dates.size();
  for (const auto& [key, behind, modified] : {json_date{"datePublished", 0, false},
                                              {"dateCreated", 1, false},
                                              {"uploadDate", of_a_video, false},
                                              {"dateModified", 0, true}})
    if (std::string date = date_in(object, key); !date.empty())
      to.dates.push_back({std::move(date), "jsonld", rank + behind, modified});
  if (!article) return;
  items.push_back({std::string(text_in(object, "headline")), std::string(url_in(object)),
                   names_in(object, "author", names), names_in(object, "publisher", names),
                   std::string(text_in(object, "inLanguage")), first_date, to.dates.size()});
}

// Properties of schema.org that lead to something else than the page: its pictures, its readers'
// comments, other stories.
bool leads_elsewhere(std::string_view key) {
  static constexpr std::array<std::string_view, 15> keys{
      "itemListElement", "comment",  "comments",    "review",    "reviews",
      "mentions",        "citation", "relatedLink", "hasPart",   "image",
      "liveBlogUpdate",  "video",    "isPartOf",    "isBasedOn", "associatedMedia"};
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

void json_reader::walk(const json& value, int depth) {
  if (depth > 32) return;
  if (value.is_array()) {
    for (const json each : value.get_array()) walk(each, depth + 1);
    return;
  }
  if (!value.is_object()) return;
  take_object(value);
  for (const auto field : value.get_object())
    if ((field.value.is_object() || field.value.is_array()) && !leads_elsewhere(field.key))
      walk(field.value, depth + 1);
}

// A date out of JSON that does not parse: the string behind its key.
void take_by_eye(std::string_view broken, metadata& to) {
  for (const auto& [key, modified] : {std::pair<std::string_view, bool>{"\"datePublished\"", false},
                                      {"\"dateModified\"", true}}) {
    const std::size_t at = broken.find(key);
    if (at == std::string_view::npos) continue;
    const std::size_t from = broken.find('"', at + key.size());
    if (from == std::string_view::npos || from > at + key.size() + 8) continue;
    const std::string_view value = clipped(broken.substr(from + 1), 40);
    to.dates.push_back({std::string(value.substr(0, value.find('"'))), "jsonld", 2, modified});
  }
}

void read_json(std::string text, json_reader& into) {
  // Line feeds within strings are common and wrong.
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  simdjson::dom::parser parser;
  json root;
  const auto from = text.find_first_of("{[");
  const auto to_end = text.find_last_of("}]");
  if (from == std::string::npos || to_end == std::string::npos || to_end < from) return;
  const simdjson::padded_string padded(std::string_view(text).substr(from, to_end + 1 - from));
  if (parser.parse(padded).get(root) != simdjson::SUCCESS) return take_by_eye(text, into.to);
  learn_names(root, into.names);
  into.walk(root, 0);
}

// Without what does not tell one page of a site from another.
std::string_view bare_address(std::string_view url) {
  if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos)
    url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find('#'));
  while (url.ends_with('/')) url.remove_suffix(1);
  return url;
}

// The addresses that a page gives itself.
std::vector<std::string> own_addresses(const tree& t) {
  std::vector<std::string> out;
  for (std::uint32_t e = 1; e < t.elements.size() && t.elements[e].tag != tag::body; ++e) {
    std::string_view url;
    if (t.elements[e].tag == tag::link && lower(t.get(e, attribute::rel)) == "canonical")
      url = t.get(e, attribute::href);
    else if (t.elements[e].tag == tag::meta && lower(t.get(e, attribute::property)) == "og:url")
      url = t.get(e, attribute::content);
    if (url = bare_address(trim(url)); !url.empty()) out.emplace_back(url);
  }
  return out;
}

// Pages list other stories as articles, too: where one is the page's own, the others date nothing
// surely and give no headline.
void take_items(const std::vector<item>& items, const tree& t, metadata& to) {
  std::vector<bool> own(items.size(), true);
  if (items.size() > 1) {
    const std::vector<std::string> addresses = own_addresses(t);
    const std::string title = title_element(t);
    const auto is_own = [&](const item& i) {
      const bool here =
          std::find(addresses.begin(), addresses.end(), bare_address(i.url)) != addresses.end();
      return here || agreement(title, comparable(i.headline), true) >= 4;
    };
    std::transform(items.begin(), items.end(), own.begin(), is_own);
    if (std::find(own.begin(), own.end(), true) == own.end()) own.assign(items.size(), true);
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    for (std::size_t d = items[i].first_date; d < items[i].end_date && !own[i]; ++d)
      to.dates[d].rank += rank_of_others;
    if (!own[i]) continue;
    set_once(to.headline, items[i].headline);
    add_author(to, items[i].author);
    set_once(to.publisher, items[i].publisher);
    set_once(to.language, items[i].language);
  }
}

// Whether the item that an element describes is one of readers.
bool of_readers(const tree& t, std::uint32_t e) {
  for (int up = 0; e != 0 && up < 64; ++up, e = t.elements[e].parent)
    if (const std::string_view type = t.get(e, attribute::itemtype); !type.empty())
      return is_readers_type(type);
  return false;
}

void take_meta(const tree& t, std::uint32_t e, const rules& known, metadata& to) {
  const std::string_view value = trim(t.get(e, attribute::content));
  if (value.empty()) return;
  const std::string header = lower(t.get(e, attribute::http_equiv));
  if (const auto rank = known.modified_meta(header))
    to.dates.push_back({std::string(value), "meta", 3 + *rank, true});
  else if (header == "date")
    to.dates.push_back({std::string(value), "meta", 3 + rules::weak_meta, false});
  for (const attribute key : {attribute::property, attribute::name, attribute::itemprop}) {
    const std::string name = lower(trim(t.get(e, key)));
    if (name.empty()) continue;
    if (name == "og:title" || name == "twitter:title") set_once(to.headline, value);
    if (name == "og:site_name") set_once(to.publisher, value);
    if (name == "og:url") set_once(to.canonical_url, value);
    if (known.author_meta(name)) add_author(to, value);
    if (key == attribute::itemprop && of_readers(t, e)) continue;
    if (const auto rank = known.published_meta(name))
      to.dates.push_back({std::string(value), "meta", 3 + *rank, false});
    else if (const auto later = known.modified_meta(name))
      to.dates.push_back({std::string(value), "meta", 3 + *later, true});
  }
}

// Which date an element has by its itemprop (microdata) or property (RDFa), which may be several
// names, with a prefix; published before created before modified.
std::string date_property(const tree& t, std::uint32_t e) {
  const std::string names = lower(std::string(t.get(e, attribute::itemprop)) + " " +
                                  std::string(t.get(e, attribute::property)));
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> known{
      {{"datepublished", "datepublished"},
       {"dc:issued", "datepublished"},
       {"dcterms:issued", "datepublished"},
       {"datecreated", "datecreated"},
       {"dc:created", "datecreated"},
       {"dc:date", "datecreated"},
       {"datemodified", "datemodified"}}};
  const auto has = [&](std::string_view name) {
    const std::size_t at = names.find(name), end = at + name.size();
    return at != std::string::npos && (at == 0 || !is_letter(names[at - 1])) &&
           (end == names.size() || is_blank(names[end]));
  };
  const auto found =
      std::find_if(known.begin(), known.end(), [&](const auto& each) { return has(each.first); });
  return found == known.end() ? std::string() : std::string(found->second);
}

void take_itemprop(const tree& t, std::uint32_t e, metadata& to) {
  const std::string name = date_property(t, e);
  if (name.empty() || of_readers(t, e)) return;
  std::string value(t.get(e, attribute::datetime));
  if (value.empty()) value = t.get(e, attribute::content);
  if (value.empty()) value = t.inner_text(e, 60);
  to.dates.push_back(
      {value, "itemprop", name == "datepublished" ? 4 : 6, name == "datemodified", e});
}

// The name within an element that is an author's in microdata.
void take_author(const tree& t, std::uint32_t author, metadata& to) {
  constexpr std::uint32_t most = 64; // elements
  const std::uint32_t end = std::min(t.elements[author].end, author + most);
  if (of_readers(t, t.elements[author].parent)) return;
  for (std::uint32_t e = author; e < end; ++e) {
    if (t.get(e, attribute::itemprop) != "name") continue;
    const std::string_view content = t.get(e, attribute::content);
    return add_author(to, content.empty() ? t.inner_text(e, 100) : std::string(content));
  }
}

} // namespace

metadata read_metadata(const tree& t, const rules& known) {
  metadata out;
  json_reader scripts{out};
  for (const auto& [element, text] : t.scripts) read_json(text, scripts);
  take_items(scripts.items, t, out);
  std::string url;
  for (std::uint32_t e = 1; e < t.elements.size(); ++e) {
    const tag what = t.elements[e].tag;
    if (what == tag::meta)
      take_meta(t, e, known, out);
    else if (what == tag::link && lower(t.get(e, attribute::rel)) == "canonical")
      url = trim(t.get(e, attribute::href));
    else if (what == tag::html)
      set_once(out.language, t.get(e, attribute::lang));
    else if (t.get(e, attribute::itemprop) == "author")
      take_author(t, e, out);
    else if (t.has(e, attribute::itemprop) || t.has(e, attribute::property))
      take_itemprop(t, e, out);
  }
  if (!url.empty()) out.canonical_url = url;
  return out;
}

} // namespace vigie::press::html
