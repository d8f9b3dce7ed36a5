// SPDX-License-Identifier: Apache-2.0
// Steps that are given the same bytes share one reading; others must not.
#include "catch.hpp"
#include "rows/one_reading.hpp"

#include <map>
#include <thread>

using namespace vigie::press;

namespace {

using files = std::map<std::string, std::string, std::less<>>;

// Data of two files, of which the second may be absent, that counts how often it was read.
struct notes {
  static inline int times = 0;
  std::string text;

  static std::variant<notes, std::vector<lexicon_error>> read(const std::string& language,
                                                              const lexicon::reader& bytes_of) {
    ++times;
    const auto first = bytes_of(language + "/a.tsv");
    if (!first) return std::vector<lexicon_error>{{language + "/a.tsv", 0, "missing"}};
    return notes{std::string(*first) + "|" +
                 std::string(bytes_of(language + "/b.tsv").value_or("none"))};
  }
};

struct step {
  files its;
  std::vector<std::string> asked = {};

  one_reading<notes>::result read(const std::string& language) {
    return one_reading<notes>::of(
        language, [&](std::string_view name) -> std::optional<std::string_view> {
          asked.emplace_back(name);
          const auto at = its.find(name);
          return at == its.end() ? std::nullopt : std::optional<std::string_view>(at->second);
        });
  }
};

std::shared_ptr<const notes> data(const one_reading<notes>::result& r) {
  REQUIRE(std::holds_alternative<std::shared_ptr<const notes>>(r));
  return std::get<std::shared_ptr<const notes>>(r);
}

const files plain = {
    {"fr/a.tsv", "un"}, {"fr/b.tsv", "deux"}, {"en/a.tsv", "un"}, {"en/b.tsv", "deux"}};

} // namespace

TEST_CASE("steps with the same bytes share one reading, and each asks for its files") {
  notes::times = 0;
  step a{plain};
  step b{plain};
  const auto first = data(a.read("fr"));
  const auto second = data(b.read("fr"));
  CHECK(first == second);
  CHECK(first->text == "un|deux");
  CHECK(notes::times == 1);
  CHECK(b.asked == std::vector<std::string>{"fr/a.tsv", "fr/b.tsv"});
}

TEST_CASE("another language, other bytes and an absent file are readings of their own") {
  step a{plain};
  const auto first = data(a.read("fr"));
  CHECK(data(a.read("en")) != first);
  files changed = plain;
  changed["fr/b.tsv"] = "trois";
  CHECK(data(step{changed}.read("fr"))->text == "un|trois");
  changed.erase("fr/b.tsv");
  const auto without = data(step{changed}.read("fr"));
  CHECK(without->text == "un|none");
  changed["fr/b.tsv"] = "";
  CHECK(data(step{changed}.read("fr"))->text == "un|");
  CHECK(data(step{plain}.read("fr")) == first);
}

TEST_CASE("what is wrong is told to each step, and kept by none") {
  step bad{{{"fr/b.tsv", "deux"}}};
  for (int i = 0; i < 2; ++i) {
    const auto r = bad.read("fr");
    REQUIRE(std::holds_alternative<std::vector<lexicon_error>>(r));
    CHECK(std::get<std::vector<lexicon_error>>(r).at(0).file == "fr/a.tsv");
  }
  bad.its = plain;
  CHECK(data(bad.read("fr"))->text == "un|deux");
}

TEST_CASE("a reading outlives the step that made it, and goes with the last") {
  notes::times = 0;
  std::shared_ptr<const notes> kept;
  {
    step gone{plain};
    kept = data(gone.read("fr"));
  }
  CHECK(data(step{plain}.read("fr")) == kept);
  CHECK(notes::times == 1);
  kept.reset();
  CHECK(data(step{plain}.read("fr"))->text == "un|deux");
  CHECK(notes::times == 2);
}

TEST_CASE("steps that ask at the same time get one reading") {
  notes::times = 0;
  std::vector<std::shared_ptr<const notes>> got(8);
  std::vector<std::thread> threads;
  for (auto& mine : got)
    threads.emplace_back([&mine] {
      step s{plain};
      const auto r = s.read("fr");
      if (const auto* d = std::get_if<std::shared_ptr<const notes>>(&r)) mine = *d;
    });
  for (auto& t : threads) t.join();
  for (const auto& mine : got) CHECK((mine && mine == got.front()));
}
