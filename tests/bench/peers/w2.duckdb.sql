-- SPDX-License-Identifier: Apache-2.0
COPY (
  SELECT probe_cc, test_name, substr(measurement_start_time, 1, 10) AS day,
    count(*) AS measurements, count(DISTINCT probe_asn) AS networks
  FROM read_json({input}, format = 'newline_delimited', columns = {
    probe_cc: 'VARCHAR', probe_asn: 'VARCHAR', test_name: 'VARCHAR',
    measurement_start_time: 'VARCHAR'})
  GROUP BY ALL
) TO {output} (FORMAT csv, HEADER true);
