-- SPDX-License-Identifier: Apache-2.0
SELECT id, r.n AS n, word FROM read_json({rows}, format = 'newline_delimited', columns = {id: 'BIGINT', k: 'VARCHAR', n: 'BIGINT', x: 'VARCHAR', b: 'BOOLEAN', q: 'DOUBLE'}) r
LEFT JOIN read_json({list}, format = 'newline_delimited', columns = {k: 'VARCHAR', n: 'BIGINT', word: 'VARCHAR'}) l ON r.n = l.n
