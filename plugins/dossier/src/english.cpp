// SPDX-License-Identifier: Apache-2.0
#include "words.hpp"

namespace vigie::dossier {
namespace {

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
    .claim = "A statement is a claim of its source, not a finding.",
    .more = {
        .claims = {"claim", "claims"},
        .incidents = {"incident", "incidents"},
        .heading = "Claims",
        .intro =
            "Who did what to whom, where and when, according to which source. The same incident "
            "told twice is one incident with two claims; those that contradict each other stand "
            "side by side, and none is corrected.",
        .not_shown = "{n} more claims are not on this page, which would be too heavy for a "
                     "browser. Filter the rows before this step, or give a larger max_claims.",
        .link = "Permanent link",
        .claim_number = "Claim ",
        .yes = "measurable",
        .no = "not measurable",
        .measurable_note = "whether measurements could confirm or contradict it",
        .chart_heading = "Claims over time",
        .chart_caption = "One line a type. Each bar goes from the first to the last day of what is "
                         "claimed; the table says the same.",
        .chart_undated = "Without a day, and so not drawn: ",
        .other_lanes = "others",
        .number = "№",
        .day = "Day",
        .incident = "Incident",
        .type = "Type",
        .actor = "Actor",
        .target = "Target",
        .place = "Place",
        .modality = "Modality",
        .source = "Source",
        .according_to = "according to ",
        .contradicts = "contradicts ",
        .repeats = "repeats word for word ",
        .unknown = "—",
        .filter = "Filter the claims",
        .any = "any",
        .text = "Text",
        .from = "From",
        .to = "Until",
        .reset = "Show all",
        .shown = "{n} of {all} shown",
        .sort_by = "Sort by ",
        .texts_heading = "Texts of the articles",
        .texts_intro = "What was read of each page. Passages quoted above are underlined in their "
                       "place; what was left out is grey, with the reason.",
        .text_of = "Text of ",
        .residue = "Left out",
        .residue_inline = "left out",
        .comments = "Comments of readers",
        .comments_note =
            "Less reliable than the article. Handles are replaced by numbers, the same "
            "ones all over this page.",
        .reader = "reader ",
        .cited_by = "quoted by ",
        .left_out = "passages that are not quoted are not shown; they are in the file.",
        .no_place = "place not known",
        .own_use =
            "For your own use. This page holds whole texts, which belong to their authors; do "
            "not publish it.",
        .own_use_short = "own use",
        .cut_note = "Passage cut; the rest is in the file.",
        .no_shown_text = "text not shown",
        .pieces = {"passage", "passages"},
        .types = {{{"block", "block"},
                   {"service_cutoff", "service cut-off"},
                   {"shutdown", "Internet shutdown"},
                   {"throttling", "throttling"},
                   {"exposure", "data exposure"},
                   {"replication", "copy of data"},
                   {"interception", "interception"},
                   {"surveillance", "surveillance"},
                   {"attack", "attack"},
                   {"botnet_control", "botnet control"},
                   {"law", "law or obligation"},
                   {"obligation", "obligation"},
                   {"meeting", "meeting"},
                   {"diplomatic_meeting", "official meeting"},
                   {"suspension", "suspension"},
                   {"accusation", "accusation"},
                   {"denial", "denial"},
                   {"demand", "demand"},
                   {"threat", "threat"},
                   {"indictment", "indictment"},
                   {"arrest", "arrest"},
                   {"restoration", "restoration"}}},
        .modalities = {{{"asserted", "asserted"},
                        {"reported", "reported"},
                        {"quoted", "quoted"},
                        {"alleged", "alleged"},
                        {"denied", "denied"},
                        {"planned", "planned"},
                        {"conditional", "conditional"},
                        {"possible", "possible"}}}}};

} // namespace

const page_words& english() { return english_words; }

} // namespace vigie::dossier
