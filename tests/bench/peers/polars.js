// SPDX-License-Identifier: Apache-2.0
// polars.js WORKLOAD INPUT OUTPUT [LIST]. VIGIE_PEERS: folder with npm/node_modules.
process.env.POLARS_MAX_THREADS = process.env.THREADS || '1';
const pl = require(process.env.VIGIE_PEERS + '/npm/node_modules/nodejs-polars');
const [workload, input, output, list] = process.argv.slice(2);
const {col, lit} = pl;

const workloads = {
  w1: () => pl.scanJson(input, {}).filter(col('test_name').eq(lit('web_connectivity')))
    .select(col('measurement_uid'), col('probe_cc'), col('probe_asn'), col('input'),
      lit('ooni-2014').alias('dataset')).sinkNdJson(output),
  w2: async () => (await pl.scanJson(input, {})
    .select(col('probe_cc'), col('test_name'),
      col('measurement_start_time').str.slice(0, 10).alias('day'), col('probe_asn'))
    .groupBy(['probe_cc', 'test_name', 'day'])
    .agg(col('probe_asn').count().alias('measurements'), col('probe_asn').nUnique().alias('networks'))
    .collect()).writeCSV(output),
  w3: async () => (await pl.scanCSV(input)
    .join(pl.scanCSV(list), {leftOn: 'dst_ip', rightOn: 'dst_ip', how: 'inner'})
    .groupBy('dst_ip').agg(col('src_ip').nUnique().alias('sources')).collect())
    .sort('sources', true).writeCSV(output),
  w6_parse: () => pl.scanJson(input, {}).sinkNdJson(output),
};

async function main() {
  const sink = await workloads[workload]();
  if (sink && sink.collect) await sink.collect();
}

main().catch(e => { console.error(e); process.exit(1); });
