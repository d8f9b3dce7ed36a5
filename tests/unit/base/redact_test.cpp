// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"
#include "base/redact.hpp"
#include "base/text.hpp"
#include "catch.hpp"

using namespace vigie;

namespace {

redactor of(const std::vector<std::string>& secrets) {
  redactor r;
  for (const std::string& s : secrets) REQUIRE(r.add(s));
  return r;
}

} // namespace

TEST_CASE("every occurrence of a secret is masked, and nothing else") {
  const redactor r = of({"hush-hush"});
  CHECK(r.apply("") == "");
  CHECK(r.apply("no word of it, not even hush-hus") == "no word of it, not even hush-hus");
  CHECK(r.apply("hush-hush") == "***");
  CHECK(r.apply("a hush-hush and a hush-hush.") == "a *** and a ***.");
  CHECK(redactor().apply("hush-hush") == "hush-hush");
  CHECK(redactor().longest() == 0);
  CHECK(r.longest() == 9);
}

TEST_CASE("a text of fewer than four bytes is no secret") {
  redactor r;
  CHECK_FALSE(r.add(""));
  CHECK_FALSE(r.add("abc"));
  CHECK(r.empty());
  CHECK(r.add("abcd"));
  CHECK(r.add("\xc3\xa9\xc3\xa9")); // bytes, not characters
  CHECK(r.apply("abc abcd \xc3\xa9\xc3\xa9") == "abc *** ***");
}

TEST_CASE("of secrets that hold, overlap or touch each other no byte stays, in whatever order they "
          "were added") {
  for (const auto& secrets :
       std::vector<std::vector<std::string>>{{"abcd", "abcdefgh"}, {"abcdefgh", "abcd"}}) {
    CHECK(of(secrets).apply("abcdefgh abcd") == "*** ***");
  }
  CHECK(of({"abcdef", "defghi"}).apply("<abcdefghi>") == "<***>");
  CHECK(of({"defghi", "abcdef"}).apply("<abcdefghi>") == "<***>");
  CHECK(of({"abcd", "efgh"}).apply("<abcdefgh>") == "<***>");
  CHECK(of({"aaaa"}).apply("<aaaaaaa>") == "<***>");
  CHECK(of({"abab"}).apply("<ababab>") == "<***>");
}

TEST_CASE("secrets are found as they are printed and as JSON writes them") {
  for (const std::string secret :
       {"quote\"and\\slash", "tab\tand\x1b[31m", "bell\x07 and \x7f", "caf\xc3\xa9 \xe2\x80\xae"}) {
    const redactor r = of({secret});
    std::string json;
    append_json_string(json, "<" + secret + ">");
    CHECK(r.apply(json) == "\"<***>\"");
    CHECK(r.apply(text::printable("<" + secret + ">")) == "<***>");
    std::string both;
    append_json_string(both, text::printable("<" + secret + ">"));
    CHECK(r.apply(both) == "\"<***>\"");
  }
}

TEST_CASE("of a secret of several lines each long line is masked, too") {
  const redactor r = of({"first line\r\nsecond line\nno\n"});
  CHECK(r.apply("at 'first line', then 'second line'; no") == "at '***', then '***'; no");
  CHECK(r.apply("<first line\r\nsecond line\nno\n>") == "<***>");
  CHECK(r.apply(text::printable("<first line\r\nsecond line\nno\n>")) == "<***>");
}

TEST_CASE("a text that was cut may end in the beginning of a secret") {
  const redactor r = of({"abcdefgh", "xabcd\n"});
  CHECK(r.apply_cut("what is abcdefg") == "what is ***");
  CHECK(r.apply_cut("what is abcd") == "what is ***");
  CHECK(r.apply_cut("what is abc") == "what is abc"); // three bytes are no secret
  CHECK(r.apply_cut("what is xabcd\\") == "what is ***");
  CHECK(r.apply_cut("abcd") == "***");
  CHECK(r.apply_cut("abcd is what") == "abcd is what");
  CHECK(r.apply_cut("abcdefgh abcdefgh") == "*** ***");
  CHECK(r.apply("what is abcdefg") == "what is abcdefg");
}

TEST_CASE("all texts of a diagnostic are masked") {
  const redactor r = of({"hush"});
  diagnostic d = fail(code::internal, "m hush")
                     .at({.file = "f hush", .line = 3, .step = "s hush", .field = "c hush"})
                     .help("h hush");
  d.excerpt = "e hush";
  const diagnostic masked = r.apply(d);
  CHECK(render(masked).find("hush") == std::string::npos);
  CHECK(masked.message == "m ***");
  CHECK(masked.hint == "h ***");
  CHECK(masked.excerpt == "e ***");
  CHECK(masked.place == place{.file = "f ***", .line = 3, .step = "s ***", .field = "c ***"});
  CHECK(masked.code == code::internal);
}
