-- SPDX-License-Identifier: Apache-2.0
SELECT id, k FROM read_json({rows}, format = 'newline_delimited', columns = {id: 'BIGINT', k: 'VARCHAR', n: 'BIGINT', x: 'VARCHAR', b: 'BOOLEAN', q: 'DOUBLE'}) r
WHERE EXISTS (SELECT 1 FROM read_json({list}, format = 'newline_delimited', columns = {k: 'VARCHAR', n: 'BIGINT', word: 'VARCHAR'}) l WHERE l.k = r.k)
