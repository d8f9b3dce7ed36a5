// SPDX-License-Identifier: Apache-2.0
// The words that rules files use for classes of small words and for marks, and what they turn on.
// Inner to reading_rules; constants, any thread.
#pragma once

#include "flags.hpp"
#include "reading_rules.hpp"

namespace vigie::press {

inline constexpr std::array<std::pair<std::string_view, small_bits>, 44> small_words{{
    {"article", small_word::article},
    {"of", small_word::of},
    {"link", small_word::link},
    {"locative", small_word::locative},
    {"agent", small_word::agent},
    {"against", small_word::against},
    {"relative", small_word::relative},
    {"that", small_word::that},
    {"no", small_word::no},
    {"conjunction", small_word::conjunction},
    {"according", small_word::according},
    {"pronoun", small_word::pronoun},
    {"count", small_word::count},
    {"condition", small_word::condition},
    {"be", small_word::be},
    {"have", small_word::have},
    {"verb", small_word::verb},
    {"demonstrative", small_word::demonstrative},
    {"definite", small_word::definite},
    {"employer", small_word::employer},
    {"possessive", small_word::possessive},
    {"dative", small_word::dative},
    {"without", small_word::without},
    {"capitalised", small_word::capitalised},
    {"inside", small_word::inside},
    {"town", small_word::town},
    {"situated", small_word::situated},
    {"about", small_word::about},
    {"person_pronoun", small_word::person_pronoun},
    {"thing_pronoun", small_word::thing_pronoun},
    {"masculine", small_word::masculine},
    {"feminine", small_word::feminine},
    {"reader", small_word::reader},
    {"opener", small_word::opener},
    {"plural_pronoun", small_word::plural_pronoun},
    {"before_infinitive", small_word::before_infinitive},
    {"suffering", small_word::suffering},
    {"person_relative", small_word::person_relative},
    {"object_pronoun", small_word::object_pronoun},
    {"first_person", small_word::first_person},
    {"stressed_pronoun", small_word::stressed_pronoun},
    {"called", small_word::called},
    {"thing_relative", small_word::thing_relative},
    {"indefinite", small_word::indefinite},
}};

inline constexpr std::array<flag<event_frame>, 8> frame_flags{{
    {"named", &event_frame::named},
    {"swap", &event_frame::swap},
    {"mutual", &event_frame::mutual},
    {"of_actor", &event_frame::of_actor},
    {"weak", &event_frame::weak},
    {"sides", &event_frame::sides},
    {"coming", &event_frame::coming},
    {"laid", &event_frame::laid},
}};

} // namespace vigie::press
