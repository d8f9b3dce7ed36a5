#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# needs: mawk
exec mawk -F, '
  FNR == NR { listed[$1]; next }
  FNR > 1 && ($3 in listed) && !(($3, $2) in seen) { seen[$3, $2]; n[$3]++ }
  END { print "dst_ip,sources"; for (k in n) print k "," n[k] }' "$3" "$1" >"$2"
