// SPDX-License-Identifier: Apache-2.0
#include "unit_kinds.hpp"

#include <algorithm>
#include <array>

namespace vigie::press {
namespace {

// Both in the order of bytes.
constexpr std::array<std::string_view, 52> money{
    "afghanis", "ariarys", "baht",     "birr",    "bitcoins",  "bolivars", "cedis",    "cents",
    "dinars",   "dirhams", "dollars",  "dong",    "drams",     "ethers",   "euros",    "forints",
    "francs",   "gourdes", "hryvnias", "kopecks", "korunas",   "kronor",   "kwachas",  "kyats",
    "laris",    "lei",     "leones",   "leva",    "liras",     "manats",   "meticais", "naira",
    "paise",    "pence",   "pesos",    "pounds",  "rand",      "reais",    "rials",    "ringgit",
    "roubles",  "rupees",  "rupiah",   "shekels", "shillings", "soms",     "takas",    "tenges",
    "won",      "yen",     "yuan",     "zlotys"};
constexpr std::array<std::string_view, 44> measures{"acres",     "bits",
                                                    "bytes",     "centimetres",
                                                    "centuries", "days",
                                                    "decades",   "degrees",
                                                    "digits",    "exabytes",
                                                    "feet",      "gigabits",
                                                    "gigabytes", "gigawatts",
                                                    "hectares",  "hours",
                                                    "kilobits",  "kilobytes",
                                                    "kilograms", "kilometres",
                                                    "kilowatts", "litres",
                                                    "megabits",  "megabytes",
                                                    "megawatts", "metres",
                                                    "miles",     "milliseconds",
                                                    "minutes",   "months",
                                                    "nights",    "packets",
                                                    "percent",   "percentage_points",
                                                    "petabytes", "requests",
                                                    "seconds",   "terabits",
                                                    "terabytes", "times",
                                                    "tonnes",    "watts",
                                                    "weeks",     "years"};
static_assert(std::ranges::is_sorted(money) && std::ranges::is_sorted(measures));

} // namespace

unit_kind kind_of_unit(std::string_view key) {
  if (std::ranges::binary_search(money, key)) return unit_kind::money;
  return std::ranges::binary_search(measures, key) ? unit_kind::measure : unit_kind::thing;
}

} // namespace vigie::press
