// SPDX-License-Identifier: Apache-2.0
#include "copies/find_copies.hpp"

#include "claims/claim.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace vigie::press {
namespace {

constexpr const char* texts[] = {"file", "url", "title", "publisher", "agency"};

need if_there(binding& b, const char* name, kind k) {
  return find_field(b.input(), name) < 0 ? need() : b.column(name, {k});
}

std::string text_of(const batch& in, need n, std::int64_t row) {
  return n.index < 0 || in[n].is_null(row) ? std::string() : std::string(in[n].text(row));
}

bool from_its_agency(const copies_of_texts::page& p) {
  return !p.agency.empty() && plain_words(p.agency) == plain_words(p.publisher);
}

auto row_order(const copies_of_texts::page& p) {
  constexpr auto never = std::numeric_limits<std::int64_t>::max();
  return std::make_tuple(p.published ? std::int64_t{*p.published} : never, std::cref(p.file),
                         std::cref(p.url), std::cref(p.print.exact), std::cref(p.title),
                         std::cref(p.publisher), std::cref(p.agency));
}

void text_or_null(builder& to, std::string_view s) { s.empty() ? to.null() : to.text(s); }
void digest_or_null(builder& to, const std::optional<digest_128>& d) {
  d ? to.text({d->data(), d->size()}) : to.null();
}

} // namespace

void copies_of_texts::bind(aggregate_binding& b) {
  prints_ = fingerprint_columns(b);
  in_ = {if_there(b, "file", kind::text),   if_there(b, "url", kind::text),
         if_there(b, "title", kind::text),  if_there(b, "publisher", kind::text),
         if_there(b, "agency", kind::text), if_there(b, "published", kind::date)};
  bool sensitive = false;
  for (const field& f : b.needs()[0].fields) sensitive = sensitive || f.sensitive;
  const auto marked = [&](field f) {
    f.sensitive = sensitive;
    return f;
  };
  const need exact = b.partial(marked(fingerprint_columns::exact_field()));
  const need normalised = b.partial(marked(fingerprint_columns::normalised_field()));
  const need near = b.partial(marked(fingerprint_columns::minhash_field()));
  partial_prints_ = fingerprint_columns(exact, normalised, near);
  need* const to[] = {&partial_.file, &partial_.url, &partial_.title, &partial_.publisher,
                      &partial_.agency};
  for (std::size_t i = 0; i < std::size(texts); ++i) *to[i] = b.partial(marked({.name = texts[i]}));
  partial_.published = b.partial(marked({.name = "published", .kind = kind::date}));

  for (field f : schema{{.name = "copies_id"},
                        {.name = "kind"},
                        {.name = "similarity", .kind = kind::float64},
                        {.name = "pages", .kind = kind::int32},
                        {.name = "group_agency"}})
    static_cast<void>(b.adds(marked(std::move(f))));
  for (const char* name : texts) static_cast<void>(b.adds(marked({.name = name})));
  static_cast<void>(b.adds(marked({.name = "published", .kind = kind::date})));
  for (const char* name : {"copy_of", "copy_of_url"})
    static_cast<void>(b.adds(marked({.name = name})));
}

void copies_of_texts::task::hold(page p) {
  constexpr std::size_t other = 768; // of a page in copy_index and the groups
  bytes_ += sizeof p + other;
  for (const auto* s : {&p.file, &p.url, &p.title, &p.publisher, &p.agency}) bytes_ += s->size();
  pages_.push_back(std::move(p));
  if (!memory_.hold(bytes_))
    throw error(VIGIE_E_RESOURCE, "what is known of " + std::to_string(pages_.size()) +
                                      " pages takes " + std::to_string(bytes_) +
                                      " bytes, more than the run may use; allow more memory, or "
                                      "read fewer pages at a time");
}

void copies_of_texts::task::update(const batch& in, bad_rows& bad) {
  for (std::int64_t i = 0; i < in.size(); ++i) {
    auto print = self_.prints_.read(in, i);
    if (!print) {
      bad.reject(i, "exact", "there is no fingerprint; press.fingerprint gives each text one");
      continue;
    }
    const columns& c = self_.in_;
    page p{*print,
           text_of(in, c.file, i),
           text_of(in, c.url, i),
           text_of(in, c.title, i),
           text_of(in, c.publisher, i),
           text_of(in, c.agency, i),
           {}};
    if (c.published.index >= 0 && !in[c.published].is_null(i))
      p.published = static_cast<std::int32_t>(in[c.published].integer(i));
    hold(std::move(p));
  }
}

void copies_of_texts::task::merge(const batch& in) {
  const columns& c = self_.partial_;
  for (std::int64_t i = 0; i < in.size(); ++i) {
    page p{self_.partial_prints_.read(in, i).value_or(fingerprint()),
           text_of(in, c.file, i),
           text_of(in, c.url, i),
           text_of(in, c.title, i),
           text_of(in, c.publisher, i),
           text_of(in, c.agency, i),
           {}};
    if (!in[c.published].is_null(i))
      p.published = static_cast<std::int32_t>(in[c.published].integer(i));
    hold(std::move(p));
  }
}

bool copies_of_texts::task::partial(std::int64_t want, decoded& out) {
  for (; want > 0 && given_ < pages_.size(); --want) {
    const page& p = pages_[given_++];
    std::size_t at = 0;
    digest_or_null(out[at++], p.print.exact);
    digest_or_null(out[at++], p.print.normalised);
    p.print.near ? out[at].text(bytes_of(*p.print.near)) : out[at].null();
    ++at;
    for (const auto* s : {&p.file, &p.url, &p.title, &p.publisher, &p.agency})
      text_or_null(out[at++], *s);
    p.published ? out[at].integer(*p.published) : out[at].null();
    out.row();
  }
  if (given_ < pages_.size()) return true;
  pages_.clear();
  given_ = bytes_ = 0;
  memory_.give_back();
  return false;
}

// Originals are chosen in the order of their rank, so that each page meets those before it only.
void copies_of_texts::task::group() {
  grouped_ = true;
  std::sort(pages_.begin(), pages_.end(),
            [](const page& a, const page& b) { return row_order(a) < row_order(b); });
  std::vector<std::size_t> ranked;
  for (const bool agencies : {true, false})
    for (std::size_t i = 0; i < pages_.size(); ++i)
      if (from_its_agency(pages_[i]) == agencies) ranked.push_back(i);
  copy_index index(self_.similarity, copy_kind::near);
  std::vector<std::size_t> originals;
  sizes_.assign(pages_.size(), 0);
  agencies_.assign(pages_.size(), nullptr);
  for (const std::size_t i : ranked) {
    const auto found = index.find(pages_[i].print);
    if (!found) {
      index.add(pages_[i].print);
      originals.push_back(i);
    }
    const std::size_t original = found ? originals[found->of] : i;
    placed_.push_back({i, original, found});
    ++sizes_[original];
    if (agencies_[original] == nullptr && !pages_[i].agency.empty())
      agencies_[original] = &pages_[i].agency;
  }
  std::sort(placed_.begin(), placed_.end(), [](const placed& a, const placed& b) {
    return std::tuple(a.original, a.found.has_value(), a.page) <
           std::tuple(b.original, b.found.has_value(), b.page);
  });
}

void copies_of_texts::task::write(const placed& p, decoded& out) {
  const page& self = pages_[p.page];
  const page& original = pages_[p.original];
  std::size_t at = 0;
  out[at++].text(digest_name("copies " + original.file + '\0' + original.url));
  out[at++].text(p.found ? name_of(p.found->kind) : std::string_view("original"));
  out[at++].real(p.found ? p.found->similarity : 1);
  out[at++].integer(sizes_[p.original]);
  const std::string* const agency = agencies_[p.original];
  text_or_null(out[at++], agency == nullptr ? std::string_view() : *agency);
  for (const auto* s : {&self.file, &self.url, &self.title, &self.publisher, &self.agency})
    text_or_null(out[at++], *s);
  self.published ? out[at].integer(*self.published) : out[at].null();
  ++at;
  text_or_null(out[at++], p.found ? std::string_view(original.file) : std::string_view());
  text_or_null(out[at++], p.found ? std::string_view(original.url) : std::string_view());
  out.row();
}

bool copies_of_texts::task::result(std::int64_t want, decoded& out) {
  if (!grouped_) group();
  for (; want > 0 && given_ < placed_.size(); --want) write(placed_[given_++], out);
  return given_ < placed_.size();
}

} // namespace vigie::press
