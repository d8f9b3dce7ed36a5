// SPDX-License-Identifier: Apache-2.0
// A plugin for a later major of the interface: another entry symbol.
extern "C" __attribute__((visibility("default"))) const void* vigie_entry_7() { return nullptr; }
