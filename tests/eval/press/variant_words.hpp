// SPDX-License-Identifier: Apache-2.0
// What variants put in the place of names and words of pages: others of the same form, which the
// language data know as well. Tables of constants, for variants.cpp alone.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace vigie::press::eval {

using renaming = std::vector<std::pair<std::string, std::string>>;
using worded_numbers = std::vector<std::pair<std::string, double>>;

// Of the same form: as many words, the same gender, the same kind of first letter (French elides).
inline const renaming services{{"Telegram", "Skype"}, {"WhatsApp", "Viber"},
                               {"YouTube", "TikTok"}, {"Facebook", "LinkedIn"},
                               {"Instagram", "Imo"},  {"Signal", "Telegram"}};
inline const renaming lieux{{"Moscou", "Tokyo"},  {"Pékin", "Berlin"},   {"Minsk", "Bakou"},
                            {"Téhéran", "Dakar"}, {"Cameroun", "Tchad"}, {"Ankara", "Athènes"}};
inline const renaming places{
    {"Moscow", "Tokyo"},    {"Minsk", "Baku"},         {"Tashkent", "Dakar"}, {"Iraq", "Chad"},
    {"Vietnam", "Tunisia"}, {"Singapore", "Malaysia"}, {"Belarus", "Moldova"}};
inline const renaming outlets{{"Reuters", "Bloomberg"},
                              {"AFP", "Reuters"},
                              {"Xinhua", "TASS"},
                              {"Global Times", "Daily Mail"}};
inline const renaming organisations{{"NetBlocks", "Cloudflare"}, {"Apple", "Oracle"}};
inline const std::array<std::string, 8> surnames{"Dolvin",   "Tassard", "Salmeyer",  "Lommel",
                                                 "Brevigne", "Korvald", "Pellardin", "Ostrey"};
inline const std::vector<std::string> mois{"janvier",   "février", "mars",     "avril",
                                           "mai",       "juin",    "juillet",  "août",
                                           "septembre", "octobre", "novembre", "décembre"};
inline const std::vector<std::string> month_names{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};
inline const std::array<std::string, 7> jours{"lundi",    "mardi",  "mercredi", "jeudi",
                                              "vendredi", "samedi", "dimanche"};
inline const std::array<std::string, 7> day_names{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                  "Friday", "Saturday", "Sunday"};
inline const std::vector<worded_numbers> nombres{
    {{"deux", 2}, {"trois", 3}, {"quatre", 4}, {"cinq", 5}, {"sept", 7}},
    {{"Deux", 2}, {"Trois", 3}, {"Quatre", 4}, {"Cinq", 5}, {"Sept", 7}},
    {{"dizaine", 10},
     {"douzaine", 12},
     {"vingtaine", 20},
     {"trentaine", 30},
     {"cinquantaine", 50},
     {"soixantaine", 60}}};
inline const std::vector<worded_numbers> number_names{
    {{"two", 2}, {"three", 3}, {"four", 4}, {"five", 5}, {"six", 6}, {"seven", 7}},
    {{"Two", 2}, {"Three", 3}, {"Four", 4}, {"Five", 5}, {"Six", 6}, {"Seven", 7}}};

} // namespace vigie::press::eval
