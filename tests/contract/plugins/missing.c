/* SPDX-License-Identifier: Apache-2.0
 * Needs a library that cannot be found. */
int from_far(void);
const void* vigie_entry_0(void);
__attribute__((visibility("default"))) const void* vigie_entry_0(void) {
  return from_far() ? "" : (const char*)0;
}
