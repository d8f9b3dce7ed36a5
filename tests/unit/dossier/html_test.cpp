// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "html.hpp"

using vigie::dossier::is_language_tag;
using vigie::dossier::markup;

namespace {

std::string text(std::string_view from_outside) {
  markup m;
  return m.text(from_outside).str();
}

} // namespace

TEST_CASE("text and attributes hold no character that means something to a browser") {
  CHECK(text("<b a='1'>&amp;\"") == "&lt;b a=&#39;1&#39;&gt;&amp;amp;&quot;");
  markup m;
  CHECK(m.attribute("title", "\"'><\x1b").str() == " title=\"&quot;&#39;&gt;&lt;&lt;U+001B&gt;\"");
}

TEST_CASE("line ends and blanks become blanks, letters stay") {
  CHECK(text("a\nb\r\tc\fd\u2028e\u2029f") == "a b  c d e f");
  CHECK(text("2\u202F077\u00A0é 日本 \U0001F600") == "2\u202F077\u00A0é 日本 \U0001F600");
}

TEST_CASE("invisible characters are shown by their code in an element, in plain text without one") {
  const auto code = [](const char* hex) {
    return "<span class=\"code-point\">&lt;U+" + std::string(hex) + "&gt;</span>";
  };
  CHECK(text(std::string_view("\0", 1)) == code("0000"));
  CHECK(text("\v") == code("000B"));
  CHECK(text("\u202E") == code("202E"));
  CHECK(text("\uFDD0") == code("FDD0"));
  CHECK(text("\U000E0041") == code("E0041"));
  CHECK(text("\U0010FFFF") == code("10FFFF"));
  markup m;
  CHECK(m.plain("\u202E").str() == "&lt;U+202E&gt;");
}

TEST_CASE("what honest text of any script holds is left as it is") {
  for (const char* honest : {"\u00AD", "\u200C", "\u200D", "\u200E", "\u200F", "\u061C"})
    CHECK(text(honest) == honest);
}

TEST_CASE("bytes that are no UTF-8 become replacement characters, also cut ones at the end") {
  CHECK(text("a\xFF\xC0\x80z") == "a\uFFFD\uFFFD\uFFFDz");
  CHECK(text("\xE2\x80") == "\uFFFD");
  CHECK(text("\xC3") == "\uFFFD");
}

TEST_CASE("language tags have the form of BCP 47") {
  for (const char* good : {"fr", "zh-Hant", "zh-Hant-TW", "es-419", "ckb", "UG-cyrl"})
    CHECK(is_language_tag(good));
  for (const char* bad : {"", "f", "french", "fr-", "-fr", "fr--CA", "fr_FR", "1fr", "fr-\"",
                          "fr-abcdefghi", "fré", "fr-a-b-c-d-e-f"})
    CHECK_FALSE(is_language_tag(bad));
}
