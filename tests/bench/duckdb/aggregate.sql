-- SPDX-License-Identifier: Apache-2.0
SELECT k, b, count(*) AS rows, count(n) AS numbers, CAST(sum(n % 1000) AS BIGINT) AS total, min(n) AS least, max(n) AS most,
  min(real) AS first_text, max(real) AS last_text, count(DISTINCT n) AS different, count(DISTINCT x) AS different_reals,
  sum(q) AS quarters, avg(q) AS mean_quarter, median(n % 1000) AS middle,
  CASE WHEN max(x) > 1.7e308 THEN 'top' ELSE CAST(max(x) IS NULL AS VARCHAR) END AS top
FROM (SELECT id, k, n, b, q, x AS real, TRY_CAST(x AS DOUBLE) AS x FROM read_json({rows}, format = 'newline_delimited', columns = {id: 'BIGINT', k: 'VARCHAR', n: 'BIGINT', x: 'VARCHAR', b: 'BOOLEAN', q: 'DOUBLE'})) GROUP BY k, b
