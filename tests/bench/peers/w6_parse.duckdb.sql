-- SPDX-License-Identifier: Apache-2.0
COPY (
  SELECT * FROM read_json({input}, format = 'newline_delimited', columns = {
    measurement_uid: 'VARCHAR', probe_cc: 'VARCHAR', probe_asn: 'VARCHAR', test_name: 'VARCHAR',
    input: 'VARCHAR', measurement_start_time: 'VARCHAR', test_runtime: 'DOUBLE',
    annotations: 'JSON', test_keys: 'JSON'})
) TO {output} (FORMAT json);
