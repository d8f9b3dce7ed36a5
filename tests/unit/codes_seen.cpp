// SPDX-License-Identifier: Apache-2.0
// Linked into unit tests with `--wrap` for vigie::fail: every diagnostic that is made is written
// down, without a word about it in the tests.
#include "codes_seen.hpp"

#include "base/diagnostic.hpp"

#define VIGIE_FAIL "_ZN5vigie4failENS_4codeENSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE"

vigie::diagnostic real_fail(vigie::code c, std::string message) __asm__("__real_" VIGIE_FAIL);
vigie::diagnostic noted_fail(vigie::code c, std::string message) __asm__("__wrap_" VIGIE_FAIL);

vigie::diagnostic noted_fail(vigie::code c, std::string message) {
  tests::saw_code(vigie::code_name(c));
  return real_fail(c, std::move(message));
}
