// SPDX-License-Identifier: Apache-2.0
// The components of the plugin `dossier`: findings as pages people read.
#include "timeline.hpp"

VIGIE_PLUGIN("dossier", "0.1.0", "Writes findings as self-contained pages.", "Apache-2.0",
             vigie::dossier::timeline)
