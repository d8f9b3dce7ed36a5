/* SPDX-License-Identifier: Apache-2.0
 * A library that will not be there when the plugin is loaded. */
int from_far(void);
int from_far(void) { return 1; }
