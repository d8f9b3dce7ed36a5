#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# needs: mawk
exec mawk 1 "$1" >"$2"
