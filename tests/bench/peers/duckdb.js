// SPDX-License-Identifier: Apache-2.0
// duckdb.js SQL INPUT OUTPUT [LIST]: runs the statements of a file with {input}, {output} and
// {list} put in. THREADS: how many threads. VIGIE_PEERS: folder with npm/node_modules.
const fs = require('fs');
const {DuckDBInstance} = require(process.env.VIGIE_PEERS + '/npm/node_modules/@duckdb/node-api');
const [sql, input, output, list] = process.argv.slice(2);
const quoted = name => "'" + name.replaceAll("'", "''") + "'";

async function main() {
  const text = fs.readFileSync(sql, 'utf8').replaceAll('{input}', quoted(input))
    .replaceAll('{output}', quoted(output)).replaceAll('{list}', quoted(list || ''));
  const instance = await DuckDBInstance.create(':memory:', {threads: process.env.THREADS || '1'});
  const connection = await instance.connect();
  for (const statement of text.split(/;\s*\n/)) if (statement.trim()) await connection.run(statement);
}

main().catch(e => { console.error(e); process.exit(1); });
