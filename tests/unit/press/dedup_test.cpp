// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "copies/drop_copies.hpp"
#include "copies/fingerprint_pages.hpp"
#include "made_texts.hpp"

#include <vigie/testing.hpp>

using namespace vigie;
using namespace vigie::press;
using namespace vigie::press::test;
using vigie::testing::row;
using ids = std::vector<std::uint64_t>;

namespace {

testing::table fingerprints(const std::vector<testing::cell>& texts,
                            const std::string& compare = "near") {
  testing::harness<fingerprints_of_text> h;
  h.component().compare = compare;
  testing::table in{{{.name = "body"}}, {}};
  for (const auto& t : texts) in.rows.push_back({t});
  auto out = h.transform(in, 2);
  CHECK(out.rejects.empty());
  return {out.fields, std::move(out.rows)};
}

ids kept(const std::vector<testing::cell>& texts, const std::string& compare = "near",
         double similarity = 0.8, std::size_t rows_a_batch = 3) {
  testing::harness<dedup_of_texts> h;
  h.component().compare = compare;
  h.component().similarity = similarity;
  return h.arrange(fingerprints(texts), rows_a_batch);
}

const std::string article = made_text(0, 300);

} // namespace

TEST_CASE("equal texts leave their first") {
  CHECK(kept({article, "other", article, article, "other"}) == ids{0, 1});
}

TEST_CASE("what counts as equal is what 'compare' says") {
  std::string shouted = article;
  for (char& c : shouted) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  const std::vector<testing::cell> texts{article, shouted + "!\n", changed_text(0, 300, 5)};
  CHECK(kept(texts, "exact") == ids{0, 1, 2});
  CHECK(kept(texts, "normalised") == ids{0, 2});
  CHECK(kept(texts, "near") == ids{0});
}

TEST_CASE("a fingerprint has what is asked for, and counts words") {
  const auto near = fingerprints({"Five words, no more: these."}).rows[0];
  const auto words = fingerprints({"Five words, no more: these."}, "normalised").rows[0];
  const auto exact = fingerprints({"Five words, no more: these."}, "exact").rows[0];
  CHECK(near[3] == 5);
  CHECK(words[3] == 5);
  CHECK(exact[3] == nullptr);
  CHECK(words[1] == near[1]);
  CHECK(words[2] == nullptr);
  CHECK(exact[0] == near[0]);
  CHECK(exact[1] == nullptr);
  CHECK(fingerprints({"?!"}, "normalised").rows[0][3] == 0);
}

TEST_CASE("clearly above the border copies go, clearly below they stay") {
  for (std::uint64_t i = 0; i < 40; ++i) {
    const std::uint64_t first = i * 2000;
    CHECK(kept({made_text(first, 1004), changed_text(first, 1004, 30)}) == ids{0});
    CHECK(kept({made_text(first, 1004), changed_text(first, 1004, 200)}) == ids{0, 1});
  }
}

TEST_CASE("the border itself is near enough") {
  std::string room;
  const std::string other = changed_text(0, 1004, 111);
  const double found = similarity(*fingerprint_of(made_text(0, 1004), copy_kind::near, room).near,
                                  *fingerprint_of(other, copy_kind::near, room).near);
  REQUIRE(found > 0.65);
  REQUIRE(found < 0.95);
  CHECK(kept({made_text(0, 1004), other}, "near", found) == ids{0});
  CHECK(kept({made_text(0, 1004), other}, "near", found + 0.001) == ids{0, 1});
}

TEST_CASE("bands miss next to none of the pairs at the border") {
  std::string room;
  int missed = 0;
  for (std::uint64_t i = 0; i < 500; ++i) {
    copy_index one(0.5, copy_kind::near);
    copy_index::band_counts met{};
    one.add(fingerprint_of(made_text(i * 2000, 1004), copy_kind::near, room), met);
    if (!one.find(fingerprint_of(changed_text(i * 2000, 1004, 111), copy_kind::near, room), met))
      ++missed;
  }
  CHECK(missed <= 1);
}

TEST_CASE("a text that drifts is compared with what stayed, not with what went") {
  const std::vector<testing::cell> drift{made_text(0, 1004), made_text(80, 1004),
                                         made_text(160, 1004)};
  CHECK(kept(drift) == ids{0, 2});
}

TEST_CASE("texts without words are copies only when they are equal") {
  CHECK(kept({"", "", "...", "!!", "..."}) == ids{0, 2, 3});
}

TEST_CASE("batches change nothing") {
  std::vector<testing::cell> texts;
  for (std::uint64_t i = 0; i < 60; ++i) texts.emplace_back(made_text((i % 20) * 60, 300));
  const ids once = kept(texts, "near", 0.8, 100);
  CHECK(once.size() < 60);
  for (const std::size_t n : {1U, 7U}) CHECK(kept(texts, "near", 0.8, n) == once);
}

TEST_CASE("a row without a text is rejected by the fingerprint, one without a fingerprint stays") {
  testing::harness<fingerprints_of_text> h;
  const auto out = h.transform({{{.name = "body"}}, {{nullptr}, {"a text"}}});
  REQUIRE(out.rejects.size() == 1);
  CHECK(out.rejects[0].row == 0);
  CHECK(out.rejects[0].column == "body");
  testing::table t = fingerprints({article, article});
  t.rows[0][0] = nullptr;
  testing::harness<dedup_of_texts> d;
  CHECK(d.arrange(t) == ids{0, 1});
}

TEST_CASE("without fingerprints the step is refused and says which one makes them") {
  testing::harness<dedup_of_texts> h;
  CHECK_THROWS_WITH(h.arrange({{{.name = "body"}}, {}}),
                    "there is no column 'exact' in the input; put press.fingerprint before this "
                    "step");
  schema wrong = fingerprints({}).fields;
  wrong[2] = {.name = "minhash", .kind = kind::fixed_binary, .width = 12};
  testing::harness<dedup_of_texts> other;
  CHECK_THROWS_WITH(other.arrange({wrong, {}}), Catch::Contains("fixed_binary(12)"));
}

// Texts that share frames, so that bands fill up, with copies far behind their originals.
std::vector<testing::cell> framed_texts(std::uint64_t n) {
  std::vector<testing::cell> texts;
  for (std::uint64_t i = 0; i < n; ++i) {
    const std::uint64_t text = i % 7 == 0 ? i / 14 : i;
    texts.emplace_back(made_text(text % 3 * 50, 60) + " " + made_text(100000 + text * 90, 60));
    if (i % 13 == 0) texts.emplace_back("...");
  }
  return texts;
}

TEST_CASE(
    "fingerprints that do not fit into memory wait in scratch files, and the same rows stay") {
  testing::table t = fingerprints(framed_texts(12000));
  for (std::size_t i = 0; i < t.rows.size(); i += 11)
    t.rows[i] = {nullptr, nullptr, nullptr, nullptr};
  for (const char* compare : {"exact", "normalised", "near"})
    for (const std::int64_t memory : {0, 2 << 20, 4 << 20}) {
      testing::harness<dedup_of_texts> roomy, tight;
      roomy.component().compare = tight.component().compare = compare;
      tight.memory = memory;
      const ids all = roomy.arrange(t, 500);
      INFO(compare << " in " << memory << " bytes");
      CHECK(all.size() < t.rows.size());
      CHECK(tight.arrange(t, 500) == all);
      CHECK(roomy.spill.made == 0);
      if (memory == 0 && compare == std::string("near")) CHECK(tight.spill.made > 2); // passes
      CHECK(tight.held == 0);
      CHECK(tight.spill.files.empty());
    }
}

TEST_CASE("without memory and disk the step ends, says so and gives all back") {
  testing::harness<dedup_of_texts> h;
  h.memory = 1 << 20;
  h.spills = false;
  std::vector<testing::cell> texts;
  for (std::uint64_t i = 0; i < 9000; ++i) texts.emplace_back(made_text(i * 20, 12));
  CHECK_THROWS_WITH(h.arrange(fingerprints(texts)),
                    Catch::Contains("fingerprints that wait take") &&
                        Catch::Contains("there is no disk for them"));
  CHECK(h.held == 0);
}

TEST_CASE("a full disk and a changed scratch file end the step") {
  const testing::table t = fingerprints(framed_texts(6000));
  testing::harness<dedup_of_texts> damaged;
  damaged.memory = 0;
  damaged.spill.damage_read = 3;
  damaged.spill.damage_bit = 12345;
  CHECK_THROWS_WITH(damaged.arrange(t, 500),
                    Catch::Contains("holds other bytes than were written"));
  CHECK(damaged.spill.files.empty());
  testing::harness<dedup_of_texts> full;
  full.memory = 0;
  full.spill.room = 100000;
  CHECK_THROWS_WITH(full.arrange(t, 500), Catch::Contains("no space left"));
  CHECK(full.spill.files.empty());
}

TEST_CASE("thousands of pages with one frame cost no quadratic work, and equal ones still go") {
  std::vector<testing::cell> texts;
  const std::string frame = made_text(0, 200);
  for (std::uint64_t i = 0; i < 3000; ++i)
    texts.emplace_back(frame + " " + made_text(100000 + i * 150, 120));
  texts.push_back(texts[2999]);
  const ids all = kept(texts);
  CHECK(all.back() == 2999);
}
