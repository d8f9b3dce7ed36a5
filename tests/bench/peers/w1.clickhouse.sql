-- SPDX-License-Identifier: Apache-2.0
SELECT measurement_uid, probe_cc, probe_asn, input, 'ooni-2014' AS dataset
FROM file({input}, 'JSONEachRow', 'measurement_uid String, probe_cc String, probe_asn String,
  test_name String, input Nullable(String)')
WHERE test_name = 'web_connectivity'
INTO OUTFILE {output} TRUNCATE FORMAT JSONEachRow
SETTINGS max_threads = {threads}, output_format_json_escape_forward_slashes = 0
