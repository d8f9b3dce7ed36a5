#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# needs: mlr
exec mlr --ijsonl --ojsonl cat "$1" >"$2"
