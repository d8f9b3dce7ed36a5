-- SPDX-License-Identifier: Apache-2.0
COPY (
  SELECT test_name, measurement_start_time, annotations.platform AS platform, probe_cc,
    'header' AS kind
  FROM read_json({input}, format = 'newline_delimited', columns = {
    probe_cc: 'VARCHAR', test_name: 'VARCHAR', measurement_start_time: 'VARCHAR',
    annotations: 'STRUCT(platform VARCHAR)'})
  WHERE probe_cc IN ('IR', 'CN', 'RU')
) TO {output} (FORMAT json);
