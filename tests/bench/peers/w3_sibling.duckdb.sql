-- SPDX-License-Identifier: Apache-2.0
COPY (
  SELECT dst_ip, count(*) AS flows, count(DISTINCT bytes // 64) AS sizes
  FROM read_csv({input}, header = true, auto_detect = false, columns = {
    ts: 'BIGINT', src_ip: 'VARCHAR', dst_ip: 'VARCHAR', dst_port: 'INTEGER', proto: 'VARCHAR',
    bytes: 'BIGINT', packets: 'BIGINT'}) AS flows
  SEMI JOIN read_csv({list}, header = true, auto_detect = false, columns = {
    dst_ip: 'VARCHAR', family: 'VARCHAR'}) AS listed USING (dst_ip)
  GROUP BY dst_ip
) TO {output} (FORMAT csv, HEADER true);
