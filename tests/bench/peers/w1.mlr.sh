#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# needs: mlr
exec mlr --ijsonl --ojsonl filter '$test_name == "web_connectivity"' \
  then cut -o -f measurement_uid,probe_cc,probe_asn,input \
  then put '$dataset = "ooni-2014"' "$1" >"$2"
