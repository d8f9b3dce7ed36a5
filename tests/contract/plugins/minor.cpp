// SPDX-License-Identifier: Apache-2.0
// A plugin for another minor of the interface.
#include <vigie/abi.h>

extern "C" VIGIE_EXPORT const vigie_plugin* vigie_entry_0(void);
extern "C" VIGIE_EXPORT const vigie_plugin* vigie_entry_0(void) {
  static const vigie_plugin plugin{sizeof(vigie_plugin),
                                   VIGIE_ABI_MAJOR,
                                   VIGIE_ABI_MINOR + 9,
                                   "minor",
                                   "1",
                                   "",
                                   "MIT-0",
                                   "",
                                   0,
                                   nullptr};
  return &plugin;
}
