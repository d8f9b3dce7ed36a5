#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# needs: mawk
# Splits at quotes and so relies on the order of the keys: no reader of JSON.
exec mawk -F'"' '
  { i = index($0, "\"measurement_start_time\":\"")
    k = $8 "," $16 "," substr($0, i + 26, 10)
    n[k]++
    if (!((k, $12) in seen)) { seen[k, $12]; distinct[k]++ } }
  END { print "probe_cc,test_name,day,measurements,networks"
        for (k in n) print k "," n[k] "," distinct[k] }' "$1" >"$2"
