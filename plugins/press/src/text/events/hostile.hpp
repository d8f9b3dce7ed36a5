// SPDX-License-Identifier: Apache-2.0
// What the telling makes of a hostile act: what another side says of it accuses, what one's own
// side says of none denies. Inner to find_events. Pure functions, any thread.
#pragma once

#include "events.hpp"

namespace vigie::press {

// Of an event whose modality and speaker are known; `suffers`: told in the passive voice.
void turn_hostile(event& e, bool suffers, std::span<const entity> entities,
                  const reading_rules& rules);

} // namespace vigie::press
