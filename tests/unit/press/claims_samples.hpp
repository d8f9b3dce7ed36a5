// SPDX-License-Identifier: Apache-2.0
// Claims for tests: a block of a service in a country, to be changed where a test needs it.
#pragma once

#include "claims/make_claims.hpp"

#include <vigie/testing.hpp>

#include <algorithm>

namespace vigie::press::test {

constexpr day_number monday = 16000; // 2013-10-22, of which only the distances count

inline claim block(const std::string& file, std::optional<day_number> day = monday) {
  claim c;
  c.file = file;
  c.type = "block";
  c.actors = {"regulator"};
  c.targets = {"Messenger"};
  c.target_keys = {"messenger"};
  c.places = {{"Landia", "RU"}};
  c.scope = {"RU"};
  c.date_basis = day ? "explicit" : "none";
  c.from = c.to = day;
  c.modality = "asserted";
  c.measurable = true;
  c.text = "Sentence of " + file + ".";
  c.offset = 100;
  c.length = 10;
  return c;
}

inline claim in(claim c, const std::string& iso) {
  c.places.clear();
  c.scope.clear();
  if (iso.empty()) return c;
  c.places = {{iso, iso}};
  c.scope = {iso};
  return c;
}

inline claim counting(claim c, double value, const std::string& unit,
                      const std::string& bound = "exact") {
  c.figures.push_back({value, {}, bound, unit, unit, "", ""});
  return c;
}

// The claims of all incidents in their order; places are those in the whole.
inline std::vector<placed_claim> place_claims(const std::vector<claim>& claims,
                                              std::int32_t window) {
  testing::harness<claims_of_pages> h;
  incident_maker incidents(h.component().host, window);
  for (const claim& c : claims) incidents.add(c);
  incidents.finish();
  std::vector<placed_claim> out;
  while (incidents.next()) {
    const auto first = static_cast<std::uint32_t>(out.size());
    for (placed_claim p : incidents.incident()) {
      for (auto* places : {&p.contradicts, &p.copies})
        for (std::uint32_t& place : *places) place += first;
      if (p.copy_of) *p.copy_of += first;
      out.push_back(std::move(p));
    }
  }
  return out;
}

// The incidents as sets of files: "a b | c", in the order of the result.
inline std::string incidents_of(std::vector<claim> claims, std::int32_t window = 7) {
  std::string out, last;
  for (const placed_claim& p : place_claims(std::move(claims), window)) {
    if (!out.empty()) out += p.incident == last ? " " : " | ";
    out += p.told.file;
    last = p.incident;
  }
  return out;
}

// The files of the claims that contradict the claim of `file`.
inline std::vector<std::string> against(const std::vector<placed_claim>& all,
                                        const std::string& file) {
  std::vector<std::string> out;
  for (const placed_claim& p : all)
    if (p.told.file == file)
      for (const std::uint32_t i : p.contradicts) out.push_back(all.at(i).told.file);
  return out;
}

} // namespace vigie::press::test
