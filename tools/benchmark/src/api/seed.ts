/** The databases of the benchmarks, made once and kept: runs of measured spectra with their stored statistics. */
import { probes, runs, spectra, steps, summaries, type Database } from '@ritz/database';
import { summarise, summaryVersion } from '@ritz/spectra';
import { cloneRuns } from './clone.ts';
import { cloneLongRun } from './longRun.ts';
import { makeTemplate, spectraPerRun } from './template.ts';

export const runCount = 2000;
const shortRunCount = 3000;
const templateCount = 4;
const recordedAtOnce = 50;

/** Of the runs with few spectra, of those with spectraPerRun, and of the one with very many. */
const experiments = { short: 'short', seeded: 'seeded', long: 'long' } as const;

/** Seeds a database that holds less than runCount runs, each with so many spectra; does nothing otherwise. Returns the seconds it took. */
export async function seed(database: Database, spectraOfRun = spectraPerRun): Promise<number> {
  const started = performance.now();
  if (await isSeeded(database, { [experiments.seeded]: runCount })) return 0;
  await empty(database);
  await seedRuns(database, experiments.seeded, spectraOfRun, runCount);
  await database.pool.query('vacuum analyze');
  return (performance.now() - started) / 1000;
}

/** As `seed`, with 3,000 runs of 4 spectra and one of 10,000 spectra and 100,000 steps beside the 2,000 runs of 50. */
export async function seedLarge(database: Database): Promise<number> {
  const started = performance.now();
  const { short, seeded, long } = experiments;
  if (await isSeeded(database, { [short]: shortRunCount, [seeded]: runCount, [long]: 1 })) return 0;
  await empty(database);
  await seedRuns(database, short, 4, shortRunCount);
  const [template = ''] = await seedRuns(database, seeded, spectraPerRun, runCount);
  await cloneLongRun(database, template, long);
  await database.pool.query('vacuum analyze');
  return (performance.now() - started) / 1000;
}

/** The run of 10,000 spectra. */
export async function longRun(database: Database): Promise<string> {
  const { items } = await runs.list(database, { first: 1, filter: { experiment: experiments.long } });
  const [only] = items;
  if (!only) throw new Error('The database has no long run: remove its folder to have it seeded again.');
  return only.id;
}

/** Whether there are as many runs of each experiment, and statistics of all spectra of this version: else the API would derive them first. */
async function isSeeded(database: Database, wanted: Readonly<Record<string, number>>): Promise<boolean> {
  for (const [experiment, count] of Object.entries(wanted)) {
    const { totalCount } = await runs.list(database, { first: 1, filter: { experiment } });
    if (totalCount < count) return false;
  }
  const { rows } = await database.pool.query<{ missing: boolean }>(
    `select exists (select 1 from spectrum where not exists
       (select 1 from spectrum_summary where spectrum_id = spectrum.id and version = $1)) as missing`,
    [summaryVersion],
  );
  return rows[0]?.missing === false;
}

/** Removes what a seeding that was interrupted, or one of another version, left. */
async function empty(database: Database): Promise<void> {
  await database.pool.query('truncate run cascade');
}

/** The ids of the runs that the others are copies of. */
async function seedRuns(
  database: Database,
  experiment: string,
  spectraOfRun: number,
  count: number,
): Promise<string[]> {
  const templates: string[] = [];
  for (let variant = 0; variant < templateCount; variant++) {
    const template = await makeTemplate(variant, spectraOfRun, experiment);
    await runs.create(database, template.run);
    await steps.log(database, { runId: template.run.id, steps: template.steps });
    for (const one of template.spectra) await spectra.record(database, one);
    templates.push(template.run.id);
  }
  await storeSummaries(database);
  await cloneRuns(database, templates, count);
  return templates;
}

/** As the API stores them: of all spectra that have none. */
async function storeSummaries(database: Database): Promise<void> {
  for (;;) {
    const missing = await summaries.missing(database, 50);
    if (missing.length === 0) return;
    const measured = await probes.bySpectra(
      database,
      missing.map(({ id }) => id),
    );
    const rows = missing.map(({ id, revision, parameterCount, classes }, at) => {
      const tridiagonals = (measured[at] ?? []).map(({ alpha, beta }) => ({ alpha: alpha ?? [], beta: beta ?? [] }));
      const statistics = summarise({ dimension: parameterCount, probes: tridiagonals }, classes);
      return { spectrumId: id, revision, statistics };
    });
    await summaries.store(database, rows);
  }
}

/** The run with this many spectra, made once and kept; resolves to its id. */
export async function seedLongRun(database: Database, spectraOfRun: number): Promise<string> {
  const experiment = `a run of ${String(spectraOfRun)} spectra`;
  const { items } = await runs.list(database, { first: 1, filter: { experiment, status: ['finished'] } });
  const [known] = items;
  if (known) return known.id;
  const { run, steps: logged, spectra: measured } = await makeTemplate(templateCount, spectraOfRun, experiment);
  await runs.create(database, run);
  await steps.log(database, { runId: run.id, steps: logged });
  for (let first = 0; first < measured.length; first += recordedAtOnce) {
    await spectra.recordAll(database, measured.slice(first, first + recordedAtOnce));
  }
  await runs.finish(database, run.id);
  return run.id;
}
