-- SPDX-License-Identifier: Apache-2.0
COPY (
  SELECT input, test_keys, annotations, test_runtime, measurement_start_time,
    test_name AS test, probe_asn, probe_cc AS country, measurement_uid
  FROM read_json({input}, format = 'newline_delimited', columns = {
    measurement_uid: 'VARCHAR', probe_cc: 'VARCHAR', probe_asn: 'VARCHAR', test_name: 'VARCHAR',
    input: 'VARCHAR', measurement_start_time: 'VARCHAR', test_runtime: 'DOUBLE',
    annotations: 'JSON', test_keys: 'JSON'})
) TO {output} (FORMAT json);
