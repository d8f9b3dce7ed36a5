// SPDX-License-Identifier: Apache-2.0
// Lines of pages by their shape and by what stands around them: rows without bars, times of day,
// captions, titles over standfirsts, lists between paragraphs, and where a text begins and ends.
#include "catch.hpp"
#include "french.hpp"

#include <sstream>

using namespace vigie::press;
using vigie::press::test::english;
using vigie::press::test::french;

namespace {

struct shaped_page {
  std::string language, name, text;
  std::vector<std::pair<std::string, byte_span>> wanted;
};

std::vector<shaped_page> shaped_pages() {
  std::istringstream in(test::read_file(std::filesystem::path(VIGIE_SOURCE_DIR) /
                                        "tests/data/press/page_shapes.txt"));
  std::vector<shaped_page> out;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('#')) continue;
    if (line.starts_with("@ ")) {
      out.emplace_back();
      std::istringstream(line.substr(2)) >> out.back().language >> out.back().name;
      continue;
    }
    const std::size_t mark = line.find("> ");
    if (mark != std::string::npos) {
      const std::size_t begin = out.back().text.size();
      out.back().text += line.substr(mark + 2);
      out.back().wanted.push_back({line.substr(0, mark), {begin, out.back().text.size()}});
    }
    out.back().text += '\n';
  }
  return out;
}

bool is_wanted(const std::string& labels, const segment& found) {
  if (labels == "*") return true;
  if (labels == "+" || labels == "-") return found.keep == (labels == "+");
  const std::string name(label_name(found.what));
  return ("," + labels + ",").find("," + name + ",") != std::string::npos;
}

// Which lines are kept.
std::vector<bool> kept(const std::string& page, const lexicon& words) {
  std::vector<bool> out;
  for (const segment& s : read_article(page, words).segments) out.push_back(s.keep);
  return out;
}

const std::string text_of_pilots =
    "The harbour loses its pilots\n\nThe harbour will have no pilots from Monday on, the board "
    "that "
    "runs it said in a letter to firms.\n\nShips will have to wait outside the bar until the tide "
    "is right, captains said.\n\n";

} // namespace

TEST_CASE("every line of a page of known shape has its label") {
  const auto pages = shaped_pages();
  REQUIRE(pages.size() >= 30);
  for (const shaped_page& page : pages) {
    const auto a = read_article(page.text, page.language == "fr" ? french() : english());
    for (const auto& [labels, at] : page.wanted) {
      INFO(page.name << ": wanted " << labels << " for " << page.text.substr(at.begin, at.size()));
      std::size_t segments = 0;
      for (const segment& s : a.segments) {
        if (s.span.begin >= at.end || s.span.end <= at.begin) continue;
        INFO("found " << label_name(s.what) << ": " << s.why);
        CHECK(is_wanted(labels, s));
        ++segments;
      }
      CHECK(segments > 0);
    }
  }
}

TEST_CASE("a page of nothing but short lines, or of nothing but sentences, is read in one pass") {
  std::string menu, prose, quotes, counters = "Related stories\n", names = "By Ada Quill\n";
  std::string nobody, quays, views;
  for (int i = 0; i < 20000; ++i) {
    menu += "Cap au nord\n\n";
    counters += "12 comments\n";
    names += "Ada Quill on the harbour\n\n";
    nobody +=
        "Ada" + std::to_string(i) + " Mary Quill\n\nThe board did not say what it would pay.\n\n";
    quays += "Boats on the quays of old\n\n";
    views += "View comments (99999)\n";
    prose += "The board did not say how long it would look for new ones.\n";
    quotes += "“The bar is a trap for those " + std::to_string(i) + " who do not know it.”\n";
  }
  CHECK(read_article(menu, french()).segments.size() == 20000);
  CHECK(read_article(prose, english()).segments.size() == 20000);
  CHECK(read_article(quotes, english()).segments.size() == 20000);
  CHECK(read_article(text_of_pilots + counters, english()).segments.size() > 20000);
  CHECK(read_article(text_of_pilots + names, english()).segments.size() > 20000);
  CHECK(read_article(text_of_pilots + nobody, english()).segments.size() > 20000);
  CHECK(read_article("The harbour loses its pilots\n3 May 2018\n\n" + quays + text_of_pilots,
                     english())
            .segments.size() > 20000);
  CHECK(read_article(text_of_pilots + views, english()).segments.size() > 20000);
}

TEST_CASE("a place in front of the first sentence is no text, a speaker and a heading are") {
  const auto place = [](const std::string& front, const std::string& second) {
    const std::string page = "The harbour loses its pilots\n\n" + front +
                             "The harbour will have no pilots from Monday on, the board said in a "
                             "letter.\n\n" +
                             second + "Ships will have to wait until the tide is right.\n";
    for (const segment& s : read_article(page, english()).segments)
      if (s.what == label::source_line) return page.substr(s.span.begin, s.span.size());
    return std::string();
  };
  CHECK(place("SELMOUTH — ", "") == "SELMOUTH —");
  CHECK(place("Selmouth: ", "") == "Selmouth:");
  CHECK(place("BRELIN/SELMOUTH – ", "") == "BRELIN/SELMOUTH –");
  CHECK(place("Port Kerry — ", "") == "Port Kerry —");
  CHECK(place("QUILL: ", "ROYCE: ").empty());
  CHECK(place("The letter: ", "").empty());
}

TEST_CASE("an agency signs the last sentence, a date line its tags") {
  const std::string page = "The harbour loses its pilots\n3 May 2018 #Harbour #Pilots\n" +
                           text_of_pilots.substr(text_of_pilots.find("\n\n")) +
                           "Nobody answered the board.-AFP\n";
  std::vector<std::string> found;
  for (const segment& s : read_article(page, english()).segments)
    found.push_back(std::string(label_name(s.what)) + " " +
                    page.substr(s.span.begin, std::min<std::size_t>(s.span.size(), 17)));
  CHECK(found[1] == "date_line 3 May 2018");
  CHECK(found[2] == "nav #Harbour #Pilots");
  CHECK(found.back() == "credits AFP");
  const std::string signed_page = text_of_pilots + "Nobody answered the board on Monday. — AFP\n";
  CHECK(kept(signed_page, english()) == std::vector<bool>{true, true, true, true, false});
}

TEST_CASE("sentences that begin like a line of the site stay where they are sentences") {
  for (const char* sentence :
       {"Sponsored by two senators, the bill would give the harbour back its pilots by spring.",
        "Presented by the board on Monday, the letter runs to four pages and names nobody.",
        "Timeline and price were left open, and so was who would pay for the boats.",
        "More about the letter became known on Tuesday, when a copy of it reached the captains.",
        "At 10:30 on Monday the last of the pilots left his boat at the quay and went home."}) {
    INFO(sentence);
    CHECK(kept(text_of_pilots + sentence + "\n", english()) == std::vector<bool>(4, true));
  }
}

TEST_CASE("a byline that tells a role names the writer alone") {
  const std::string page = "The harbour loses its pilots\nBy Anne Roy, correspondent in Lyon\n" +
                           text_of_pilots.substr(text_of_pilots.find("\n\n"));
  const auto a = read_article(page, english());
  REQUIRE(a.byline);
  CHECK(page.substr(a.byline->begin, a.byline->size()) == "Anne Roy");
}
