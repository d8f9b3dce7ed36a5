-- SPDX-License-Identifier: Apache-2.0
SELECT id, k, n, b FROM (SELECT id, k, n, b, q, TRY_CAST(x AS DOUBLE) AS x FROM read_json({rows}, format = 'newline_delimited', columns = {id: 'BIGINT', k: 'VARCHAR', n: 'BIGINT', x: 'VARCHAR', b: 'BOOLEAN', q: 'DOUBLE'}))
WHERE (n > 0 AND (k <> '' OR b)) OR x BETWEEN -1 AND 1 OR k LIKE '%é%' OR k IN ('a', NULL, 'NaN')
  OR (n IS DISTINCT FROM 5 AND NOT b) OR x > 1e300
