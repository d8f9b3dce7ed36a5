// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "claims_samples.hpp"

#include <map>
#include <random>
#include <set>

using namespace vigie::press;
using namespace vigie::press::test;

TEST_CASE("the same incident told by two pages is one incident with two claims") {
  const auto all = place_claims({block("a"), block("b", monday + 2)}, 7);
  REQUIRE(all.size() == 2);
  CHECK(all[0].incident == all[1].incident);
  CHECK(all[0].id != all[1].id);
  CHECK_FALSE(all[0].copy_of);
  CHECK(all[0].contradicts.empty());
}

TEST_CASE("another region, another month, another target or another type is another incident") {
  CHECK(incidents_of({in(block("a"), "CN-XJ"), in(block("b"), "CN-XZ")}) == "a | b");
  CHECK(incidents_of({block("a"), block("b", monday + 30)}) == "a | b");
  claim other = block("b");
  other.target_keys = {"other"};
  CHECK(incidents_of({block("a"), other}) == "a | b");
  claim cutoff = block("b");
  cutoff.type = "service_cutoff";
  CHECK(incidents_of({block("a"), cutoff}) == "a | b");
}

TEST_CASE("a place inside the other, and a place that is not told, agree") {
  CHECK(incidents_of({in(block("a"), "CN"), in(block("b"), "CN-XJ")}) == "a b");
  CHECK(incidents_of({in(block("a"), ""), in(block("b"), "CN-XJ")}) == "a b");
  CHECK(incidents_of({in(block("a"), "C"), in(block("b"), "CN")}) == "b | a");
}

TEST_CASE("a country or an untold place does not tie two of its regions together") {
  CHECK(incidents_of({in(block("a"), "CN"), in(block("b"), "CN-XJ"), in(block("c"), "CN-XZ")}) ==
        "a b | c");
  const auto all =
      place_claims({in(block("a"), ""), in(block("b"), "CN-XJ"), in(block("c"), "CN-XZ")}, 7);
  std::set<std::string> incidents;
  for (const placed_claim& p : all) incidents.insert(p.incident);
  CHECK(incidents.size() == 2);
}

TEST_CASE("places that have a name only must bear the same one") {
  const auto named = [](const std::string& file, const std::string& name) {
    claim c = in(block(file), "");
    c.places = {{name, ""}};
    return c;
  };
  CHECK(incidents_of({named("a", "Val d'Été"), named("b", "VAL D’ETE")}) == "a b");
  CHECK(incidents_of({named("a", "Val"), named("b", "Mont")}) == "a | b");
  CHECK(incidents_of({named("a", "Val"), in(block("b"), "FR")}) == "a b");
}

TEST_CASE("the window counts days between the ends of two times") {
  CHECK(incidents_of({block("a"), block("b", monday + 7)}) == "a b");
  CHECK(incidents_of({block("a"), block("b", monday + 8)}) == "a | b");
  CHECK(incidents_of({block("a"), block("b", monday + 1)}, 0) == "a | b");
  claim week = block("a");
  week.to = monday + 6;
  CHECK(incidents_of({week, block("b", monday + 6)}, 0) == "a b");
}

TEST_CASE("a month of daily blocks is not one incident by chaining") {
  std::vector<claim> daily;
  for (int d = 0; d < 30; ++d) daily.push_back(block("d" + std::to_string(10 + d), monday + d));
  const auto all = place_claims(daily, 7);
  std::map<std::string, std::pair<day_number, day_number>> days;
  for (const placed_claim& p : all) {
    const auto [it, fresh] = days.emplace(p.incident, std::pair(*p.told.from, *p.told.from));
    it->second.second = std::max(it->second.second, *p.told.from);
    if (fresh) continue;
    it->second.first = std::min(it->second.first, *p.told.from);
  }
  CHECK(days.size() == 4);
  for (const auto& [id, d] : days) CHECK(d.second - d.first <= 7);
}

TEST_CASE("shared targets do not chain claims that share none") {
  const auto of = [](const std::string& file, std::vector<std::string> keys) {
    claim c = block(file);
    c.target_keys = std::move(keys);
    return c;
  };
  CHECK(incidents_of({of("a", {"x", "y"}), of("b", {"y"}), of("c", {"x"})}) == "a b | c");
}

TEST_CASE("a time of years agrees with another such time only") {
  const auto lasting = [](const std::string& file, day_number from, day_number to) {
    claim c = block(file, from);
    c.to = to;
    return c;
  };
  CHECK(incidents_of({lasting("a", monday, monday + 365), block("b", monday + 100)}) == "a | b");
  CHECK(incidents_of({lasting("a", monday, monday + 60), lasting("b", monday + 2, monday + 61)}) ==
        "a b");
  CHECK(incidents_of({lasting("a", monday, monday + 60),
                      lasting("b", monday + 50, monday + 110)}) == "a | b");
  CHECK(incidents_of({lasting("a", monday, monday + 365),
                      lasting("b", monday + 30, monday + 70)}) == "a | b");
}

TEST_CASE("the day of publication stands in only where the event has no date at all") {
  claim undated = block("a", std::nullopt);
  undated.published = monday + 1;
  CHECK(incidents_of({undated, block("b")}) == "a b");
  claim vague = undated;
  vague.date_basis = "vague";
  CHECK(incidents_of({vague, block("b")}) == "b | a");
}

TEST_CASE("claims without any day meet on their own page only") {
  claim again = block("a", std::nullopt);
  again.offset = 900;
  CHECK(incidents_of({block("a", std::nullopt), again, block("b", std::nullopt)}) == "a a | b");
}

TEST_CASE("without a target only a told place joins claims") {
  const auto untold = [](const std::string& file, const std::string& iso) {
    claim c = in(block(file), iso);
    c.targets.clear();
    c.target_keys.clear();
    return c;
  };
  CHECK(incidents_of({untold("a", "FR"), untold("b", "FR")}) == "a b");
  CHECK(incidents_of({untold("a", ""), untold("b", "")}) == "a | b");
  CHECK(incidents_of({untold("a", "RU"), block("b")}) == "a | b");
}

TEST_CASE("a claim joins the incident whose place is its own rather than a wider one") {
  const auto all = place_claims(
      {in(block("a"), "CN-XJ"), in(block("b"), "CN-XZ"), in(block("c", monday + 1), "CN-XZ")}, 7);
  std::map<std::string, std::string> of;
  for (const placed_claim& p : all) of[p.told.file] = p.incident;
  CHECK(of["c"] == of["b"]);
  CHECK(of["c"] != of["a"]);
}

TEST_CASE("figures of different units neither contradict nor part an incident") {
  const auto all = place_claims(
      {counting(block("a"), 364e6, "records"), counting(block("b"), 300e6, "messages", "lower")},
      7);
  CHECK(all[0].incident == all[1].incident);
  CHECK(all[0].contradicts.empty());
  CHECK(all[0].told.figures.size() == 1);
}

TEST_CASE("figures of one unit contradict where no value fits both") {
  const auto differ = [](double a, const char* bound_a, double b, const char* bound_b) {
    return figures_differ(counting(block("a"), a, "hosts", bound_a),
                          counting(block("b"), b, "hosts", bound_b));
  };
  CHECK(differ(2077, "exact", 2078, "exact"));
  CHECK_FALSE(differ(300, "lower", 364, "exact"));
  CHECK(differ(400, "lower", 364, "exact"));
  CHECK_FALSE(differ(400, "upper", 364, "exact"));
  CHECK_FALSE(differ(60, "approx", 62, "exact"));
  CHECK(differ(60, "approx", 90, "exact"));
  CHECK_FALSE(differ(1180000, "exact", 1177431, "exact"));
  CHECK(differ(1180000, "exact", 1190000, "exact"));
  CHECK_FALSE(differ(1200, "exact", 1200, "exact"));
  CHECK(differ(1200, "exact", 1201, "exact"));
  CHECK_FALSE(differ(0, "exact", 0, "exact"));
}

TEST_CASE("one pair of figures that agrees is enough, and unknown units never contradict") {
  claim two = counting(counting(block("a"), 17, "servers"), 2077, "servers");
  CHECK_FALSE(figures_differ(two, counting(block("b"), 2077, "servers")));
  CHECK_FALSE(figures_differ(counting(block("a"), 3, ""), counting(block("b"), 4, "")));
  claim counted = counting(block("b"), 40, "hosts");
  counted.figures[0].counted = "machines seized";
  claim others = counting(block("a"), 17, "hosts");
  others.figures[0].counted = "machines found";
  CHECK_FALSE(figures_differ(counted, others));
  others.figures[0].counted = "Machines, seized";
  CHECK(figures_differ(counted, others));
}

TEST_CASE("a denial contradicts what is stated, on both sides, and what is planned not at all") {
  claim denied = block("b", monday + 1), planned = block("c", monday + 2);
  denied.modality = "denied";
  planned.modality = "planned";
  const auto all = place_claims({block("a"), denied, planned}, 7);
  CHECK(against(all, "a") == std::vector<std::string>{"b"});
  CHECK(against(all, "b") == std::vector<std::string>{"a"});
  CHECK(against(all, "c").empty());
}

TEST_CASE("claims of different incidents do not contradict") {
  const auto all = place_claims(
      {counting(block("a"), 10, "hosts"), counting(block("b", monday + 60), 20, "hosts")}, 7);
  CHECK(against(all, "a").empty());
  CHECK(against(all, "b").empty());
}

TEST_CASE("a repeated sentence is a copy of the page of the agency, else of the first published") {
  const auto page = [](const std::string& file, day_number published,
                       const std::string& publisher) {
    claim c = block(file);
    c.text = file == "c" ? "THE SERVICE is cut — again!" : "The service is cut: again.";
    c.published = published;
    c.publisher = publisher;
    c.agency = "Agence Bleue";
    return c;
  };
  auto all = place_claims({page("a", monday + 1, "Journal"), page("b", monday + 2, "AGENCE BLEUE"),
                           page("c", monday + 3, "Blog")},
                          7);
  REQUIRE(all.size() == 3);
  CHECK(all[1].told.file == "b");
  CHECK(all[1].copies == std::vector<std::uint32_t>{0, 2});
  CHECK(all[0].copy_of == 1U);
  CHECK(all[2].copy_of == 1U);
  CHECK_FALSE(all[1].copy_of);
  all = place_claims({page("a", monday + 1, "Journal"), page("c", monday + 3, "Blog")}, 7);
  CHECK(all[1].copy_of == 0U);
}

TEST_CASE("two events of one sentence of a page are no copies and have ids of their own") {
  claim second = block("a");
  second.target_keys = {"messenger", "phone"};
  const auto all = place_claims({block("a"), second}, 7);
  REQUIRE(all.size() == 2);
  CHECK(all[0].id != all[1].id);
  CHECK_FALSE(all[0].copy_of);
  CHECK_FALSE(all[1].copy_of);
}

TEST_CASE("a claim that comes twice is one") {
  CHECK(incidents_of({block("a"), block("a")}) == "a");
}

TEST_CASE("incidents come by first day and type, claims by publication") {
  claim late = block("a", monday + 40), early = block("b"), first_read = block("c", monday + 1);
  early.published = monday + 9;
  first_read.published = monday + 2;
  claim law = block("d", monday + 40);
  law.type = "accusation";
  claim never = block("e", std::nullopt);
  CHECK(incidents_of({never, late, early, first_read, law}) == "c b | d | a | e");
}

TEST_CASE("the order of claims changes nothing") {
  std::mt19937 random(7); // NOLINT(cert-msc51-cpp): the same every time
  const std::vector<std::string> isos{"", "CN", "CN-XJ", "CN-XZ", "RU"};
  std::vector<claim> claims;
  for (int i = 0; i < 200; ++i) {
    claim c = in(block("f" + std::to_string(i % 40), monday + static_cast<int>(random() % 60)),
                 isos[random() % isos.size()]);
    c.target_keys = {random() % 2 == 0 ? "x" : "y"};
    if (random() % 3 == 0) c.target_keys.emplace_back("z");
    if (random() % 5 == 0) c.from = c.to = std::nullopt;
    if (random() % 5 == 0) c.modality = "denied";
    if (random() % 4 == 0) c.text = "Once again the same sentence.";
    c.offset = i;
    claims.push_back(counting(std::move(c), static_cast<double>(random() % 5), "hosts"));
  }
  const auto shown = [&] {
    std::string out;
    for (const placed_claim& p : place_claims(claims, 7)) {
      out += p.id + p.incident + (p.copy_of ? std::to_string(*p.copy_of) : "-");
      for (const std::uint32_t i : p.contradicts) out += " " + std::to_string(i);
      for (const std::uint32_t i : p.copies) out += " copy " + std::to_string(i);
    }
    return out;
  };
  const std::string once = shown();
  for (int i = 0; i < 20; ++i) {
    std::shuffle(claims.begin(), claims.end(), random);
    CHECK(shown() == once);
  }
}

TEST_CASE("every claim of an incident agrees with every other") {
  std::mt19937 random(11); // NOLINT(cert-msc51-cpp): the same every time
  std::vector<claim> claims;
  const std::vector<std::string> isos{"", "CN", "CN-XJ", "CN-XZ"};
  for (int i = 0; i < 400; ++i)
    claims.push_back(in(block("f" + std::to_string(i), monday + static_cast<int>(random() % 90)),
                        isos[random() % isos.size()]));
  const auto all = place_claims(claims, 5);
  REQUIRE(all.size() == 400);
  for (const placed_claim& a : all)
    for (const placed_claim& b : all)
      if (a.incident == b.incident) {
        CHECK(std::abs(*a.told.from - *b.told.from) <= 5);
        const bool xj = !a.told.scope.empty() && a.told.scope[0] == "CN-XJ";
        const bool xz = !b.told.scope.empty() && b.told.scope[0] == "CN-XZ";
        CHECK_FALSE((xj && xz));
      }
}

TEST_CASE("ids do not depend on what else was read") {
  const auto alone = place_claims({block("b")}, 7);
  const auto among = place_claims({block("a"), block("b"), block("c", monday + 50)}, 7);
  const auto same = std::find_if(among.begin(), among.end(),
                                 [](const placed_claim& p) { return p.told.file == "b"; });
  CHECK(same->id == alone[0].id);
  CHECK(alone[0].id.size() == 16);
}

TEST_CASE("very many claims of one incident cost no quadratic work") {
  std::vector<claim> claims;
  for (int i = 0; i < 20000; ++i)
    claims.push_back(counting(block("f" + std::to_string(i)), i, "hosts"));
  const auto all = place_claims(std::move(claims), 7);
  CHECK(all.size() == 20000);
  CHECK(all.back().contradicts.size() == 100);
}

TEST_CASE("a claim is the same after it was packed") {
  claim c = counting(block("a"), 1.5, "hosts");
  c.figures[0].high = 2;
  c.published = -3;
  c.sentence_offset = 1LL << 40;
  c.sentence_length = 12;
  c.title = std::string("with\0zero", 9);
  const claim back = unpack(pack(c));
  CHECK(pack(back) == pack(c));
  CHECK(back.title == c.title);
  CHECK(back.figures[0].high == 2.0);
  CHECK(back.sentence_offset == c.sentence_offset);
  CHECK_THROWS(unpack(std::string_view(pack(c)).substr(0, 20)));
}
