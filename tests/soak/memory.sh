#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Sorts an input far larger than memory in a process that may not grow, and checks every row.
# Usage: memory.sh BIN_FOLDER [--input MIB] [--memory SIZE] [--limit MIB] [--threads N]
# (1024 MiB of JSON Lines, --memory 64MiB, 160 MiB, 2 threads). Prints time and peak for the
# documentation on standard output; exit 1 where the run fails or a row is wrong.
# The limit is one of a memory cgroup where this user may make one: it counts what the process
# really holds, and the page cache, which gives way. Otherwise RLIMIT_DATA (prlimit --data) with half
# as much again: it counts private writable memory, so also stacks and heaps that nobody touches;
# RLIMIT_AS would count code, too.
set -euo pipefail
export LC_ALL=C

bin=$(cd "$1" && pwd -P)
shift
input=1024 memory=64MiB limit=160 threads=2

refuse() {
  printf 'memory: %s\n' "$1" >&2
  exit 2
}

while [[ $# -gt 0 ]]; do
  [[ $# -ge 2 ]] || refuse "$1 wants a value"
  case $1 in
  --input) input=$2 ;;
  --memory) memory=$2 ;;
  --limit) limit=$2 ;;
  --threads) threads=$2 ;;
  *) refuse "'$1' is no option" ;;
  esac
  shift 2
done
[[ $input =~ ^[0-9]{1,6}$ && $limit =~ ^[0-9]{1,6}$ ]] || refuse '--input and --limit want MiB'

scratch=$(mktemp -d "${TMPDIR:-/tmp}/memory-XXXXXX")
group=''
clean_up() {
  rm -rf "$scratch"
  [[ -z $group ]] || rmdir "$group"
}
trap clean_up EXIT
exec {never}<> <(:) # nothing ever comes: a wait without a process
cd "$scratch"

# About 200 bytes a row, keys in no order, ids ascending.
put_input() {
  awk -v bytes=$((input * 1048576)) 'BEGIN {
    srand(7)
    filler = "abcdefghijklmnopqrstuvwxyz0123456789"
    for (i = 0; i < 8; ++i) filler = filler filler
    for (id = 0; written < bytes; ++id) {
      line = sprintf("{\"id\":%d,\"key\":\"%08x\",\"text\":\"%s\"}", id, rand() * 4294967296,
                     substr(filler, 1 + int(rand() * 200), 50 + int(rand() * 210)))
      written += length(line) + 1
      print line
    }
  }' >in.jsonl
}

put_pipeline() {
  cat >p.yaml <<'YAML'
vigie: 1
name: memory
steps:
  - use: core.read_jsonl
    with: {files: in.jsonl, columns: [{name: id, type: int}, {name: key}, {name: text}]}
  - use: core.sort
    with: {by: [key]}
  - use: core.write_jsonl
    with: {file: sorted.jsonl}
YAML
}

# Makes a group with the limit where that is allowed.
make_group() {
  local below=/sys/fs/cgroup/memory file=memory.limit_in_bytes
  [[ -d $below ]] || below=/sys/fs/cgroup file=memory.max
  mkdir "$below/vigie-memory-$$" 2>"$scratch/why" || return 0
  group=$below/vigie-memory-$$
  if ! { printf '%d\n' $((limit * 1048576)) >"$group/$file"; } 2>"$scratch/why"; then
    rmdir "$group"
    group=''
  fi
}

limited() {
  if [[ -n $group ]]; then
    printf '%d\n' "$BASHPID" >"$group/cgroup.procs"
    exec "$@"
  fi
  exec prlimit --data=$((limit * 1048576 * 3 / 2)) "$@"
}

# Keys ascend, rows of one key keep their order, and every row of the input is there once.
check_rows() {
  awk -F'"' '{
    id = substr($3, 2) + 0
    this = "x" $6 # a text, whatever it looks like
    if (this < key || (this == key && id <= before)) { print "row " NR " is out of order"; exit 1 }
    key = this; before = id; n += 1; sum += id
  } END { printf "%d %.0f", n, sum }' out/sorted.jsonl
}

put_input
put_pipeline
rows=$(wc -l <in.jsonl)
make_group
began=$EPOCHREALTIME
(limited "$bin/vigie" run p.yaml --out out --memory "$memory" --threads "$threads" --quiet >said) &
child=$!
peak=0
while kill -0 "$child" 2>"$scratch/why"; do
  now=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$child/status" 2>"$scratch/why" || true)
  if [[ -n $now ]]; then peak=$now; fi
  read -rt 0.2 -u "$never" || true
done
status=0
wait "$child" || status=$?
seconds=$(awk -v a="$began" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }')
if ((status != 0)); then
  printf 'WRONG: the run ended with %d after %s s, VmHWM %d KiB\n' "$status" "$seconds" "$peak"
  exit 1
fi
said=$(check_rows) || { printf 'WRONG: %s\n' "$said"; exit 1; }
expected=$(awk -v n="$rows" 'BEGIN { printf "%d %.0f", n, n * (n - 1) / 2 }')
[[ $said == "$expected" ]] || { printf 'WRONG: rows and sum of ids are %s, not %s\n' "$said" "$expected"; exit 1; }
spilled=$(sed -n 's/.*"peak_spilled_bytes": \([0-9]*\).*/\1/p' out/.vigie/report.json)
((spilled > 0)) || { printf 'WRONG: nothing was spilled\n'; exit 1; }
printf '%d MiB, %d rows, --memory %s --threads %d, %s %d MiB: %s s, VmHWM %d KiB, %d MiB spilled\n' \
  "$input" "$rows" "$memory" "$threads" "$([[ -n $group ]] && echo cgroup || echo 'RLIMIT_DATA 1.5 x')" "$limit" \
  "$seconds" "$peak" $((spilled / 1048576))
