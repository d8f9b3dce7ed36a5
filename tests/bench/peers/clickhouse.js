// SPDX-License-Identifier: Apache-2.0
// clickhouse.js SQL INPUT OUTPUT [LIST]: runs the one query of a file in ClickHouse as a library,
// with {input}, {output}, {list} and {threads} put in. VIGIE_PEERS: folder with npm/node_modules.
const fs = require('fs');
const clickhouse = require(process.env.VIGIE_PEERS + '/npm/node_modules/chdb');
const [sql, input, output, list] = process.argv.slice(2);
const quoted = name => "'" + name.replaceAll('\\', '\\\\').replaceAll("'", "\\'") + "'";
clickhouse.query(fs.readFileSync(sql, 'utf8').replaceAll('{input}', quoted(input))
  .replaceAll('{output}', quoted(output)).replaceAll('{list}', quoted(list || ''))
  .replaceAll('{threads}', process.env.THREADS || '1'), 'CSV');
