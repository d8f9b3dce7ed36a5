// SPDX-License-Identifier: Apache-2.0
#include "claims/make_claims.hpp"

#include "columns.hpp"

namespace vigie::press {
namespace {

// Memory beside the bytes of a packed claim, about: while it waits, and spread out as a value with
// what incidents need of it.
constexpr std::size_t waiting_bytes = sizeof(std::string) + 16;
constexpr std::size_t spread_bytes = 2 * sizeof(placed_claim) + 1024, spread_times = 4;

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

// A row of the result; `all` has the claims it names.
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
  state_ = b.partial({.name = "claim", .kind = kind::binary, .sensitive = sensitive});
  for (field& f : claim_columns()) {
    f.sensitive = sensitive;
    static_cast<void>(b.adds(std::move(f)));
  }
}

void claims_of_pages::task::hold(std::string bytes) {
  bytes_ += bytes.size() + waiting_bytes;
  held_.push_back(std::move(bytes));
  if (!memory_.hold(bytes_))
    throw error(VIGIE_E_RESOURCE,
                std::to_string(held_.size()) + " claims take " + std::to_string(bytes_) +
                    " bytes, more than the run may use; allow more memory, or read fewer pages at "
                    "a time");
}

void claims_of_pages::task::update(const batch& in, bad_rows& bad) {
  self_.reader_.read(in, bad, [this](const claim& c) { hold(pack(c)); });
}

void claims_of_pages::task::merge(const batch& in) {
  for (std::int64_t i = 0; i < in.size(); ++i) hold(std::string(in[self_.state_].text(i)));
}

bool claims_of_pages::task::partial(std::int64_t want, decoded& out) {
  for (; want > 0 && given_ < held_.size(); --want) {
    out[0].text(held_[given_++]);
    out.row();
  }
  if (given_ < held_.size()) return true;
  held_.clear();
  given_ = bytes_ = 0;
  memory_.give_back();
  return false;
}

void claims_of_pages::task::place() {
  const std::size_t needed = bytes_ * spread_times + held_.size() * spread_bytes;
  if (!memory_.expect(needed))
    throw error(VIGIE_E_RESOURCE, "the incidents of " + std::to_string(held_.size()) +
                                      " claims need about " + std::to_string(needed) +
                                      " bytes, more than the run may use; allow more memory, or "
                                      "read fewer pages at a time");
  std::vector<claim> claims;
  claims.reserve(held_.size());
  for (std::string& bytes : held_) {
    claims.push_back(unpack(bytes));
    std::string().swap(bytes);
  }
  held_.clear();
  placed_ = place_claims(std::move(claims), static_cast<std::int32_t>(self_.window));
}

bool claims_of_pages::task::result(std::int64_t want, decoded& out) {
  if (!held_.empty()) place();
  for (; want > 0 && given_ < placed_.size(); --want) write(placed_, placed_[given_++], out);
  return given_ < placed_.size();
}

} // namespace vigie::press
