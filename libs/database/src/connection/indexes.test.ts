/** Every way in which the repositories find rows is by an index: shown by the plans of the statements they really send. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from './Database.ts';
import * as energies from '../energies/find.ts';
import * as overlaps from '../overlaps/find.ts';
import * as probes from '../probes/find.ts';
import * as runs from '../runs/index.ts';
import * as spectra from '../spectra/index.ts';
import * as steps from '../steps/index.ts';
import { withAccess } from '../access/rule.ts';
import { testDatabase, type TestDatabase } from '../testing.ts';
import { planOf } from '../testing/plan.ts';

let fixture: TestDatabase;
let database: Database;
const runId = randomUUID();
const spectrumId = randomUUID();
const projectId = randomUUID();

/** 3,000 runs × 20 steps, every second step measured: small rows, so that it takes a second. */
beforeAll(async () => {
  fixture = await testDatabase();
  ({ database } = fixture);
  const { pool } = database;
  await pool.query(`insert into project (id, name) values ($1, 'p')`, [projectId]);
  await pool.query(
    `insert into experiment (project_id, name) select id, 'e' || n from project, generate_series(1, 20) n`,
  );
  await pool.query(
    `insert into run (id, experiment_id, name, architecture, dataset, optimiser, schedule, seed, tags, created_at)
     select case when n = 1 then $1::uuid else gen_random_uuid() end, (select id from experiment where name = 'e' || (1 + n % 20)),
       'run ' || n, 'net ' || n % 7, 'data', 'sgd', '{"kind":"CONSTANT","initial":0.1}', n, array['t' || n % 500],
       now() - n * interval '1 minute'
     from generate_series(1, 3000) n`,
    [runId],
  );
  await pool.query(`insert into step (run_id, number) select id, n from run, generate_series(0, 19) n`);
  await pool.query(
    `insert into spectrum (id, run_id, step_number, operator, block, parameter_count, lanczos_steps, probe_law, seed,
       reorthogonalisation, precision, data_size, data_fingerprint, loss_reduction, weight_decay_included, batch_norm,
       hvp_count, seconds, engine, measurement)
     select case when run_id = $1 and number = 0 then $2::uuid else gen_random_uuid() end, run_id, number, 'hessian', 'all', 10,
       2, 'sphere', 1, 'full', 'float64', 1, 'x', 'mean', false, 'none', 2, 0, 'none', gen_random_uuid()
     from step where number % 2 = 0`,
    [runId, spectrumId],
  );
  await pool.query(`insert into probe select id, 0, 1, '{1,2}', '{1}' from spectrum`);
  await pool.query(`insert into overlap select id, 1, 'full-batch', 0.5 from spectrum`);
  await pool.query(`insert into gradient_energy select id, 'full-batch', 1, '{1}', '{}' from spectrum`);
  await pool.query('analyze');
});
afterAll(() => fixture.stop());

/** The plans of the statements that `work` sends. */
async function plans(work: (watched: Database) => Promise<unknown>): Promise<string> {
  const sent: { text: string; values: unknown[] }[] = [];
  const { pool } = database;
  const query = pool.query.bind(pool);
  const watch = (given: unknown, values: unknown): void => {
    const text = typeof given === 'object' && given !== null && 'text' in given ? String(given.text) : String(given);
    sent.push({ text, values: Array.isArray(values) ? values : [] });
  };
  pool.query = ((given: unknown, values: unknown, ...rest: unknown[]) => {
    watch(given, values);
    return Reflect.apply(query, pool, [given, values, ...rest]);
  }) as typeof pool.query;
  try {
    await work(database);
  } finally {
    pool.query = query;
  }
  expect(sent.length).toBeGreaterThan(0);
  const all = await Promise.all(sent.map(({ text, values }) => planOf(database, text, values)));
  return all.join('\n');
}

const seen = (watched: Database): Database =>
  withAccess(watched, { scope: 'read', project: { id: projectId, name: 'p' } });

describe('is found by an index:', () => {
  test.each<[string, string, (watched: Database) => Promise<unknown>]>([
    ['a run by id', 'run_pkey', (db) => runs.byIds(db, [runId])],
    ['the newest page of runs', 'run_created_at', (db) => runs.list(db, { first: 50 })],
    ['a page of runs by name', 'run_name', (db) => runs.list(db, { orderBy: { field: 'NAME', direction: 'ASC' } })],
    ['runs by their tags', 'run_tags', (db) => runs.list(db, { filter: { tags: ['t7'] } })],
    [
      'the runs of an experiment',
      'run_experiment',
      (db) => runs.list(db, { filter: { experiment: 'e3', project: 'p' } }),
    ],
    ['the curves of a run', 'step_run_number', (db) => steps.history(db, runId)],
    ['a page of steps', 'step_run_number', (db) => steps.list(db, runId, { first: 5 })],
    ['steps by number', 'step_run_number', (db) => steps.byNumbers(db, [{ runId, number: 3 }])],
    ['the spectra of a run', 'spectrum_measurement', (db) => spectra.byRuns(db, [runId])],
    ['how many spectra a run has', 'spectrum_measurement', (db) => spectra.countByRuns(db, [runId])],
    ['the spectra of a step', 'spectrum_measurement', (db) => spectra.bySteps(db, [{ runId, number: 2 }])],
    ['a spectrum by id', 'spectrum_pkey', (db) => spectra.byIds(db, [spectrumId])],
    ['the probes of a spectrum', 'probe_spectrum_id_index_pk', (db) => probes.bySpectra(db, [spectrumId])],
    ['its overlaps', 'overlap_spectrum_id_k_gradient_pk', (db) => overlaps.bySpectra(db, [spectrumId])],
    ['its gradient energies', 'gradient_energy_spectrum_id_gradient_pk', (db) => energies.bySpectra(db, [spectrumId])],
    ['a spectrum, for one project', 'spectrum_pkey', (db) => spectra.byIds(seen(db), [spectrumId])],
    ['probes, for one project', 'probe_spectrum_id_index_pk', (db) => probes.bySpectra(seen(db), [spectrumId])],
  ])('%s', async (_what, index, work) => {
    const plan = await plans(work);
    expect(plan).toContain(index);
  });

  test.each<[string, RegExp, (watched: Database) => Promise<unknown>]>([
    ['steps', /Seq Scan on step/, (db) => steps.histories(seen(db), [runId], ['trainLoss'])],
    ['spectra', /Seq Scan on spectrum/, (db) => spectra.byRuns(seen(db), [runId])],
    ['probes', /Seq Scan on probe/, (db) => probes.bySpectra(seen(db), [spectrumId])],
  ])('no table of %s is read from end to end', async (_what, scan, work) => {
    expect(await plans(work)).not.toMatch(scan);
  });
});
