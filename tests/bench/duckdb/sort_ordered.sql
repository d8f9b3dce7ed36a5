-- SPDX-License-Identifier: Apache-2.0
SELECT id, k, n FROM (SELECT id, k, n, b, q, TRY_CAST(x AS DOUBLE) AS x FROM read_json({rows}, format = 'newline_delimited', columns = {id: 'BIGINT', k: 'VARCHAR', n: 'BIGINT', x: 'VARCHAR', b: 'BOOLEAN', q: 'DOUBLE'})) ORDER BY x DESC NULLS LAST, k ASC NULLS FIRST, n DESC NULLS FIRST, id
