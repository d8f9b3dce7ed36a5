#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# needs: jq
exec jq -c 'select(.test_name == "web_connectivity")
  | {measurement_uid, probe_cc, probe_asn, input, dataset: "ooni-2014"}' "$1" >"$2"
