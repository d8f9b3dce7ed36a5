// SPDX-License-Identifier: Apache-2.0
#include "claims/make_claims.hpp"

#include "columns.hpp"

#include <utility>

namespace vigie::press {
namespace {

schema claim_columns() {
  using namespace columns;
  return {word("claim_id"),
          word("incident_id"),
          word("type"),
          word("actor"),
          word("target"),
          word("place"),
          words("iso"),
          day("from"),
          day("to"),
          word("date_basis"),
          list_of("figures",
                  struct_of("item", {real("value"), real("high"), word("bound"), word("unit"),
                                     word("unit_key"), word("counted"), word("text")})),
          word("modality"),
          word("attributed_to"),
          flag("measurable"),
          word("verdict_hint"),
          word("text"),
          struct_of("span", {integer("offset"), small("length")}),
          word("file"),
          word("title"),
          word("url"),
          word("publisher"),
          word("agency"),
          day("published"),
          words("contradicts"),
          words("copies"),
          word("copy_of")};
}

// Writes the cells of a row one after the other.
class row_writer {
public:
  explicit row_writer(decoded& to) : to_(to) {}

  void text(std::string_view s) {
    builder& cell = to_[next_++];
    s.empty() ? cell.null() : cell.text(s);
  }
  void joined(const std::vector<std::string>& names) {
    std::string all;
    for (const std::string& n : names) all += (all.empty() ? "" : "; ") + n;
    text(all);
  }
  void list(const std::vector<std::string>& items) {
    builder& cell = to_[next_++];
    for (const std::string& s : items) cell.child(0).text(s);
    cell.end_list();
  }
  void day(const std::optional<day_number>& d) {
    builder& cell = to_[next_++];
    d ? cell.integer(*d) : cell.null();
  }
  void flag(bool v) { to_[next_++].boolean(v); }
  void span(const std::optional<std::int64_t>& offset, const std::optional<std::int32_t>& length) {
    builder& cell = to_[next_++];
    if (!offset || !length) return cell.null();
    cell.child(0).integer(*offset);
    cell.child(1).integer(*length);
    cell.end_struct();
  }
  void figures(const std::vector<claim_figure>& all) {
    builder& cell = to_[next_++];
    for (const claim_figure& f : all) {
      builder& item = cell.child(0);
      item.child(0).real(f.value);
      f.high ? item.child(1).real(*f.high) : item.child(1).null();
      std::size_t k = 2;
      for (const auto* s : {&f.bound, &f.unit, &f.unit_key, &f.counted, &f.text}) {
        builder& to = item.child(k++);
        s->empty() ? to.null() : to.text(*s);
      }
      item.end_struct();
    }
    cell.end_list();
  }

private:
  decoded& to_;
  std::size_t next_ = 0;
};

// A row of the result; `all` are the claims of its incident.
void write(const std::vector<placed_claim>& all, const placed_claim& p, decoded& out) {
  const claim& c = p.told;
  const auto ids = [&](const std::vector<std::uint32_t>& places) {
    std::vector<std::string> names;
    for (const std::uint32_t i : places) names.push_back(all[i].id);
    return names;
  };
  std::vector<std::string> places, iso;
  for (const claim_place& at : c.places) {
    places.push_back(at.name);
    if (!at.iso.empty()) iso.push_back(at.iso);
  }
  row_writer to(out);
  for (const auto* s : {&p.id, &p.incident, &c.type}) to.text(*s);
  for (const auto* names : {&c.actors, &c.targets}) to.joined(*names);
  to.joined(places);
  to.list(iso);
  to.day(c.from);
  to.day(c.to);
  to.text(c.date_basis);
  to.figures(c.figures);
  to.text(c.modality);
  to.text(c.attributed_to);
  to.flag(c.measurable);
  to.text(c.measurable ? "measurable" : "not measurable");
  to.text(c.text);
  to.span(c.sentence_offset, c.sentence_length);
  for (const auto* s : {&c.file, &c.title, &c.url, &c.publisher, &c.agency}) to.text(*s);
  to.day(c.published);
  to.list(ids(p.contradicts));
  to.list(ids(p.copies));
  to.text(p.copy_of ? std::string_view(all[*p.copy_of].id) : std::string_view());
  out.row();
}

} // namespace

void claims_of_pages::bind(aggregate_binding& b) {
  reader_ = claim_reader();
  reader_.bind(b);
  bool sensitive = false;
  for (const field& f : b.needs()[0].fields) sensitive = sensitive || f.sensitive;
  order_ = b.partial({.name = "order", .kind = kind::binary, .sensitive = sensitive});
  claim_ = b.partial({.name = "claim", .kind = kind::binary, .sensitive = sensitive});
  for (field& f : claim_columns()) {
    f.sensitive = sensitive;
    static_cast<void>(b.adds(std::move(f)));
  }
}

void claims_of_pages::task::update(const batch& in, bad_rows& bad) {
  self_.reader_.read(in, bad, [this](const claim& c) { incidents_.add(c); });
}

void claims_of_pages::task::merge(const batch& in) {
  for (std::int64_t i = 0; i < in.size(); ++i)
    incidents_.add_packed(in[self_.order_].text(i), in[self_.claim_].text(i));
}

bool claims_of_pages::task::partial(std::int64_t want, decoded& out) {
  for (; want > 0; --want) {
    if (!incidents_.take_packed()) return false;
    out[0].text(incidents_.packed_key());
    out[1].text(incidents_.packed_claim());
    out.row();
  }
  return true;
}

bool claims_of_pages::task::result(std::int64_t want, decoded& out) {
  if (!std::exchange(finished_, true)) incidents_.finish();
  for (; want > 0; --want) {
    if (given_ == incidents_.incident().size()) {
      if (!incidents_.next()) return false;
      given_ = 0;
    }
    const std::vector<placed_claim>& all = incidents_.incident();
    write(all, all[given_++], out);
  }
  return true;
}

} // namespace vigie::press
