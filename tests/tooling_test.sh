#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Tests of ./dev and of the two rule scripts, on small trees made here; apt, cmake and ctest are
# stand-ins that write down how they were called, so nothing is installed or built. Run by CTest.
# Usage: tooling_test.sh [ROOT]
set -uo pipefail
export LC_ALL=C VIGIE_JOBS=1 NO_COLOR=1
unset VIGIE_NO_INSTALL
root=${1:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
count=0

# expect STATUS TEXT NAME COMMAND... : the exit status, and TEXT somewhere in the output ('' for
# any).
expect() {
  local status=$1 text=$2 name=$3 got=0 output
  shift 3
  count=$((count + 1))
  output=$("$@" 2>&1) || got=$?
  if [[ $got -ne $status || $output != *"$text"* ]]; then
    printf 'not ok: %s\n  wanted exit %s and "%s", got exit %s and:\n%s\n' \
      "$name" "$status" "$text" "$got" "$output"
    failures=$((failures + 1))
  fi
}

# lacks TEXT NAME COMMAND... : TEXT is nowhere in the output.
lacks() {
  local text=$1 name=$2 output
  shift 2
  count=$((count + 1))
  output=$("$@" 2>&1) || true
  if [[ $output == *"$text"* ]]; then
    printf 'not ok: %s\n  "%s" stands in:\n%s\n' "$name" "$text" "$output"
    failures=$((failures + 1))
  fi
}

# file PATH LINE... : a file of the lines below $work.
file() {
  mkdir -p "$(dirname "$work/$1")"
  printf '%s\n' "${@:2}" >"$work/$1"
}

test_layers() {
  local layers="$root/tests/layers_test.sh"
  expect 1 "wrong folder" "an empty tree does not pass as clean" bash "$layers" "$work"
  file good/host/base/a.hpp '#include "b.hpp"' '#include <string>'
  file good/host/io/c.cpp '#include "base/a.hpp"' '#include "io/c.hpp"'
  file good/plugins/press/src/p.cpp '#include <vigie/plugin.hpp>' \
    '#include "common/text/t.hpp"' '#include "own/q.hpp"'
  file good/plugins/press/src/own/q.hpp '#include "../p.hpp"'
  file good/plugins/common/text/t.hpp '#include <string>'
  expect 0 "against" "includes that point down pass" bash "$layers" "$work/good"
  file up/host/base/a.cpp '#include "io/c.hpp"'
  expect 1 "host/base/a.cpp:1" "an include that points up is found" bash "$layers" "$work/up"
  file side/host/config/a.cpp '' '#  include <observe/log.hpp>'
  expect 1 "host/config/a.cpp:2" "layers of one rank do not see each other" \
    bash "$layers" "$work/side"
  file dots/host/base/a.cpp '#include "../io/c.hpp"'
  expect 1 "not below" "a path with dots does not lead around the rule" bash "$layers" "$work/dots"
  file out/host/base/a.cpp '#include "../../tests/unit/catch.hpp"'
  expect 1 "leads out" "an include that leaves the house is found" bash "$layers" "$work/out"
  file new/host/attic/a.cpp '#include <string>'
  expect 1 "no known layer" "a layer without a rank is found" bash "$layers" "$work/new"
  file yaml/host/plan/a.cpp '#include <yaml-cpp/yaml.h>'
  expect 1 "only host/config/" "a library outside its room is found" bash "$layers" "$work/yaml"
  file door/host/base/a.hpp ''
  file door/plugins/core/src/p.cpp '#include "base/a.hpp"'
  expect 1 "nothing of the host" "a plugin that looks into the host is found" \
    bash "$layers" "$work/door"
  file kin/plugins/tls/src/t.hpp ''
  file kin/plugins/press/src/p.cpp '#include "tls/src/t.hpp"'
  expect 1 "may not use family tls" "a family that uses another is found" bash "$layers" "$work/kin"
  file sdk/sdk/include/vigie/a.h '#include "base/a.hpp"'
  file sdk/host/base/a.hpp '#include <string>'
  expect 1 "stands alone" "an SDK header that needs the host is found" bash "$layers" "$work/sdk"
}

test_sources() {
  local sources="$root/tests/sources_test.sh" later='TO''DO'
  file clean/a.cpp '// SPDX-License-Identifier: Apache-2.0'
  file clean/b.sh '#!/bin/sh' '# SPDX-License-Identifier: Apache-2.0'
  file clean/sdk/c.h '/* SPDX-License-Identifier: MIT-0 */'
  file clean/build/generated.cpp 'int x;'
  expect 0 "3 sources" "licensed sources pass, the build folder is not read" \
    bash "$sources" "$work/clean"
  file bare/a.cpp '#include <string>' '// SPDX-License-Identifier: Apache-2.0'
  expect 1 "a.cpp:1" "a licence below the first line is not enough" bash "$sources" "$work/bare"
  file free/host/c.h '// SPDX-License-Identifier: MIT-0'
  expect 1 "MIT-0" "the SDK's licence outside the SDK is found" bash "$sources" "$work/free"
  file later/a.cpp '// SPDX-License-Identifier: Apache-2.0' "// $later: more"
  expect 1 "a.cpp:2" "a comment that puts work off is found" bash "$sources" "$work/later"
  file later/a.cpp '// SPDX-License-Identifier: Apache-2.0' "int ${later}S;"
  expect 0 "" "a longer word is no such comment" bash "$sources" "$work/later"
  file crlf/a.cpp $'// SPDX-License-Identifier: Apache-2.0\r'
  expect 1 "carriage" "carriage returns are found" bash "$sources" "$work/crlf"
}

test_usage() {
  local command
  expect 0 "./dev COMMAND" "alone it prints the list" "$root/dev"
  for command in deps build demo test check bench eval format tidy docs; do
    expect 0 "./dev $command" "$command has a help" "$root/dev" "$command" --help
  done
  expect 2 "no command 'tset'" "an unknown command is refused" "$root/dev" tset
  expect 2 "VIGIE_JOBS" "a number of jobs that is none is refused" env VIGIE_JOBS=many "$root/dev"
  expect 2 "'-3'" "a negative time is refused" "$root/dev" test --long --within -3
  expect 2 "goes with --long" "a time without --long is refused" "$root/dev" test --within 3
  expect 2 "no option" "an unknown option is refused" "$root/dev" test --lnog
  expect 2 "no preset" "an unknown preset is refused" "$root/dev" build ../x
  expect 2 "no group" "an unknown group is refused" "$root/dev" deps everything
  expect 0 "" "each row of the package table has its four columns" \
    awk '!/^#/ && NF && NF != 4 { bad = 1 } END { exit bad }' "$root/cmake/packages/apt.txt"
}

# stand_in NAME LINE... : a program that notes its arguments in calls.txt and then does LINE...
stand_in() {
  # shellcheck disable=SC2016 # expanded when the stand-in runs
  file "bin/$1" '#!/usr/bin/env bash' 'printf "%s" "${0##*/}" >>"$calls"' \
    'printf " <%s>" "$@" >>"$calls"; echo >>"$calls"' "${@:2}"
  chmod +x "$work/bin/$1"
}

# shellcheck disable=SC2016 # expanded when the stand-ins run
make_stand_ins() {
  export calls="$work/calls.txt"
  stand_in apt-get '[[ " $* " != *" install "* ]] || touch "$installed"'
  stand_in dpkg-query 'for name in "${@:4}"; do' \
    '  [[ $name == catch2 && ! -e $installed ]] || echo "ii  $name"; done'
  stand_in sudo '[[ $1 != -n ]] || shift' '"$@"'
  stand_in cmake '[[ $1 == --preset ]] || exit 0' 'last=${!#} d=build/$2' \
    'mkdir -p "$d/bin" "$d/Testing/Temporary"; touch "$d/build.ninja"' \
    'echo "VIGIE_TESTS:BOOL=${last##*=}" >"$d/CMakeCache.txt"' \
    'echo "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" >>"$d/CMakeCache.txt"' \
    'cp "$stand_in_vigie" "$d/bin/vigie"'
  stand_in c++ 'echo "${gcc_release:-12}"'
  stand_in ctest 'log=build/$2/Testing/Temporary/LastTest.log' \
    'printf "1/2 Testing: one\nCommand: \"SKIPPED: not this\"\n" >"$log"' \
    'echo "SKIPPED: the shared data are absent" >>"$log"' \
    'echo "1/2 Test #1: one ....   Passed    0.00 sec"' \
    'echo "2/2 Test #2: two ....***Skipped   0.00 sec"' \
    'echo "100% tests passed, 0 tests failed out of 2"; exit "${ctest_status:-0}"'
  stand_in vigie 'mkdir -p out/press-timeline; echo "the table" >out/press-timeline/timeline.txt'
  export installed="$work/installed" stand_in_vigie="$work/bin/vigie" PATH="$work/bin:$PATH"
}

test_flow() {
  local tree="$work/a tree" dev="$work/a tree/dev"
  make_stand_ins
  mkdir -p "$tree/cmake" "$work/a caller"
  cp "$root/dev" "$root/CMakePresets.json" "$tree/"
  cp -r "$root/cmake/packages" "$tree/cmake/"
  cd "$work/a caller" || exit 1
  expect 0 "the table" "the demo ends with the table" "$dev" demo 'my pages/*.txt'
  expect 0 "$work/a caller/out/press-timeline/timeline.html" \
    "and the paths, in the caller's folder" "$dev" demo
  expect 0 "-DVIGIE_TESTS=OFF" "it builds no tests" cat "$calls"
  expect 0 "<--target> <vigie_product>" "but the product" cat "$calls"
  expect 0 "<--set> <pages=my pages/*.txt>" "a pattern goes to the pipeline as it is" cat "$calls"
  lacks "apt-get" "and what is there is not installed again" cat "$calls"
  "$dev" demo 'a "b".txt' 'c\d.txt' >/dev/null 2>&1
  expect 0 '<pages=["a \"b\".txt", "c\\d.txt"]>' "several patterns become a list" cat "$calls"
  : >"$calls"
  expect 0 "Installing with apt: catch2" "the tests need one package more and it says so" \
    "$dev" test
  expect 0 "<install> <-y> <--no-install-recommends> <catch2>" \
    "only what is missing is installed" cat "$calls"
  expect 0 "-DVIGIE_TESTS=ON" "the same folder is configured with tests" cat "$calls"
  : >"$calls"
  expect 0 "100% tests passed" "a second call" "$dev" test -- -R 'one two'
  lacks "apt-get" "installs nothing" cat "$calls"
  lacks "--preset> <release> <-D" "configures nothing" cat "$calls"
  expect 0 "<-R> <one two>" "options for CTest arrive whole" cat "$calls"
  expect 0 $'one: the shared data are absent\ntwo: no reason printed' \
    "skips of both kinds are listed" cat "$tree/build/release/skipped.txt"
  lacks "not this" "a skip in a test's command line is none" cat "$tree/build/release/skipped.txt"
  "$dev" demo >/dev/null 2>&1
  lacks "-DVIGIE_TESTS=OFF" "a demo after the tests keeps their build" cat "$calls"
  expect 1 "1 of the stages failed" "a failing CTest fails the command" \
    env ctest_status=8 "$dev" test
  echo 900 >"$tree/build/release/.seconds.build"
  expect 0 "left out: thread sanitizer: needs about" "what does not fit the time is named" \
    "$dev" test --long --within 60
  lacks "AS_ERRORS=OFF" "the reference compiler's warnings stay errors" cat "$calls"
  touch "$tree/CMakePresets.json"
  expect 0 "are no errors" "another compiler's do not, and it says so" \
    env gcc_release=14 "$dev" test
  expect 0 "AS_ERRORS=OFF" "which CMake is told" cat "$calls"
  mv "$tree" "$work/moved tree"
  : >"$calls"
  expect 0 "100% tests passed" "a checkout that was moved" "$work/moved tree/dev" test
  expect 0 "<--fresh>" "is configured afresh" cat "$calls"
}

test_layers
test_sources
test_usage
test_flow
printf '%d expectations, %d not met\n' "$count" "$failures"
[[ $failures -eq 0 ]]
