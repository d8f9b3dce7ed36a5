-- SPDX-License-Identifier: Apache-2.0
SELECT probe_cc, test_name, substring(measurement_start_time, 1, 10) AS day,
  count() AS measurements, uniqExact(probe_asn) AS networks
FROM file({input}, 'JSONEachRow', 'probe_cc LowCardinality(String), probe_asn String,
  test_name LowCardinality(String), measurement_start_time String')
GROUP BY probe_cc, test_name, day
INTO OUTFILE {output} TRUNCATE FORMAT CSVWithNames
SETTINGS max_threads = {threads}
