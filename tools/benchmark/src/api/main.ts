/**
 * `npm run bench:api`: the API on a real PostgreSQL of 5,000 runs, 2,000 of them of 50 spectra, and one run of 10,000 spectra and 100,000
 * steps (10 probes, m = 90), asked over HTTP.
 *
 * Options: --data <folder> keeps the seeded database there (default .ritz/benchmark, about 3.5 GB); --minutes <n> of load while
 * memory is watched (default 1, 0 = none); --ingest <n> spectra (default 5000; 30000 are 1 GB, 0 = none); --no-latencies leaves
 * the single questions out.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { migrate, openDatabase, runs, startEmbeddedPostgres, type Database } from '@ritz/database';
import { markdownTable } from '../report.ts';
import { startApiProcess, type ApiProcess } from './apiProcess.ts';
import { asking, type Ask } from './graphql.ts';
import type { Latency } from './latency.ts';
import { describeMemory, flatWithin, isFlat, watchMemory } from './memory.ts';
import { readTogether } from './readers.ts';
import { spectrumLines } from './records.ts';
import { scenarios, type Sample } from './scenarios.ts';
import { longRunTimes } from './longRunTimes.ts';
import { longRun, seedLarge } from './seed.ts';
import { streamLines } from './stream.ts';

const readers = 200;

const { values: options } = parseArgs({
  allowNegative: true,
  options: {
    data: { type: 'string', default: path.resolve(import.meta.dirname, '../../../../.ritz/benchmark') },
    minutes: { type: 'string', default: '1' },
    ingest: { type: 'string', default: '5000' },
    latencies: { type: 'boolean', default: true },
  },
});

type Row = readonly [what: string, measured: string, target: string, met: string];

function judged(what: string, measured: string, target: string, met: boolean): Row {
  return [what, measured, target, met ? 'yes' : 'NO'];
}

async function sampleOf(database: Database): Promise<Sample> {
  const { rows } = await database.pool.query<{ run_id: string; step_number: number }>(
    `select run_id, step_number from spectrum tablesample system (0.5) repeatable (1) limit 400`,
  );
  const { items } = await runs.list(database, { first: 1000, filter: { experiment: 'seeded' } });
  return { runs: items.map(({ id }) => id), spectra: rows.map((row) => [row.run_id, row.step_number] as const) };
}

async function latencies(ask: Ask, sample: Sample): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { name, limit, measure } of scenarios) {
    rows.push(latencyRow(name, limit, await measure(ask, sample)));
  }
  return rows;
}

async function longRuns(databaseUrl: string, database: Database, { runs: others }: Sample): Promise<Row[]> {
  const measured = await longRunTimes(databaseUrl, await longRun(database), others);
  return measured.map(({ name, limit, latency }) => latencyRow(name, limit, latency));
}

function latencyRow(name: string, limit: number, { median, p95, slowest, count }: Latency): Row {
  const shown = `p95 ${p95.toFixed(0)} ms (median ${median.toFixed(0)}, slowest ${slowest.toFixed(0)}, n = ${String(count)})`;
  return judged(name, shown, `p95 < ${String(limit)} ms`, p95 < limit);
}

async function ingestion(api: ApiProcess, count: number): Promise<Row[]> {
  const lines = await spectrumLines(count);
  const { result, use } = await watchMemory(
    () => api.memory(),
    () => streamLines(api.url, lines),
  );
  const rate = count / result.seconds;
  const stored = result.results['CREATED'] ?? 0;
  return [
    judged(
      'ingestion by NDJSON',
      `${rate.toFixed(0)} spectra/s (${result.megabytes.toFixed(0)} MB in ${result.seconds.toFixed(1)} s, ${String(stored)} lines stored)`,
      '≥ 500 spectra/s',
      rate >= 500 && stored === count + 1,
    ),
    judged('memory of the API meanwhile', describeMemory(use), `flat within ${String(flatWithin)} MB`, isFlat(use)),
  ];
}

async function load(api: ApiProcess, ask: Ask, sample: Sample, minutes: number): Promise<Row[]> {
  const density = `query ($id: ID!, $step: Int!) { run(id: $id) { name spectrum(step: $step) {
    density(grid: { points: 256 }) { lambda density } outliers { lambdaMax } } } }`;
  const page = '{ runs(first: 50) { nodes { id name status history(maxPoints: 20) { step trainLoss } } } }';
  const request = (call: number): Promise<unknown> => {
    const [id, step] = sample.spectra[call % sample.spectra.length] ?? ['', 0];
    return call % 4 === 0 ? ask(page) : ask(density, { id, step });
  };
  const { result, use } = await watchMemory(
    () => api.memory(),
    () => readTogether(readers, 60 * minutes, request),
  );
  return [
    judged(
      `${String(readers)} readers at once, ${String(minutes)} min`,
      `${String(result.errors)} errors in ${String(result.latency.count + result.errors)} requests, ${result.perSecond.toFixed(0)}/s, p95 ${result.latency.p95.toFixed(0)} ms ${result.messages.join(' ')}`,
      'no error',
      result.errors === 0,
    ),
    judged('memory of the API meanwhile', describeMemory(use), `flat within ${String(flatWithin)} MB`, isFlat(use)),
  ];
}

/** The next benchmark finds the database as it was seeded. */
async function removeIngested(database: Database): Promise<void> {
  const { items } = await runs.list(database, { first: 100, filter: { experiment: 'ingested' } });
  for (const { id } of items) await runs.remove(database, id);
  await database.pool.query('vacuum analyze');
}

const server = await startEmbeddedPostgres({ dataDirectory: options.data });
const database = await openDatabase(server.url);
try {
  await migrate(database);
  const seconds = await seedLarge(database);
  console.log(seconds === 0 ? 'The database was seeded before.' : `Seeded the database in ${seconds.toFixed(0)} s.`);
  const sample = await sampleOf(database);
  const long = options.latencies ? await longRuns(server.url, database, sample) : [];
  const api = await startApiProcess(server.url);
  try {
    const ask = asking(api.url);
    const [spectra, minutes] = [Number(options.ingest), Number(options.minutes)];
    const rows = [
      ...long,
      ...(options.latencies ? await latencies(ask, sample) : []),
      ...(spectra > 0 ? await ingestion(api, spectra) : []),
      ...(minutes > 0 ? await load(api, ask, sample, minutes) : []),
    ];
    console.log(markdownTable(['what', 'measured', 'target', 'met'], rows));
    process.exitCode = rows.every(([, , , met]) => met === 'yes') ? 0 : 1;
  } finally {
    await api.stop();
    await removeIngested(database);
  }
} finally {
  await database.close();
  await server.stop();
}
