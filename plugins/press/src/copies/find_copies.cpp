// SPDX-License-Identifier: Apache-2.0
#include "copies/find_copies.hpp"

#include "digest.hpp"
#include "spilled/pack.hpp"

#include <utility>

namespace vigie::press {
namespace {

constexpr const char* texts[] = {"file", "url", "title", "publisher", "agency"};

need if_there(binding& b, const char* name, kind k) {
  return find_field(b.input(), name) < 0 ? need() : b.column(name, {k});
}

std::string text_of(const batch& in, need n, std::int64_t row) {
  return n.index < 0 || in[n].is_null(row) ? std::string() : std::string(in[n].text(row));
}

void text_or_null(builder& to, std::string_view s) { s.empty() ? to.null() : to.text(s); }

void write(const copy_groups::row& r, const copy_groups::group& g, decoded& out) {
  std::size_t at = 0;
  out[at++].text(digest_name("copies " + g.original.file + '\0' + g.original.url));
  out[at++].text(r.copied ? name_of(r.copied->kind) : std::string_view("original"));
  out[at++].real(r.copied ? r.copied->similarity : 1);
  out[at++].integer(g.pages);
  text_or_null(out[at++], g.agency);
  for (const auto* s : r.page.texts()) text_or_null(out[at++], *s);
  r.page.published ? out[at].integer(*r.page.published) : out[at].null();
  ++at;
  text_or_null(out[at++], r.copied ? std::string_view(g.original.file) : std::string_view());
  text_or_null(out[at++], r.copied ? std::string_view(g.original.url) : std::string_view());
  out.row();
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
  key_ = b.partial(marked({.name = "order", .kind = kind::binary}));
  page_ = b.partial(marked({.name = "page", .kind = kind::binary}));

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

void copies_of_texts::task::update(const batch& in, bad_rows& bad) {
  for (std::int64_t i = 0; i < in.size(); ++i) {
    auto print = self_.prints_.read(in, i);
    if (!print) {
      bad.reject(i, "exact", "there is no fingerprint; press.fingerprint gives each text one");
      continue;
    }
    const columns& c = self_.in_;
    known_page p{.print = *print,
                 .file = text_of(in, c.file, i),
                 .url = text_of(in, c.url, i),
                 .title = text_of(in, c.title, i),
                 .publisher = text_of(in, c.publisher, i),
                 .agency = text_of(in, c.agency, i),
                 .published = {}};
    if (c.published.index >= 0 && !in[c.published].is_null(i))
      p.published = static_cast<std::int32_t>(in[c.published].integer(i));
    p.from_its_agency = is_from_its_agency(p);
    held_.add(row_key(p), packed(p));
  }
}

void copies_of_texts::task::merge(const batch& in) {
  for (std::int64_t i = 0; i < in.size(); ++i)
    held_.add(in[self_.key_].text(i), in[self_.page_].text(i));
}

bool copies_of_texts::task::partial(std::int64_t want, decoded& out) {
  if (!std::exchange(started_, true)) held_.start();
  for (; want > 0; --want) {
    if (!held_.next()) {
      held_.clear();
      return started_ = false;
    }
    out[0].text(held_.key());
    out[1].text(held_.payload());
    out.row();
  }
  return true;
}

bool copies_of_texts::task::result(std::int64_t want, decoded& out) {
  if (!groups_) groups_.emplace(self_.host, self_.similarity, held_);
  for (; want > 0; --want) {
    if (!groups_->next()) return false;
    write(groups_->page(), groups_->of(), out);
  }
  return true;
}

} // namespace vigie::press
