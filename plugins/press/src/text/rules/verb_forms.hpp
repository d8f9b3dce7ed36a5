// SPDX-License-Identifier: Apache-2.0
// The forms of verbs as the data files write them: paradigms of endings, and verbs such as
// `mena+cer`, `+mettre hors service` or, with the pronoun that goes with the subject,
// `~entre+tenir`. Used by reading_rules while it reads; values, one thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::press {

// Moods of verb forms, as bits.
namespace mood {
inline constexpr std::uint8_t infinitive = 1, finite = 2, participle = 4, gerund = 8, future = 16,
                              conditional = 32;
} // namespace mood

// A form with the moods it has where the text ends it without an accent, and with one.
struct verb_form {
  std::string text;
  std::uint8_t plain = 0, accented = 0;
  bool alone = false; // a single word, without words before or behind the verb
};

[[nodiscard]] std::vector<std::string_view> split_field(std::string_view text, char by);

// Whether the last letter of the text bears an accent.
[[nodiscard]] bool ends_with_accent(std::string_view text);

class verb_forms {
public:
  // "fin:e,ent part:é"; false where it is not mood:ending,ending.
  [[nodiscard]] bool add_paradigm(std::string_view name, std::string_view endings);
  // The words of a mood in front of a reflexive verb's participle ("s'est"); `-` in place of a
  // mood: in front of its simple forms ("se"). False for an unknown mood.
  [[nodiscard]] bool add_reflexive(std::string_view mood_name, std::string_view words);

  // All forms of "before stem+paradigm behind", nothing and a message where it cannot be read.
  [[nodiscard]] std::optional<std::vector<verb_form>> forms_of(std::string_view expression,
                                                               std::string& problem) const;

private:
  struct ending {
    std::string text;
    std::uint8_t moods = 0;
  };
  struct auxiliary {
    std::string words;
    std::uint8_t moods = 0;
  };

  std::map<std::string, std::vector<ending>, std::less<>> paradigms_;
  std::vector<std::string> pronouns_;
  std::vector<auxiliary> auxiliaries_;
};

} // namespace vigie::press
