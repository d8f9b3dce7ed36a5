#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The documentation tells the truth: its pipelines run, its plugins build outside this checkout against an installed SDK, and
# its commands print what the pages say they print.
#   docs_test.sh BUILD_FOLDER [PAGE...]
# A code block is tested where an HTML comment stands right before it:
#   <!-- test: file NAME -->      written as NAME to the page's folder
#   <!-- test: run -->            its `$ ` lines are run there; what they print must match, `...` stands for anything
#   <!-- test: pipeline NAME -->  written as NAME.yaml beside docs/write/data, checked, run and tested
#   <!-- test: ours FILE -->      a pipeline, whose one output must be data/expected/FILE, or whose outputs those of that folder
#   <!-- test: peer NAME FILE --> commands (of duckdb a query) that must print data/expected/FILE; left out where there is no NAME
# A folder data/ beside a page is there for its blocks, too. DuckDB is the node module below the lab folder VIGIE_PEERS.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
build=$(cd "$1" && pwd -P)
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
blocks=0
left_out=0

fail() {
  printf 'FAILED %s: %s\n' "$1" "$2" >&2
  failures=$((failures + 1))
}

# matches EXPECTED ACTUAL: line by line; a line `...` stands for any lines, `...` inside a line for any text.
matches() {
  local -a want have
  mapfile -t want <"$1"
  mapfile -t have <"$2"
  local w=0 h=0 pattern
  while ((w < ${#want[@]})); do
    if [[ ${want[w]} == ... ]]; then
      w=$((w + 1))
      ((w < ${#want[@]})) || return 0
      pattern=$(glob_of "${want[w]}")
      # shellcheck disable=SC2053 # the pattern is one
      while ((h < ${#have[@]})) && [[ ${have[h]} != $pattern ]]; do h=$((h + 1)); done
      continue
    fi
    pattern=$(glob_of "${want[w]}")
    # shellcheck disable=SC2053
    ((h < ${#have[@]})) && [[ ${have[h]} == $pattern ]] || return 1
    w=$((w + 1)) h=$((h + 1))
  done
  ((h == ${#have[@]}))
}

glob_of() { sed -e 's/[][*?\\]/\\&/g' -e 's/\.\.\./*/g' <<<"$1"; }

# run_command PAGE COMMAND EXPECTED_FILE: in the folder and shell of the page.
run_command() {
  local said="$work/said"
  eval "$2" >"$said" 2>&1 </dev/null || true
  if ! matches "$3" "$said"; then
    fail "$1" "\`$2\` printed"
    sed 's/^/  | /' "$said" >&2
  fi
}

run_block() { # PAGE BLOCK_FILE
  local line command='' expected="$work/expected"
  : >"$expected"
  while IFS= read -r line; do
    if [[ $line == '$ '* ]]; then
      [[ -z $command ]] || run_command "$1" "$command" "$expected"
      command=${line#\$ }
      : >"$expected"
    else
      printf '%s\n' "$line" >>"$expected"
    fi
  done <"$2"
  [[ -z $command ]] || run_command "$1" "$command" "$expected"
}

pipeline_block() { # PAGE NAME BLOCK_FILE
  local folder="$work/pipelines" said="$work/said"
  [[ -d $folder ]] || { mkdir "$folder" && cp -r "$root/docs/write/data" "$folder/data"; }
  cp "$3" "$folder/$2.yaml"
  (cd "$folder" && vigie run "$2.yaml" --out "out/$2" --force) >"$said" 2>&1 || {
    fail "$1" "pipeline $2 did not run"
    sed 's/^/  | /' "$said" >&2
  }
  ! grep -q '^tests:' "$3" || (cd "$folder" && vigie test "$2.yaml") >"$said" 2>&1 || {
    fail "$1" "the tests of pipeline $2 did not pass"
    sed 's/^/  | /' "$said" >&2
  }
}

# The rows of a query as DuckDB writes them to a file of the name's kind.
duckdb_query() { # QUERY_FILE OUTPUT
  local as='csv, HEADER true'
  [[ $2 != *.jsonl ]] || as=json
  printf "COPY (\n%s\n) TO '%s' (FORMAT %s);\n" "$(<"$1")" "$2" "$as" >"$work/query.sql"
  THREADS=1 node "$root/tests/bench/peers/duckdb.js" "$work/query.sql" '' "$2"
}

has_peer() { # NAME
  if [[ $1 == duckdb ]]; then
    [[ -n ${VIGIE_PEERS:-} && -d $VIGIE_PEERS/npm/node_modules/@duckdb/node-api ]] && command -v node >/dev/null
  else
    command -v "$1" >/dev/null
  fi
}

peer_block() { # PAGE NAME EXPECTED BLOCK_FILE
  local printed="$work/printed.$3" said="$work/said"
  if ! has_peer "$2"; then
    left_out=$((left_out + 1))
    return
  fi
  if [[ $2 == duckdb ]]; then
    duckdb_query "$4" "$printed" >"$said" 2>&1 || true
  else
    bash "$4" >"$printed" 2>"$said" </dev/null || true
  fi
  diff "data/expected/$3" "$printed" >>"$said" 2>&1 || {
    fail "$1" "$2 does not print data/expected/$3"
    sed 's/^/  | /' "$said" >&2
  }
}

ours_block() { # PAGE EXPECTED BLOCK_FILE
  local name=${2%.*} said="$work/said" expected="data/expected/$2" written
  cp "$3" "$name.yaml"
  vigie run "$name.yaml" --force --quiet >"$said" 2>&1 || true
  written="out/$name"
  [[ -d $expected ]] || written=$(find "out/$name" -mindepth 1 -maxdepth 1 -type f 2>/dev/null) || true
  diff -r -x .vigie "$expected" "${written:-out/$name}" >>"$said" 2>&1 || {
    fail "$1" "pipeline $name does not write $expected"
    sed 's/^/  | /' "$said" >&2
  }
}

# Cuts a page into its marked blocks: BLOCKS/N.mark and BLOCKS/N.text.
cut_blocks() { # PAGE FOLDER
  awk -v out="$2" '
    /^<!-- test: .* -->$/ { mark = $0; sub(/^<!-- test: /, "", mark); sub(/ -->$/, "", mark); next }
    /^```/ && inside { inside = 0; close(file); next }
    /^```/ && mark != "" { inside = 1; n += 1; file = sprintf("%s/%03d.text", out, n); printf "" > file
                           printf "%s\n", mark > sprintf("%s/%03d.mark", out, n); mark = ""; next }
    inside { print > file }
    !inside && NF { mark = "" }' "$1"
}

test_page() {
  local page=$1 name blocks_of="$work/blocks" folder mark file
  name=${page#"$root"/}
  rm -rf "$blocks_of"
  mkdir -p "$blocks_of"
  cut_blocks "$page" "$blocks_of"
  folder="$work/$(tr '/.' '__' <<<"$name")"
  mkdir -p "$folder"
  [[ ! -d $(dirname "$page")/data ]] || cp -r "$(dirname "$page")/data" "$folder/data"
  cd "$folder"
  for file in "$blocks_of"/*.mark; do
    [[ -e $file ]] || return 0
    mark=$(<"$file")
    blocks=$((blocks + 1))
    case $mark in
    "file "*) mkdir -p "$(dirname "${mark#file }")" && cp "${file%.mark}.text" "${mark#file }" ;;
    run) run_block "$name" "${file%.mark}.text" ;;
    "ours "*) ours_block "$name" "${mark#ours }" "${file%.mark}.text" ;;
    "peer "*)
      mark=${mark#peer }
      peer_block "$name" "${mark% *}" "${mark#* }" "${file%.mark}.text"
      ;;
    "pipeline "*) pipeline_block "$name" "${mark#pipeline }" "${file%.mark}.text" ;;
    *) fail "$name" "unknown mark '$mark'" ;;
    esac
  done
}

export PREFIX="$work/prefix" PATH="$work/prefix/bin:$PATH" NO_COLOR=1 XDG_CACHE_HOME="$work/cache" TZ=UTC LC_ALL=C.UTF-8
cmake --install "$build" --prefix "$PREFIX" >/dev/null

pages=("$@")
if ((${#pages[@]} == 0)); then mapfile -t pages < <(grep -rl '^<!-- test: ' "$root/README.md" "$root/docs" | sort); fi
for page in "${pages[@]}"; do test_page "$(cd "$root" && readlink -f "$page")"; done

# The reference pages are those the program makes.
if vigie reference --out "$work/reference" >/dev/null && ! diff -r "$work/reference" "$root/docs/reference" >"$work/said" 2>&1; then
  fail docs/reference "it is not what \`./dev docs\` makes"
  head -20 "$work/said" >&2
fi

((left_out == 0)) || printf '%d blocks of programs that are not here were left out\n' "$left_out"
printf '%d blocks of %d pages, %d failures\n' "$blocks" "${#pages[@]}" "$failures"
((failures == 0 && blocks > 0))
