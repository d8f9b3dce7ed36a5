-- SPDX-License-Identifier: Apache-2.0
SELECT id, length(k) AS characters, strlen(k) AS bytes, substr(k, 2, 2) AS part, concat(k, '|', n, '|', b) AS joined,
  coalesce(n, -1) AS other, n % 7 AS rest, n // 10 AS tenth,
  CASE WHEN x BETWEEN -1.7e308 AND 1.7e308 THEN x / 2 END AS half,
  CASE WHEN x > 1.7e308 THEN 'top' WHEN x < -1.7e308 THEN 'bottom' WHEN x IS NULL THEN 'none' ELSE 'finite' END AS class,
  replace(k, 'e', 'é') AS swapped, strpos(k, 'é') AS place, starts_with(k, 'a') AS begins, greatest(n, 0) AS larger,
  least(q, 0.25) AS smaller, nullif(k, '') AS kept, n = 5 OR b AS equal,
  CAST(DATE '2014-01-01' + CAST(id % 4000 AS INTEGER) AS VARCHAR) AS day
FROM (SELECT id, k, n, b, q, TRY_CAST(x AS DOUBLE) AS x FROM read_json({rows}, format = 'newline_delimited', columns = {id: 'BIGINT', k: 'VARCHAR', n: 'BIGINT', x: 'VARCHAR', b: 'BOOLEAN', q: 'DOUBLE'}))
