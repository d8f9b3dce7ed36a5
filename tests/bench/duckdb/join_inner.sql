-- SPDX-License-Identifier: Apache-2.0
SELECT id, k, n, word FROM read_json({rows}, format = 'newline_delimited', columns = {id: 'BIGINT', k: 'VARCHAR', n: 'BIGINT', x: 'VARCHAR', b: 'BOOLEAN', q: 'DOUBLE'}) r
JOIN read_json({list}, format = 'newline_delimited', columns = {k: 'VARCHAR', n: 'BIGINT', word: 'VARCHAR'}) l USING (k, n)
