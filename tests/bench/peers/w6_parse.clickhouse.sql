-- SPDX-License-Identifier: Apache-2.0
SELECT *
FROM file({input}, 'JSONEachRow')
INTO OUTFILE {output} TRUNCATE FORMAT JSONEachRow
SETTINGS max_threads = {threads}, output_format_json_escape_forward_slashes = 0,
  output_format_json_quote_64bit_integers = 0
