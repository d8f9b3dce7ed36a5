// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "text/words/language.hpp"

using namespace vigie::press;

TEST_CASE("languages of whole paragraphs are told reliably") {
  const auto french = guess_language(
      "Le régulateur a fait savoir que plusieurs services resteraient fermés tant que leurs "
      "responsables n'auraient pas répondu à ses demandes, malgré les protestations des usagers.");
  CHECK(french.code == "fr");
  CHECK(french.reliable);
  CHECK(french.share > 0.9);
  const auto english = guess_language(
      "The regulator said that several services would remain closed until the people in charge of "
      "them had answered its requests, in spite of the protests of the users.");
  CHECK(english.code == "en");
  CHECK(guess_language("Регулятор сообщил, что несколько служб останутся закрытыми до ответа их "
                       "владельцев на его запросы.")
            .code == "ru");
}

TEST_CASE("what is no text has no language") {
  CHECK(guess_language("").code == "un");
  CHECK(guess_language("12 34 56").code == "un");
  CHECK_FALSE(guess_language("\xFF\xFE\xFF").reliable);
}

TEST_CASE("bytes that are not UTF-8 end the text that is judged") {
  const std::string text = "Une phrase assez longue pour que la langue en soit reconnue sans aucun "
                           "doute possible, écrite comme on parle dans les journaux du pays. ";
  CHECK(guess_language(text + "\xFF" + text).code == "fr");
  CHECK(guess_language(text, 3).code == guess_language(text.substr(0, 3)).code);
}

TEST_CASE("a page is told by its middle, and a sample of two languages is not enough") {
  std::string french, english;
  for (int i = 0; i < 12; ++i) {
    french += "Les habitants de la région ne peuvent plus joindre leurs proches depuis hier.\n";
    english += "Read more about this story in our newsletter and follow us every day.\n";
  }
  CHECK(guess_language_of_page(english + french + french + english).code == "fr");
  CHECK(guess_language_of_page(french + english + english + french).code == "en");
  const auto mixed = guess_language(english.substr(0, 150) + french + french);
  CHECK(mixed.code == "fr");
  CHECK(mixed.share < 0.95);
}

TEST_CASE("a quotation that fills the middle of a page does not tell its language") {
  std::string page;
  while (page.size() < 900)
    page += "Les habitants de la ville racontent que le réseau est resté coupé toute la nuit. ";
  const std::string half = page;
  while (page.size() < half.size() + 260) page += "The lines were all down for the whole night. ";
  page += half;
  CHECK(guess_language_of_page(page).code == "fr");
}
