// SPDX-License-Identifier: Apache-2.0
#include "words.hpp"

#include "common/civil/civil.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace vigie::dossier {
namespace {

constexpr std::string_view no_break = "\u00A0", to_dash = "\u00A0– ";

constexpr page_words french_words{
    .tag = "fr",
    .thousands = "\u202F",
    .decimal = ",",
    .zero_is_one = true,
    .first_day = "1er",
    .from_on = "à partir du ",
    .until = "jusqu’au ",
    .before_percent = "\u202F",
    .colon = "\u00A0: ",
    .open_quote = "«\u00A0",
    .close_quote = "\u00A0»",
    .months = {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
               "octobre", "novembre", "décembre"},
    .skip = "Aller aux énoncés",
    .counts_heading = "En bref",
    .overview_heading = "Vue d’ensemble",
    .years_heading = "Années",
    .undated_heading = "Sans date",
    .articles_heading = "Articles",
    .legend_heading = "Légende",
    .reading_heading = "Comment lire cette page",
    .statements = {"énoncé", "énoncés"},
    .articles = {"article", "articles"},
    .dated = "avec date",
    .undated = "sans date",
    .period = "Période couverte",
    .chart_by_month = "Énoncés datés par mois. Chacun compte au mois où commence ce qu’il date.",
    .chart_by_year = "Énoncés datés par année. Chacun compte à l’année où commence ce qu’il date.",
    .chart_by_years =
        "Énoncés datés par groupe d’années. Chacun compte là où commence ce qu’il date.",
    .empty_heading = "Aucun énoncé",
    .empty_text =
        "Les données reçues ne contiennent aucun énoncé. La page est complète ; elle est vide "
        "parce que rien n’a été trouvé, ou que rien n’a passé les étapes précédentes.",
    .no_text = "La phrase manque dans les données.",
    .cut_note = "Phrase coupée ; la suite est dans le fichier.",
    .agency = "agence ",
    .published = "publié le ",
    .bytes = "octets ",
    .link = "Lien permanent",
    .statement_number = "Énoncé ",
    .from_page = "date lue sur la page",
    .given = "date fournie à part",
    .figures = "Chiffres de l’énoncé",
    .reversed = "Dans les données, la fin précède le début.",
    .kept_value = "valeur",
    .unknown_basis = "base que cette page ne connaît pas",
    .undated_intro =
        "Ces énoncés ne donnent pas de jour, ou pas assez pour en donner un. Leurs mots sont "
        "gardés tels quels ; aucune date n’a été devinée.",
    .column_file = "Fichier",
    .column_title = "Titre",
    .column_publisher = "Éditeur",
    .column_published = "Publication",
    .column_statements = "Énoncés",
    .mark_figure = "chiffre",
    .mark_figure_meaning = "mots d’où vient un chiffre",
    .mark_date = "date",
    .mark_date_meaning = "mots d’où vient la date",
    .range_from = "de",
    .range_to = " à\u00A0",
    .bounds = {{{"lower", "au moins"}, {"upper", "au plus"}, {"approx", "environ"}}},
    .bases = {{{"explicit", "date explicite", "la phrase l’écrit, année comprise",
                "La date écrite est incomplète ou n’est pas un jour du calendrier."},
               {"year_from_publication", "année déduite", "année tirée de la date de publication",
                "Jour et mois sont écrits ; l’année, qui viendrait de la publication, n’est pas "
                "connue."},
               {"relative_to_publication", "date calculée", "comptée depuis la date de publication",
                "Se compte depuis la publication, dont la date n’est pas connue."},
               {"relative", "date relative", "relative à un moment que la phrase ne date pas",
                "Se compte depuis un moment qui n’est pas daté."},
               {"vague", "date vague", "des mots trop larges pour un jour",
                "Les mots sont trop larges pour un jour."},
               {"none", "sans date", "la phrase ne dit pas quand", "La phrase ne dit pas quand."}}},
    .reading = {"Chaque énoncé est une phrase citée de sa source, rangée à la date de ce qu’elle "
                "raconte, et "
                "non à celle de sa publication.",
                "L’étiquette sous la date dit sur quoi cette date repose ; le trait change avec la "
                "solidité : "
                "plein, tireté, pointillé.",
                "À côté de la phrase, ses chiffres sont remis en forme : même nombre, écrit en "
                "entier, avec sa "
                "borne et son unité.",
                "« Octets 4216–4526 » est la place de la phrase dans le fichier, comptée à partir "
                "de 0, fin non "
                "comprise.",
                "Un caractère invisible ou qui change le sens de lecture est montré par son code, "
                "comme <U+202E>."},
    .claim = "Un énoncé est une affirmation de sa source, pas un constat."};

constexpr page_words english_words{
    .tag = "en",
    .thousands = ",",
    .decimal = ".",
    .zero_is_one = false,
    .first_day = "1",
    .from_on = "from ",
    .until = "until ",
    .before_percent = "",
    .colon = ": ",
    .open_quote = "“",
    .close_quote = "”",
    .months = {"January", "February", "March", "April", "May", "June", "July", "August",
               "September", "October", "November", "December"},
    .skip = "Skip to the statements",
    .counts_heading = "In short",
    .overview_heading = "Overview",
    .years_heading = "Years",
    .undated_heading = "Undated",
    .articles_heading = "Articles",
    .legend_heading = "Legend",
    .reading_heading = "How to read this page",
    .statements = {"statement", "statements"},
    .articles = {"article", "articles"},
    .dated = "dated",
    .undated = "undated",
    .period = "Period covered",
    .chart_by_month =
        "Dated statements by month. Each counts in the month in which what it dates begins.",
    .chart_by_year =
        "Dated statements by year. Each counts in the year in which what it dates begins.",
    .chart_by_years = "Dated statements by group of years. Each counts where what it dates begins.",
    .empty_heading = "No statements",
    .empty_text = "The data received hold no statement. The page is complete; it is empty because "
                  "nothing was "
                  "found, or nothing passed the steps before.",
    .no_text = "The sentence is missing in the data.",
    .cut_note = "Sentence cut; the rest is in the file.",
    .agency = "agency ",
    .published = "published ",
    .bytes = "bytes ",
    .link = "Permanent link",
    .statement_number = "Statement ",
    .from_page = "date read on the page",
    .given = "date given separately",
    .figures = "Figures of the statement",
    .reversed = "In the data, the end comes before the start.",
    .kept_value = "value",
    .unknown_basis = "a basis this page does not know",
    .undated_intro =
        "These statements name no day, or not enough to tell one. Their words are kept as they "
        "are; no date was guessed.",
    .column_file = "File",
    .column_title = "Title",
    .column_publisher = "Publisher",
    .column_published = "Published",
    .column_statements = "Statements",
    .mark_figure = "figure",
    .mark_figure_meaning = "words a figure was read from",
    .mark_date = "date",
    .mark_date_meaning = "words the date was read from",
    .range_from = "",
    .range_to = " to\u00A0",
    .bounds = {{{"lower", "at least"}, {"upper", "at most"}, {"approx", "about"}}},
    .bases = {{{"explicit", "explicit date", "the sentence states it, year included",
                "The date as written is incomplete or is no day of the calendar."},
               {"year_from_publication", "deduced year", "the year is that of the publication date",
                "Day and month are written; the year, which publication would tell, is not known."},
               {"relative_to_publication", "computed date", "counted from the publication date",
                "Counts from publication, the date of which is not known."},
               {"relative", "relative date", "relative to a moment the sentence does not date",
                "Counts from a moment that is not dated."},
               {"vague", "vague date", "words too wide for a day",
                "The words are too wide for a day."},
               {"none", "undated", "the sentence does not say when",
                "The sentence does not say when."}}},
    .reading = {"Each statement is a sentence quoted from its source, placed at the date of what "
                "it tells, not at "
                "the date it was published.",
                "The label below the date says what that date rests on; its line changes with how "
                "firm that is: "
                "solid, dashed, dotted.",
                "Beside the sentence its figures are set out anew: the same number, written in "
                "full, with its bound "
                "and unit.",
                "“Bytes 4216–4526” is the place of the sentence in the file, counted from 0, the "
                "end excluded.",
                "A character that is invisible or turns the direction of reading is shown as its "
                "code, such as "
                "<U+202E>."},
    .claim = "A statement is a claim of its source, not a finding."};

std::string grouped(std::string_view digits, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += separator;
    out += digits[i];
  }
  return out;
}

std::string digits_of(double value, std::chars_format format) {
  std::array<char, 400>
      room; // the longest fixed form of a double has 325 characters before the point
  const auto done = std::to_chars(room.data(), room.data() + room.size(), value, format);
  return done.ec == std::errc() ? std::string(room.data(), done.ptr) : std::string("?");
}

std::string with_decimal(std::string_view digits, const page_words& words, bool group) {
  const std::size_t point = std::min(digits.find('.'), digits.size());
  const std::string_view whole = digits.substr(0, point);
  std::string out = group ? grouped(whole, words.thousands) : std::string(whole);
  if (point < digits.size()) out.append(words.decimal).append(digits.substr(point + 1));
  return out;
}

std::string padded(std::int64_t number, std::size_t width) {
  std::string out;
  civil::detail::append_padded(out, number, width);
  return out;
}

// Years that HTML can write: four digits or more, above 0.
std::string machine_year(std::int64_t year) { return year > 0 ? padded(year, 4) : std::string(); }

std::string machine_month(const civil::day& d) {
  const std::string year = machine_year(d.year);
  return year.empty() ? year : year + "-" + padded(d.month, 2);
}

std::string machine_day(const civil::day& d) {
  const std::string month = machine_month(d);
  return month.empty() ? month : month + "-" + padded(d.day_of_month, 2);
}

std::string_view month_name(const civil::day& d, const page_words& words) {
  return words.months[static_cast<std::size_t>(d.month - 1)];
}

std::string day_words(const civil::day& d, const page_words& words, bool with_month,
                      bool with_year) {
  std::string out(d.day_of_month == 1 ? words.first_day : "");
  if (out.empty()) out = std::to_string(d.day_of_month);
  if (with_month) out.append(no_break).append(month_name(d, words));
  if (with_year) out.append(" ").append(std::to_string(d.year));
  return out;
}

period_piece day_piece(const civil::day& d, const page_words& words, bool with_month = true,
                       bool with_year = true) {
  return {day_words(d, words, with_month, with_year), machine_day(d)};
}

period_piece month_piece(const civil::day& d, const page_words& words, bool with_year = true) {
  std::string text(month_name(d, words));
  if (with_year) text.append(" ").append(std::to_string(d.year));
  return {text, machine_month(d)};
}

period_piece year_piece(const civil::day& d) {
  return {std::to_string(d.year), machine_year(d.year)};
}

using pieces = std::vector<period_piece>;

pieces of_months(const civil::day& from, const civil::day& to, const page_words& words) {
  const bool same_year = from.year == to.year;
  if (same_year && from.month == to.month) return {month_piece(to, words)};
  return {month_piece(from, words, !same_year), {std::string(to_dash), ""}, month_piece(to, words)};
}

pieces of_years(const civil::day& from, const civil::day& to) {
  if (from.year == to.year) return {year_piece(to)};
  return {year_piece(from), {std::string(to_dash), ""}, year_piece(to)};
}

pieces between(const civil::day& from, const civil::day& to, const page_words& words) {
  const bool whole_months =
      from.day_of_month == 1 && to.day_of_month == civil::days_in_month(to.year, to.month);
  if (whole_months && from.month == 1 && to.month == 12) return of_years(from, to);
  if (whole_months) return of_months(from, to, words);
  const bool same_year = from.year == to.year;
  const bool same_month = same_year && from.month == to.month;
  return {day_piece(from, words, !same_month, !same_year),
          {std::string(to_dash), ""},
          day_piece(to, words)};
}

} // namespace

const page_words& french() { return french_words; }
const page_words& english() { return english_words; }

std::string number_text(double value, const page_words& words) {
  const double size = std::fabs(value);
  const std::string sign = value < 0 ? "−" : "";
  if (size == 0 || (size >= 1e-6 && size < 1e21))
    return sign + with_decimal(digits_of(size, std::chars_format::fixed), words, true);
  const std::string digits = digits_of(size, std::chars_format::scientific);
  const std::size_t e = digits.find('e');
  std::string_view power = std::string_view(digits).substr(e + 1);
  const bool below_one = power[0] == '-';
  power.remove_prefix(std::min(power.find_first_not_of("+-0"), power.size()));
  return sign + with_decimal(digits.substr(0, e), words, false) + "\u00A0×\u00A010^" +
         (below_one ? "−" : "") + std::string(power);
}

std::string count_text(std::size_t count, const page_words& words) {
  return grouped(std::to_string(count), words.thousands);
}

std::string counted(std::size_t count, const noun& n, const page_words& words) {
  const bool one = count == 1 || (count == 0 && words.zero_is_one);
  return count_text(count, words).append(no_break).append(one ? n.one : n.many);
}

std::vector<period_piece> pieces_of(const period& when, const page_words& words) {
  const civil::day start = civil::day_of(when.start()), last = civil::day_of(when.last());
  if (!when.to) return {{std::string(words.from_on), ""}, day_piece(start, words)};
  if (!when.from) return {{std::string(words.until), ""}, day_piece(last, words)};
  if (*when.from == *when.to) return {day_piece(start, words)};
  if (when.is_reversed())
    return {day_piece(start, words), {std::string(to_dash), ""}, day_piece(last, words)};
  return between(start, last, words);
}

std::string period_text(const period& when, const page_words& words) {
  std::string out;
  for (const period_piece& p : pieces_of(when, words)) out += p.text;
  return out;
}

std::int64_t year_of(std::int32_t day) { return civil::day_of(day).year; }

std::string month_text(std::int64_t year, int month, const page_words& words) {
  return month_piece({year, month, 1}, words).text;
}

} // namespace vigie::dossier
