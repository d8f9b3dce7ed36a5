#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Long trials of runs: killed at random moments and gone on with, thousands in a row, thousands in
# one process, and one over far more than its memory. Usage: soak.sh BIN_FOLDER [OPTION...]; see ./dev soak --help. Prints a summary for
# the documentation on standard output; exit 1 where a promise is broken.
set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
bin=$(cd "$1" && pwd -P)
shift
vigie=$bin/vigie
rounds=1 hours=0 kills=200 runs=10000 in_process=3000 seed=$((SRANDOM % 32768))
phases=(before_journal working committing cleaning resuming)
least=10  # deaths of each phase
failed=0

refuse() {
  printf 'soak: %s\n' "$1" >&2
  exit 2
}

while [[ $# -gt 0 ]]; do
  [[ ${2:-} =~ ^[0-9]{1,7}$ ]] || refuse "$1 wants a number"
  case $1 in
  --rounds) rounds=$2 ;;
  --hours) hours=$2 ;;
  --kills) kills=$2 ;;
  --runs) runs=$2 ;;
  --in-process) in_process=$2 ;;
  --seed) seed=$2 ;;
  *) refuse "'$1' is no option" ;;
  esac
  shift 2
done

scratch=$(mktemp -d "${TMPDIR:-/tmp}/soak-XXXXXX")
# The program takes no file elsewhere: its temporary files and its cache are counted, too.
mkdir -p "$scratch/tmp" "$scratch/cache"
export TMPDIR=$scratch/tmp XDG_CACHE_HOME=$scratch/cache
small=$scratch # for what does not die; where the system has a folder in memory the disk is spared
if [[ -w /dev/shm ]]; then small=$(mktemp -d /dev/shm/soak-XXXXXX); fi
trap 'rm -rf "$scratch" "$small"' EXIT
exec {never}<> <(:) # nothing ever comes: a wait without a process
cd "$scratch"

say() { printf '%s\n' "$*"; }

wrong() {
  say "WRONG: $*"
  failed=$((failed + 1))
}

# pause MICROSECONDS
pause() {
  local seconds
  printf -v seconds '%d.%06d' $(($1 / 1000000)) $(($1 % 1000000))
  read -rt "$seconds" -u "$never" || true
}

# below N : a random number from 0 to N-1 in `drawn`
below() { drawn=$(((RANDOM * 32768 + RANDOM) % $1)); }

# ---------------------------------------------------------------- killed at random moments

# Many outputs and sinks, so that there is time to die while names are put in place and while the
# folder of work is removed.
put_kill_pipeline() {
  local i
  # step NAME USE FROM FILE
  step() {
    printf '  - {name: %s, use: core.%s, from: %s, with: {file: %s}}\n' "$@"
  }
  {
    printf 'vigie: 1\nname: soak\nsteps:\n  - name: lines\n    use: core.read_jsonl\n'
    printf '    with: {files: in.jsonl, columns: [{name: id, type: int}, {name: text}]}\n'
    printf '  - name: order\n    use: core.sort\n    with: {by: [text desc]}\n'
    for i in 1 2 3 4 5 6 7 8; do
      step "l$i" write_jsonl lines "a$i.jsonl"
      step "z$i" write_csv order "b$i.csv.gz"
      step "s$i" write_sqlite order "c$i.sqlite"
    done
  } >p.yaml
  awk 'BEGIN {
    for (i = 0; i < 6000; i++)
      printf "{\"id\": %d, \"text\": \"row %d\"}\n", i, (i * 7919) % 6007
  }' >in.jsonl
}

run_words=(run p.yaml --out out --quiet --split 12KiB --checkpoint 0 --threads 2)
resume_words=(resume out --quiet --checkpoint 0 --threads 2)

same_outputs() { diff -rq --exclude=.vigie reference out >/dev/null; }

# Sets `phase` to what the dead process was at, by what it left.
find_phase() {
  local own=out/.vigie
  if [[ ! -e $own/journal ]]; then
    phase=before_journal
    [[ ! -e $own/manifest.json ]] || phase=ended
  elif ! grep -aq '"prepared"' $own/journal; then
    phase=working
  elif [[ -e $own/manifest.json ]]; then
    phase=cleaning
  else
    phase=committing
  fi
}

# start WORDS... : the program in the background, as `process`
start() {
  "$vigie" "$@" >/dev/null 2>said &
  process=$!
}

alive() { kill -0 "$process" 2>/dev/null; }

# until_there FILE : waits for the file, or the end of the process
until_there() {
  while [[ ! -e $1 ]] && alive; do :; done
}

# True where the process was killed and had not ended before.
strike() {
  local status=0
  kill -9 "$process" 2>/dev/null || true
  wait "$process" 2>/dev/null || status=$?
  [[ $status -eq 137 ]]
}

# One death: `aim` is what the moment is drawn for, the phase is what it turned out to be.
die_once() {
  local aim=$1
  rm -rf out
  start "${run_words[@]}"
  case $aim in
  anywhere | resuming) below "$run_us" && pause "$drawn" ;;
  before_journal) below 12000 && pause "$drawn" ;;
  working) until_there out/.vigie/journal && below "$run_us" && pause "$drawn" ;;
  committing) until_there out/a1.jsonl && below 30000 && pause "$drawn" ;;
  cleaning)
    until_there out/.vigie/manifest.json
    below 4 || true
    [[ $drawn -eq 0 ]] || pause $((drawn * 200))
    ;;
  esac
  strike || return 1
  find_phase
  [[ $aim == resuming && $phase == working ]] || return 0
  start "${resume_words[@]}"
  below "$run_us"
  pause "$drawn"
  if strike && [[ -e out/.vigie/journal ]]; then phase=resuming; fi
}

# Whole files or none; then the run is brought to its end.
check_death() {
  local file
  for file in out/*; do
    [[ -e $file ]] || continue
    cmp -s "$file" "reference/${file#out/}" ||
      wrong "after a death while $phase: $file is not whole"
  done
  if [[ -e out/.vigie/journal ]]; then
    "$vigie" "${resume_words[@]}" >/dev/null 2>said || wrong "no resume after $phase: $(<said)"
  elif [[ ! -e out/.vigie/manifest.json ]]; then
    "$vigie" "${run_words[@]}" >/dev/null 2>said || wrong "no new run after $phase: $(<said)"
  fi
  same_outputs || wrong "other bytes after a death while $phase"
  [[ ! -e out/.vigie/journal && ! -e out/.vigie/work ]] || wrong "work stays after $phase"
}

enough_deaths() {
  local p
  for p in "${phases[@]}"; do [[ ${died[$p]} -ge $least ]] || return 1; done
  [[ $deaths -ge $kills ]]
}

# The phase that has the fewest deaths, when it is to be aimed at: sets `aim`.
find_aim() {
  local p
  aim=anywhere
  [[ $((tries % 2)) -eq 0 ]] || return 0
  aim=${phases[0]}
  for p in "${phases[@]}"; do
    if [[ ${died[$p]} -lt ${died[$aim]} ]]; then aim=$p; fi
  done
}

kill_trial() {
  local p begun tries=0 cap=$((kills * 20 + 1000)) deaths=0
  declare -gA died=()
  for p in "${phases[@]}" ended; do died[$p]=0; done
  put_kill_pipeline
  rm -rf reference
  "$vigie" run p.yaml --out reference --quiet --checkpoint none --threads 1 >/dev/null
  rm -rf out
  begun=${EPOCHREALTIME/./}
  "$vigie" "${run_words[@]}" >/dev/null
  run_us=$((${EPOCHREALTIME/./} - begun))
  until enough_deaths; do
    tries=$((tries + 1))
    if [[ $tries -gt $cap ]]; then
      wrong "after $cap tries there are not $least deaths in each phase"
      break
    fi
    find_aim
    die_once "$aim" || continue
    deaths=$((deaths + 1))
    died[$phase]=$((died[$phase] + 1))
    check_death
  done
  say "killed at random moments: $deaths deaths in $tries runs of $((run_us / 1000)) ms"
  for p in "${phases[@]}" ended; do printf '  %-16s %6d\n' "$p" "${died[$p]}"; done
}

# ---------------------------------------------------------------- many in a row

# Files of the runs, files elsewhere (but those of tests that may run beside), processes of the
# program, descriptors of this shell.
count_things() {
  local file processes=0 descriptors places=("$scratch/tmp" /tmp)
  for file in /proc/[0-9]*/exe; do
    [[ $(readlink "$file" 2>/dev/null || true) != "$vigie" ]] || processes=$((processes + 1))
  done
  descriptors=(/proc/$$/fd/*)
  printf 'files %d, temporary files %d, processes %d, descriptors %d' \
    "$(find "$1" "$scratch/cache" | wc -l)" \
    "$(find "${places[@]}" -mindepth 1 -maxdepth 1 -name '*vigie*' \
      -not -name 'vigie-*-??????' | wc -l)" \
    "$processes" "${#descriptors[@]}"
}

row_trial() {
  local i before='' after folder=$small/row
  mkdir "$folder"
  cp p.yaml "$folder"
  head -n 20 in.jsonl >"$folder/in.jsonl"
  for ((i = 1; i <= runs; i++)); do
    (cd "$folder" && exec "$vigie" run p.yaml --out out --force --quiet --checkpoint 0) \
      >/dev/null 2>said ||
      wrong "run $i of a row failed: $(<said)"
    if [[ $i -eq 1 ]]; then before=$(count_things "$folder"); fi
  done
  after=$(count_things "$folder")
  say "$runs runs in a row: $after"
  [[ $before == "$after" ]] || wrong "after the first of them it was: $before"
  rm -rf "$folder"
}

# ---------------------------------------------------------------- many in one process

process_trial() {
  local folder=$small/process said
  mkdir "$folder"
  said=$(cd "$folder" && "$bin/vigie_soak" "$in_process" 2>&1) || wrong "memory or descriptors grew"
  say "$said"
  rm -rf "$folder"
}

# In a folder on a disk: the input and its scratch files are some GiB.
memory_trial() {
  local said
  said=$(TMPDIR=$scratch/tmp bash "$here/memory.sh" "$bin" 2>&1) || wrong "a sort beyond its memory"
  say "$said"
}

RANDOM=$((seed % 32768))
until_second=$((SECONDS + hours * 3600))
round=0
say "soak of $("$vigie" version | head -n 1) with seed $seed"
while [[ $round -lt $rounds || $SECONDS -lt $until_second ]]; do
  round=$((round + 1))
  kill_trial
  row_trial
  process_trial
  memory_trial
  say "round $round ended after $SECONDS s; broken promises so far: $failed"
done
[[ $failed -eq 0 ]]
