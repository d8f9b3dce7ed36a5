#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Our pipelines give the rows that DuckDB gives, on generated rows that engines like to disagree
# about. For each seed and each tests/bench/duckdb/NAME.yaml the output is compared with that of
# NAME.sql, and with the pipeline's own at two threads and small splits, byte by byte.
#   duckdb_test.sh BUILD_FOLDER [SEED...]
# DuckDB is the node module below the lab folder VIGIE_PEERS; without it nothing is compared, and
# a line says so.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
bin=$(cd "$1/bin" && pwd -P)
shift
seeds=("$@")
[[ $# -gt 0 ]] || seeds=(1 2 3)
if [[ ! -d ${VIGIE_PEERS:-/nowhere}/npm/node_modules/@duckdb/node-api ]] || ! command -v node >/dev/null; then
  echo "left out: VIGIE_PEERS names no folder with DuckDB's node module, or there is no node"
  exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
compared=0

fail() {
  printf 'FAILED %s\n' "$*"
  failures=$((failures + 1))
}

ours() { # NAME OUT OPTION...
  "$bin/vigie" run "$here/duckdb/$1.yaml" --quiet --force --out "$2" --set rows="$work/rows.jsonl" \
    --set list="$work/list.jsonl" "${@:3}"
}

theirs() { # NAME
  local text
  text=$(<"$here/duckdb/$1.sql")
  text=${text//"{rows}"/"'$work/rows.jsonl'"}
  text=${text//"{list}"/"'$work/list.jsonl'"}
  printf "COPY (\n%s\n) TO '%s' (FORMAT json);\n" "$text" "$work/theirs.jsonl" >"$work/query.sql"
  THREADS=2 node "$here/peers/duckdb.js" "$work/query.sql" '' ''
}

compare() { # SEED NAME
  local order=unordered
  [[ $2 != *_ordered ]] || order=ordered
  ours "$2" "$work/one" --threads 1 || { fail "seed $1, $2: our run"; return 0; }
  ours "$2" "$work/two" --threads 2 --split 64KiB || { fail "seed $1, $2: our run, small splits"; return 0; }
  theirs "$2" || { fail "seed $1, $2: DuckDB's run"; return 0; }
  compared=$((compared + 1))
  cmp "$work/one/out.jsonl" "$work/two/out.jsonl" || fail "seed $1, $2: small splits give other bytes"
  "$bin/vigie_same" "$order" "$work/one/out.jsonl" "$work/theirs.jsonl" || fail "seed $1, $2: other rows than DuckDB"
}

for seed in "${seeds[@]}"; do
  "$bin/vigie_hard_rows" "$seed" 20000 "$work/rows.jsonl" "$work/list.jsonl"
  for file in "$here"/duckdb/*.yaml; do compare "$seed" "$(basename "$file" .yaml)"; done
done
printf '%d outputs compared with DuckDB, %d failures\n' "$compared" "$failures"
((failures == 0 && compared > 0))
