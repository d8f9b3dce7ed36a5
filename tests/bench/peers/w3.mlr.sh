#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# needs: mlr
exec mlr --icsv --ocsv join -j dst_ip -f "$3" then count-distinct -f dst_ip,src_ip \
  then count-distinct -f dst_ip "$1" >"$2"
