-- SPDX-License-Identifier: Apache-2.0
SELECT dst_ip, uniqExact(src_ip) AS sources
FROM file({input}, 'CSVWithNames', 'ts UInt64, src_ip IPv4, dst_ip IPv4, dst_port UInt16,
  proto LowCardinality(String), bytes UInt64, packets UInt64')
WHERE dst_ip IN (SELECT dst_ip FROM file({list}, 'CSVWithNames', 'dst_ip IPv4, family String'))
GROUP BY dst_ip
ORDER BY sources DESC, dst_ip
INTO OUTFILE {output} TRUNCATE FORMAT CSVWithNames
SETTINGS max_threads = {threads}
