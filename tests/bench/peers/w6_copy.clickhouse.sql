-- SPDX-License-Identifier: Apache-2.0
SELECT *
FROM file({input}, 'LineAsString')
INTO OUTFILE {output} TRUNCATE FORMAT TSVRaw
SETTINGS max_threads = {threads}
