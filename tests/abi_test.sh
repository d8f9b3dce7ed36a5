#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every minor version of the plugin interface keeps its header in sdk/releases. The header in use must be the kept one of
# its version: whoever changes it raises VIGIE_ABI_MINOR and keeps the new header beside the old ones. All of them compile
# as C11 and C++20 without a warning.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

header=sdk/include/vigie/abi.h
number() { sed -n "s/^#define VIGIE_ABI_$1 \([0-9]*\)u.*/\1/p" "$header"; }
kept=sdk/releases/abi-$(number MAJOR).$(number MINOR).h

if [[ ! -f $kept ]]; then
  echo "FAILED: $kept is missing; copy $header there" >&2
  exit 1
fi
if ! diff -u "$kept" "$header"; then
  echo "FAILED: $header changed since its version was kept; raise VIGIE_ABI_MINOR and keep the new header" >&2
  exit 1
fi
for h in sdk/releases/abi-*.h; do
  gcc -std=c11 -Wall -Wextra -pedantic -Werror -fsyntax-only -x c "$h"
  g++ -std=c++20 -Wall -Wextra -Wpedantic -Werror -fsyntax-only -x c++ "$h"
done
echo "interface $(number MAJOR).$(number MINOR) is as kept"
