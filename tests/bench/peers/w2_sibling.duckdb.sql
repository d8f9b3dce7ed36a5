-- SPDX-License-Identifier: Apache-2.0
COPY (
  SELECT substr(measurement_start_time, 12, 2) AS hour, annotations.platform AS platform,
    probe_cc, count(DISTINCT test_name) AS tests, count(*) AS measurements
  FROM read_json({input}, format = 'newline_delimited', columns = {
    probe_cc: 'VARCHAR', test_name: 'VARCHAR', measurement_start_time: 'VARCHAR',
    annotations: 'STRUCT(platform VARCHAR)'})
  GROUP BY ALL
) TO {output} (FORMAT csv, HEADER true);
