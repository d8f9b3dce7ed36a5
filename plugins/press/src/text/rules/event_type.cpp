// SPDX-License-Identifier: Apache-2.0
#include "event_type.hpp"

#include "flags.hpp"
#include "verb_forms.hpp"

namespace vigie::press {
namespace {

constexpr std::array<flag<event_type>, 8> flags{{{"measurable", &event_type::measurable},
                                                 {"home", &event_type::home},
                                                 {"duties", &event_type::duties},
                                                 {"hostile", &event_type::hostile},
                                                 {"content", &event_type::content},
                                                 {"addressed", &event_type::addressed},
                                                 {"ordered", &event_type::ordered},
                                                 {"both", &event_type::both}}};

// The names between bars; 0 where one is none.
name_types read_types(std::string_view list) {
  name_types out = 0;
  for (const std::string_view name : split_field(list, '|')) {
    const auto at = std::ranges::find(type_names, name);
    if (at == type_names.end()) return 0;
    out |= 1u << static_cast<unsigned>(at - type_names.begin());
  }
  return out;
}

} // namespace

std::string_view name_of(name_type type) { return type_names[static_cast<std::size_t>(type)]; }

std::string read_marks(std::string_view marks, event_type& type) {
  for (const std::string_view mark : split_field(marks, ' ')) {
    if (mark.empty()) continue;
    if (mark.starts_with("by=") || mark.starts_with("to=")) {
      name_types& side = mark[0] == 'b' ? type.by : type.to;
      side = read_types(mark.substr(3));
      if (side == 0)
        return "'" + std::string(mark) +
               "' names no types; expected person, org, place, service, media, technology, product "
               "and group between bars";
      continue;
    }
    if (!turn_on(flags, mark, type))
      return "unknown mark '" + std::string(mark) + "' of an event type";
  }
  if (type.both && (type.by == 0 || type.to == 0))
    return "'both' needs by= and to=, the kinds of names on its two sides";
  return {};
}

} // namespace vigie::press
