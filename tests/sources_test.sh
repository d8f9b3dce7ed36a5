#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Rules on every source: a licence line on top (MIT-0 only in the SDK), nothing left to be done
# later in a comment, no carriage returns. Run by CTest and ./dev check. Usage: sources_test.sh
# [ROOT]
set -euo pipefail
export LC_ALL=C
root=${1:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)}
cd "$root"
found=0
looked=0

complain() {
  printf '%s: %s\n' "$1" "$2"
  found=$((found + 1))
}

# The licence line is the first line, or the second below #!.
check_licence() {
  local file=$1 head licence
  head=$(head -n 2 -- "$file" | tr -d '\0')
  [[ $head == '#!'* ]] && head=${head#*$'\n'}
  head=${head%%$'\n'*}
  [[ $head =~ SPDX-License-Identifier:\ ([A-Za-z0-9.-]+) ]] || {
    complain "$file:1" "no SPDX-License-Identifier on the first line (the second below #!)"
    return
  }
  licence=${BASH_REMATCH[1]}
  [[ $licence == Apache-2.0 || ($licence == MIT-0 && $file == sdk/*) ]] ||
    complain "$file:1" "licence '$licence': Apache-2.0 is used, and MIT-0 in sdk/"
}

check_text() {
  local hit
  while IFS= read -r hit; do
    complain "$1:${hit%%:*}" "$2"
  done < <(grep -nE -- "$3" "$1" || true)
}

later='\b(TO''DO|FIX''ME)\b'
while IFS= read -r -d '' file; do
  file=${file#./}
  looked=$((looked + 1))
  check_licence "$file"
  check_text "$file" "says that something is left to be done: do it, or open an issue" "$later"
  check_text "$file" "ends with a carriage return" $'\r$'
done < <(find . \( -path ./.git -o -path ./build -o -path ./out -o -path ./.cache \) -prune -o \
  -type f \( -name '*.[ch]pp' -o -name '*.[ch]' -o -name '*.def' -o -name '*.cmake' \
  -o -name CMakeLists.txt -o -name '*.sh' -o -name '*.py' -o -path ./dev -o -path ./.ci/run \) \
  -print0 | sort -z)

if [[ $looked -eq 0 ]]; then
  printf 'no source was found under %s: wrong folder?\n' "$root"
  exit 1
fi
printf '%d sources looked at, %d against the rules\n' "$looked" "$found"
[[ $found -eq 0 ]]
