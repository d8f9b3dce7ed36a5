-- SPDX-License-Identifier: Apache-2.0
SELECT CASE WHEN x > 1.7e308 THEN 'top' WHEN x < -1.7e308 THEN 'bottom' ELSE 'other' END AS class, rows, least, most
FROM (SELECT x, count(*) AS rows, min(k) AS least, max(k) AS most FROM (SELECT id, k, n, b, q, TRY_CAST(x AS DOUBLE) AS x FROM read_json({rows}, format = 'newline_delimited', columns = {id: 'BIGINT', k: 'VARCHAR', n: 'BIGINT', x: 'VARCHAR', b: 'BOOLEAN', q: 'DOUBLE'})) GROUP BY x)
