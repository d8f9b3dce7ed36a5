#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# needs: fluent-bit
INPUT="$1" OUTPUT="$2" HERE="$(dirname "$0")" exec "$FLUENT_BIT" -q -c "$(dirname "$0")/w1.fluentbit.conf"
