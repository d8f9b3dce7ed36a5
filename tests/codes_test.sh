#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every code of the table was made to happen by some test: reads what the tests wrote down (see
# unit/codes_seen.hpp) and prints each code that is missing. Run by CTest behind all others. Usage:
# codes_test.sh FOLDER [TABLE]
set -euo pipefail
export LC_ALL=C
folder=$1
table=${2:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)/host/base/codes.def}

[[ -d $folder ]] || {
  printf 'nothing was written down in %s: run the whole suite\n' "$folder"
  exit 1
}
seen=$(cat "$folder"/*.txt | sort -u)
missing=0
all=0
while read -r number name; do
  all=$((all + 1))
  code=$(printf 'V%04d' "$number")
  grep -qx "$code" <<<"$seen" && continue
  printf '%s %s\n' "$code" "$name"
  missing=$((missing + 1))
done < <(sed -nE 's/^VIGIE_CODE\(([0-9]+), ([a-z_0-9]+),.*/\1 \2/p' "$table")
printf '%d codes, %d never seen\n' "$all" "$missing"
[[ $all -gt 0 && $missing -eq 0 ]]
