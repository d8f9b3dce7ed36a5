#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Layers include downward only: reads every #include of host, plugins and sdk and prints each that
# points up, sideways or out of its house. Run by CTest and ./dev check. Usage: layers_test.sh
# [ROOT]
set -euo pipefail
export LC_ALL=C
root=${1:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)}
cd "$root"

declare -A rank=([base]=0 [batch]=1 [io]=2 [config]=3 [loader]=3 [observe]=3 [plan]=4 [runs]=5
  [sandbox]=5 [exec]=6 [testing]=7 [cli]=8)
# Libraries that one room alone may see, by the start of their include.
declare -A only_in=([yaml-cpp/]=host/config/ [boost/dll]=host/loader/
  [boost/program_options]=host/cli/)
found=0
looked=0

complain() {
  printf '%s: includes "%s": %s\n' "$1" "$2" "$3"
  found=$((found + 1))
}

# check_host PLACE FILE INCLUDE : layers rank; those of one rank do not see each other.
check_host() {
  local own=${2#host/} other=${3%%/*}
  own=${own%%/*}
  if [[ -z ${rank[$own]:-} ]]; then
    complain "$1" "$3" "host/$own is no known layer; give it a rank in tests/layers_test.sh"
  elif [[ $3 == plugins/* || ($3 == */* && -e plugins/$3 && ! -e host/$3) ]]; then
    complain "$1" "$3" "the host knows no plugin; it meets them through sdk/include/vigie"
  elif [[ $other == "$own" || -z ${rank[$other]:-} || $3 != */* ]]; then
    return 0
  elif [[ ${rank[$other]} -ge ${rank[$own]} ]]; then
    complain "$1" "$3" "layer $own may include only the layers below it, and $other is not below"
  fi
}

# check_plugin PLACE FILE INCLUDE : plugins see <vigie/...>, plugins/common, their own family and
# libraries.
check_plugin() {
  local family=${2#plugins/} other=${3%%/*}
  family=${family%%/*}
  [[ $3 == */* && $other != vigie ]] || return 0
  [[ ! -e $(dirname "$2")/$3 && ! -e plugins/$family/$3 ]] || return 0
  if [[ $other == plugins ]]; then
    other=${3#plugins/}
    other=${other%%/*}
  elif [[ -e host/$3 || $3 == host/* ]]; then
    complain "$1" "$3" "a plugin sees nothing of the host; use <vigie/...>"
    return
  elif [[ ! -d plugins/$other ]]; then
    return 0
  fi
  [[ $other == "$family" || $other == common ]] ||
    complain "$1" "$3" "$family may not use family $other; what both need is for plugins/common"
}

# check_sdk PLACE FILE INCLUDE : the published headers stand alone.
check_sdk() {
  if [[ $3 == host/* || $3 == plugins/* || ($3 == */* && (-e host/$3 || -e plugins/$3)) ]]; then
    complain "$1" "$3" "the SDK stands alone: it includes nothing of host or plugins"
  fi
}

# A path with ../ is resolved first, so that it cannot lead around a rule.
check() {
  local place=$1 file=$2 include=$3 start path
  if [[ $include == *../* ]]; then
    path=$(realpath -ms --relative-to=. "$(dirname "$file")/$include")
    case $path in
    host/*) include=${path#host/} ;;
    plugins/* | sdk/*) include=$path ;;
    *) complain "$place" "$include" "leads out of host, plugins and sdk"; return ;;
    esac
  fi
  for start in "${!only_in[@]}"; do
    [[ $include != "$start"* || $file == "${only_in[$start]}"* || $file == plugins/* ]] ||
      complain "$place" "$include" "only ${only_in[$start]} may include this library"
  done
  "check_${file%%/*}" "$place" "$file" "$include"
}
check_plugins() { check_plugin "$@"; }

pattern='^[[:space:]]*#[[:space:]]*include[[:space:]]*["<]([^">]+)[">]'
while IFS= read -r hit; do
  [[ $hit =~ ^([^:]+):([0-9]+):(.*)$ ]] || continue
  file=${BASH_REMATCH[1]} line=${BASH_REMATCH[2]} text=${BASH_REMATCH[3]}
  [[ $text =~ $pattern ]] || continue
  looked=$((looked + 1))
  check "$file:$line" "$file" "${BASH_REMATCH[1]}"
done < <(find host plugins sdk/include -type f \( -name '*.[ch]pp' -o -name '*.[ch]' \) \
  -print0 2>/dev/null |
  sort -z | xargs -0 -r grep -nHE '^[[:space:]]*#[[:space:]]*include')

if [[ $looked -eq 0 ]]; then
  printf 'no #include was found under %s: wrong folder?\n' "$root"
  exit 1
fi
printf '%d includes looked at, %d against the layers\n' "$looked" "$found"
[[ $found -eq 0 ]]
