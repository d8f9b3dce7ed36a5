-- SPDX-License-Identifier: Apache-2.0
SELECT min(id) AS id FROM (SELECT id, k, n, b, q, TRY_CAST(x AS DOUBLE) AS x FROM read_json({rows}, format = 'newline_delimited', columns = {id: 'BIGINT', k: 'VARCHAR', n: 'BIGINT', x: 'VARCHAR', b: 'BOOLEAN', q: 'DOUBLE'})) GROUP BY k, x, b
