// SPDX-License-Identifier: Apache-2.0
#include "claims/incident_maker.hpp"

#include "claims/claim_order.hpp"
#include "claims/incident_groups.hpp"
#include "common/sorted/ordered_bytes.hpp"
#include "digest.hpp"
#include "spilled/pack.hpp"

#include <limits>
#include <utility>

namespace vigie::press {
namespace {

constexpr const char* claims = "claims";

// Of a claim that is spread out as a value with what its incident needs, about, beside
// `spread_times` its packed size.
constexpr std::size_t spread_bytes = sizeof(placed_claim) + 1024, spread_times = 3;

// A claim and the number that makes its id.
struct numbered {
  claim told;
  std::uint64_t number = 0;

  template <class Self, class Each> static void parts(Self& n, Each& each) {
    each(n.told);
    each(n.number);
  }
};

struct grouped {
  std::string incident;
  numbered one;

  template <class Self, class Each> static void parts(Self& g, Each& each) {
    each(g.incident);
    each(g.one);
  }
};

// Of the incident, from a packed `grouped`.
std::string name_in(std::string_view payload) { return unpacked<std::string>(payload); }

error too_large(const std::string& what, std::size_t bytes) {
  return {VIGIE_E_RESOURCE, what + " take about " + std::to_string(bytes) +
                                " bytes, more than the run may use; allow more memory, or read "
                                "fewer pages at a time"};
}

// The first day of the incident, its type and its number, which with it no other one shares.
std::string incident_key(const incident_group& g, const std::string& type) {
  std::string out;
  sorted::put_signed(g.began ? *g.began : std::numeric_limits<std::int64_t>::max(), out);
  sorted::put_text(type, out);
  sorted::put_number(g.number, out);
  return out;
}

} // namespace

incident_maker::incident_maker(const host_services& host, std::int32_t window_days)
    : window_(window_days), memory_(host), by_name_(host, claims), by_day_(host, claims),
      by_row_(host, claims) {}

void incident_maker::add(const claim& c) {
  const digest_128 name = digest_of(id_text(c));
  by_name_.add(std::string(name.data(), name.size()) + grouping_key(c), pack(c));
}

bool incident_maker::take_packed() {
  if (!std::exchange(started_, true)) by_name_.start();
  if (by_name_.next()) return true;
  by_name_.clear();
  return started_ = false;
}

void incident_maker::finish() {
  number();
  group();
  by_row_.start();
  more_ = by_row_.next();
}

// Claims of one name come one after the other, in the order of grouping.
void incident_maker::number() {
  std::string name, last;
  numbered n;
  for (by_name_.start(); by_name_.next();) {
    const std::string_view key = by_name_.key();
    const std::string_view name_here = key.substr(0, sizeof(digest_128));
    if (name_here != name)
      n.number = 0;
    else if (by_name_.payload() == last)
      continue;
    else
      ++n.number;
    name = name_here;
    last = by_name_.payload();
    n.told = unpack(last);
    by_day_.add(key.substr(sizeof(digest_128)), packed(n));
  }
  by_name_.clear();
}

void incident_maker::group() {
  incident_groups groups(window_);
  std::uint64_t number = 0;
  for (by_day_.start(); by_day_.next(); ++number) {
    grouped g;
    g.one = unpacked<numbered>(by_day_.payload());
    const claim& c = g.one.told;
    const incident_group& of = groups.add(c, number, claim_id(c, g.one.number));
    if (!hold(groups.bytes()))
      throw too_large("the incidents of type '" + c.type + "' that later claims may belong to",
                      groups.bytes());
    g.incident = of.name;
    std::string key = incident_key(of, c.type) + row_key(c);
    sorted::put_number(number, key);
    by_row_.add(key, packed(g));
  }
  by_day_.clear();
  memory_.give_back();
}

// Claims that wait to be sorted or read give way to what cannot be on disk.
bool incident_maker::hold(std::size_t bytes) {
  if (memory_.hold(bytes)) return true;
  for (record_sort* claims_there : {&by_day_, &by_row_})
    if (claims_there->leave_memory() && memory_.hold(bytes)) return true;
  return false;
}

void incident_maker::read_row() {
  bytes_ += spread_bytes + spread_times * by_row_.payload().size();
  if (!hold(bytes_))
    throw too_large("the " + std::to_string(incident_.size() + 1) + " claims of one incident",
                    bytes_);
  auto g = unpacked<grouped>(by_row_.payload());
  placed_claim& to = incident_.emplace_back();
  to.id = claim_id(g.one.told, g.one.number);
  to.incident = std::move(g.incident);
  to.told = std::move(g.one.told);
}

bool incident_maker::next() {
  decltype(incident_)().swap(incident_);
  memory_.give_back();
  bytes_ = 0;
  if (!more_) return false;
  const std::string name = name_in(by_row_.payload());
  while (more_ && name_in(by_row_.payload()) == name) {
    read_row();
    more_ = by_row_.next();
  }
  relate(incident_);
  return true;
}

} // namespace vigie::press
