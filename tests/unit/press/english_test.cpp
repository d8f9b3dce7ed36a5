// SPDX-License-Identifier: Apache-2.0
// English dates and figures: the same engine as for French, other data.
#include "catch.hpp"
#include "french.hpp"

using namespace vigie::press;
using vigie::press::test::english;

namespace {

// Published on Tuesday 20 May 2014.
const std::optional<civil_day> tuesday = day_of(2014, 5, 20);

struct dated {
  std::string text;
  std::string mention; // empty: none at all
  std::string value;
};

void check_dates(const std::vector<dated>& rows, std::optional<civil_day> anchor) {
  for (const auto& r : rows) {
    const auto found = test::dates_of(r.text, anchor, english());
    INFO(r.text);
    if (r.mention.empty()) {
      CHECK(found.dates.empty());
      continue;
    }
    REQUIRE(found.dates.size() == 1);
    CHECK(found.dates[0].text == r.mention);
    CHECK(found.dates[0].value == r.value);
  }
}

struct counted {
  std::string text;
  std::vector<std::string> told; // "bound value[-high] unit_key"
};

std::vector<std::string> told(const std::vector<figure_mention>& figures) {
  std::vector<std::string> out;
  for (const auto& f : figures) {
    out.push_back(std::string(name_of(f.bound)) + " " + f.value.text() +
                  (f.high ? "-" + f.high->text() : "") + " " +
                  (f.unit_key.empty() ? f.unit : f.unit_key));
  }
  return out;
}

void check_figures(const std::vector<counted>& rows) {
  for (const auto& r : rows) {
    INFO(r.text);
    CHECK(told(test::figures_of(r.text, english())) == r.told);
  }
}

} // namespace

TEST_CASE("English dates are read in every usual form") {
  check_dates(
      {
          {"It closed on 20 May 2014.", "20 May 2014", "2014-05-20"},
          {"It closed on May 20, 2014.", "May 20, 2014", "2014-05-20"},
          {"It closed on Tuesday, May 20, 2014, they said.", "Tuesday, May 20, 2014", "2014-05-20"},
          {"It closed on the 20th of May 2014.", "the 20th of May 2014", "2014-05-20"},
          {"It closed on May 3rd.", "May 3rd", "XXXX-05-03"},
          {"Seen on 2014-05-20.", "2014-05-20", "2014-05-20"},
          {"Seen on 05/20/2014.", "05/20/2014", "2014-05-20"},
          {"Seen on 20/05/2014.", "20/05/2014", "2014-05-20"},
          {"Seen on 05/06/2014.", "05/06/2014", "2014-05-06"},
          {"It began in April 2018.", "April 2018", "2018-04"},
          {"It began in Sept. 2018.", "Sept. 2018", "2018-09"},
          {"It began in 2016.", "2016", "2016"},
          {"It began in late 2016.", "2016", "2016"},
          {"At 3:30 p.m. on May 20, 2014 it closed.", "At 3:30 p.m. on May 20, 2014",
           "2014-05-20T15:30"},
          {"May 20, 2014 at 12:05 p.m.", "May 20, 2014 at 12:05 p.m.", "2014-05-20T12:05"},
          {"May 20, 2014 12:05 AM", "May 20, 2014 12:05 AM", "2014-05-20T00:05"},
      },
      std::nullopt);
}

TEST_CASE("English words that look like dates are none") {
  check_dates({{"It may 20 times fail.", "", ""},
               {"They march 5 kilometres.", "", ""},
               {"The site 1.2.3.4 fell.", "", ""},
               {"Every Monday it fails.", "", ""},
               {"The Sun reported it.", "", ""},
               {"It starts at 3 p.m. sharp.", "", ""},
               {"Some 2014 servers fell.", "", ""}},
              tuesday);
}

TEST_CASE("English dates without a year get it from publication") {
  check_dates(
      {{"On March 19 it began.", "March 19", "2014-03-19"},
       {"On 19 December it began.", "19 December", "2013-12-19"},
       {"between 19 March and 18 May", "between 19 March and 18 May", "2014-03-19/2014-05-18"},
       {"from March 19 to May 18", "from March 19 to May 18", "2014-03-19/2014-05-18"},
       {"May 3-5, 2013", "May 3-5, 2013", "2013-05-03/2013-05-05"}},
      tuesday);
}

TEST_CASE("English days and periods are counted from publication") {
  check_dates({{"On Monday it closed.", "Monday", "2014-05-19"},
               {"It closed last Saturday.", "last Saturday", "2014-05-17"},
               {"It closed last Tuesday.", "last Tuesday", "2014-05-13"},
               {"It closes next Tuesday.", "next Tuesday", "2014-05-27"},
               {"It closed yesterday.", "yesterday", "2014-05-19"},
               {"It closed three days ago.", "three days ago", "2014-05-17"},
               {"It closed a week ago.", "a week ago", "2014-05-12/2014-05-18"},
               {"It closed last month.", "last month", "2014-04"},
               {"Blocked since 2016.", "since 2016", "2016"},
               {"over the past five years", "over the past five years", "2009-05-20/2014-05-20"},
               {"within the next two hours", "within the next two hours", "PT2H"}},
              tuesday);
}

TEST_CASE("English dates without an anchor have a value and no days") {
  check_dates(
      {{"On Wednesday it closed.", "Wednesday", "weekday:wednesday"},
       {"It closed three days ago.", "three days ago", "publication-P3D"},
       {"between 19 March and 18 May", "between 19 March and 18 May", "XXXX-03-19/XXXX-05-18"}},
      std::nullopt);
}

TEST_CASE("vague English times say so") {
  check_dates({{"It recently closed.", "recently", "PAST_REF"},
               {"It will soon close.", "soon", "FUTURE_REF"},
               {"It must close immediately.", "immediately", "FUTURE_REF"},
               {"It is currently closed.", "currently", "PRESENT_REF"},
               {"It has been closed for a long time.", "for a long time", "PX"},
               {"It closed several weeks later.", "several weeks later", "PX"},
               {"It may close in the future.", "in the future", "FUTURE_REF"}},
              tuesday);
}

TEST_CASE("English figures have value, bound and unit") {
  check_figures({
      {"The police took 2,077 servers.", {"exact 2077 servers"}},
      {"They ran 1.18 million host computers.", {"exact 1180000 hosts"}},
      {"He found at least 300 million messages.", {"lower 300000000 messages"}},
      {"Some 60 people came.", {"approx 60 persons"}},
      {"About two dozen officers came.", {"approx 24 persons"}},
      {"A dozen officers came.", {"approx 12 persons"}},
      {"Up to 40 percent of users left.", {"upper 40 percent"}},
      {"It moved to 17 remote police servers.", {"exact 17 servers"}},
      {"It named five Chinese military officers.", {"exact 5 persons"}},
      {"Half a million users left.", {"exact 500000 persons"}},
      {"Two and a half million users left.", {"exact 2500000 persons"}},
      {"Three hundred and sixty-four million records leaked.", {"exact 364000000 records"}},
      {"They paid $3.5 billion.", {"exact 3500000000 dollars"}},
      {"They paid more than US$20 million.", {"lower 20000000 dollars"}},
      {"Between 10 and 20 servers fell.", {"range 10-20 servers"}},
      {"Two or three servers fell.", {"range 2-3 servers"}},
      {"It hit 300 computer users.", {"exact 300 persons"}},
      {"It has 12 U.S.-based servers.", {"exact 12 servers"}},
  });
}

TEST_CASE("English numbers that count nothing are no figures") {
  check_figures({{"He has an iPhone 6.", {}},
                 {"Article 13 says so.", {}},
                 {"In 2016 it closed.", {}},
                 {"Call 555 12 34 56 now.", {}},
                 {"It closed at 3:30 p.m. yesterday.", {}},
                 {"The two regulators met.", {}},
                 {"A server fell.", {}},
                 {"They won 3-2 at home.", {}},
                 {"One of them said so.", {}}});
}

TEST_CASE("English verbs of the future move the days behind them") {
  check_dates(
      {
          {"The ministers will meet on 4 September.", "4 September", "2014-09-04"},
          {"The exams would end on 13 June.", "13 June", "2014-06-13"},
          {"It would not comment on 13 May.", "13 May", "2014-05-13"},
          {"Officials would not comment on Thursday.", "Thursday", "2014-05-15"},
          {"The court will sit on Thursday.", "Thursday", "2014-05-22"},
          {"It will close, it said on Thursday.", "Thursday", "2014-05-15"},
          {"They met on 4 September.", "4 September", "2013-09-04"},
          {"The ban holds until 2 June.", "until 2 June", "2014-06-02"},
          {"In May it was quiet.", "May", "2014-05"},
      },
      tuesday);
}

TEST_CASE("a word of time inside a name is no date") {
  check_dates(
      {
          {"The campaigners of Access Now protested.", "", ""},
          {"Russia Today reported it.", "", ""},
          {"Now the site is closed.", "Now", "PRESENT_REF"},
          {"The site is closed now.", "now", "PRESENT_REF"},
          {"It is closed. Today it opened.", "Today", "2014-05-20"},
      },
      tuesday);
}

TEST_CASE("English lengths of time, seasons, quarters and months to come") {
  check_dates({{"It was cut off for twelve months.", "for twelve months", "P12M"},
               {"The cut lasted 36 days.", "36 days", "P36D"},
               {"Firms have 72 hours to report it.", "72 hours", "PT72H"},
               {"a two-week suspension", "two-week", "P2W"},
               {"It lasted for a week.", "for a week", "P1W"},
               {"It cost $4 million a day.", "", ""},
               {"a 36-year-old man", "", ""},
               {"He faces up to 20 years in prison.", "", ""},
               {"open 24 hours a day", "", ""},
               {"It asks every two hours.", "", ""},
               {"They meet next October.", "next October", "2014-10"},
               {"They met last October.", "last October", "2013-10"},
               {"They meet next May.", "next May", "2015-05"},
               {"from the summer of 2018", "summer of 2018", "2018-SU"},
               {"last summer", "last summer", "2013-SU"},
               {"the first half of 2019", "first half of 2019", "2019-H1"},
               {"in the third quarter of 2020", "the third quarter of 2020", "2020-Q3"},
               {"in Q3 2020", "Q3 2020", "2020-Q3"},
               {"in the 1990s", "the 1990s", "199"},
               {"between 3 and 9 May", "between 3 and 9 May", "2014-05-03/2014-05-09"},
               {"3-9 May 2013", "3-9 May 2013", "2013-05-03/2013-05-09"},
               {"over the weekend", "over the weekend", "2014-05-17/2014-05-18"},
               {"at 14:00 GMT on Monday", "at 14:00 GMT on Monday", "2014-05-19T14:00"},
               {"the 2016 election", "2016", "2016"},
               {"the 2016 law", "2016", "2016"},
               {"the 2000 villagers", "", ""},
               {"Fall 2019 was quiet.", "Fall 2019", "2019-FA"},
               {"Fall 2019 times.", "", ""}},
              tuesday);
}

TEST_CASE("English numbers that count what was counted before") {
  check_figures({
      {"by 312 votes to 104", {"exact 312 votes", "exact 104 votes"}},
      {"by 312 votes to 104, with 12 abstentions",
       {"exact 312 votes", "exact 104 votes", "exact 12 votes"}},
      {"64 attacks, up from 40 a year earlier", {"exact 64 attacks", "exact 40 attacks"}},
      {"64 attacks, compared with 41 last year", {"exact 64 attacks", "exact 41 attacks"}},
      {"The number of blocked sites rose from 40 to 65.", {"exact 40 sites", "exact 65 sites"}},
      {"The number of attacks rose to 64.", {"exact 64 attacks"}},
      {"300 accounts were closed, including 12 in Lagos",
       {"exact 300 accounts", "exact 12 accounts"}},
      {"300 accounts were closed and 12 of them restored",
       {"exact 300 accounts", "exact 12 accounts"}},
      {"10-20 servers", {"range 10-20 servers"}},
      {"half a dozen servers", {"exact 6 servers"}},
      {"a little over 20 servers", {"lower 20 servers"}},
      {"just shy of 20 servers", {"approx 20 servers"}},
      {"12,000 routers", {"exact 12000 hosts"}},
      {"from 40", {}},
      {"64 attacks from Room 40", {"exact 64 attacks"}},
      {"64 attacks to 2 agents", {"exact 64 attacks", "exact 2 persons"}},
      {"64 attacks, versus 2014", {"exact 64 attacks"}},
      {"they lost 3-1 to 12 players", {"exact 12 persons"}},
      {"one in five pupils", {}},
      {"nearly two thirds of the 900 schools", {"exact 900 organisations"}},
      {"four of the men", {"exact 4 persons"}},
  });
}
