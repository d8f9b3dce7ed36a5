-- SPDX-License-Identifier: Apache-2.0
COPY (
  SELECT measurement_uid, probe_cc, probe_asn, input, 'ooni-2014' AS dataset
  FROM read_json({input}, format = 'newline_delimited', columns = {
    measurement_uid: 'VARCHAR', probe_cc: 'VARCHAR', probe_asn: 'VARCHAR', test_name: 'VARCHAR',
    input: 'VARCHAR'})
  WHERE test_name = 'web_connectivity'
) TO {output} (FORMAT json);
