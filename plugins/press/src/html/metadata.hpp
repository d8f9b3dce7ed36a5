// SPDX-License-Identifier: Apache-2.0
// What a page says of itself to machines: meta elements, links, JSON-LD (schema.org). Called once a
// page by read_html_article. Values, any thread; broken JSON-LD is passed over.
#pragma once

#include "html/rules.hpp"
#include "html/tree.hpp"

namespace vigie::press::html {

struct declared_date {
  std::string text, basis; // jsonld, meta, itemprop
  int rank = 0;            // the lower, the surer
  bool modified = false;
  std::uint32_t element = 0; // where a reader may see it; 0: nowhere
};

struct metadata {
  std::string headline, publisher, canonical_url, language;
  std::vector<std::string> authors; // the surest first; of one item all names, with commas
  std::vector<declared_date> dates;
};

[[nodiscard]] metadata read_metadata(const tree& t, const rules& known);

} // namespace vigie::press::html
