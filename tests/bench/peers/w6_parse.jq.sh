#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# needs: jq
exec jq -c . "$1" >"$2"
