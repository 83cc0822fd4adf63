/** Trajectories: the newest measurement of each step, in order, of the runs that a token sees. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withAccess } from '../access/rule.ts';
import * as runs from '../runs/index.ts';
import * as summaries from '../summaries/index.ts';
import { testDatabase, type TestDatabase } from '../testing.ts';
import { exampleRun, exampleSpectrum } from '../testing/examples.ts';
import * as spectra from './index.ts';

const whole = { operator: 'hessian', block: 'all', preconditioner: 'none' } as const;

let fixture: TestDatabase;
beforeAll(async () => {
  fixture = await testDatabase();
});
afterAll(() => fixture.stop());

test('steps ascend, of several measurements the newest counts, and another series is apart', async () => {
  const { database } = fixture;
  const { run } = await runs.create(database, exampleRun());
  const { run: empty } = await runs.create(database, exampleRun());
  const record = async (changes: Parameters<typeof exampleSpectrum>[1]) =>
    (await spectra.record(database, exampleSpectrum(run.id, changes))).spectrum.id;
  const late = await record({ step: 20 });
  await record({ step: 3, seed: 1 });
  const again = await record({ step: 3, seed: 2 });
  await database.pool.query(`update spectrum set created_at = now() + interval '1 minute' where id = $1`, [again]);
  await record({ step: 3, operator: 'ggn' });

  const [found, none] = await spectra.trajectories(database, [run.id, empty.id], whole, ['trace', 'lambdaMax']);
  expect(found).toMatchObject({ ids: [again, late], steps: [3, 20], summarised: [false, false] });
  expect(found?.dataSizes).toHaveLength(2);
  expect(none).toEqual({ ids: [], steps: [], dataSizes: [], summarised: [], values: [[], []] });

  const [missing] = await summaries.missing(database, 1, { ids: [late] });
  if (!missing) throw new Error('Its summary is missing.');
  const statistics = {
    lambdaMax: { value: 1 / 3, standardError: 1e-310 },
    trace: { value: -2.5, standardError: null },
  };
  await summaries.store(database, [{ spectrumId: late, revision: missing.revision, statistics }]);
  expect(await summaries.bySpectra(database, [late])).toEqual([statistics]);
  const [stored] = await spectra.trajectories(database, [run.id], whole, ['trace', 'lambdaMax']);
  expect(stored).toMatchObject({
    summarised: [false, true],
    values: [
      [null, statistics.trace.value],
      [null, statistics.lambdaMax.value],
    ],
  });
  expect(await spectra.seriesOfRuns(database, [empty.id, run.id])).toEqual([
    [],
    expect.arrayContaining([expect.objectContaining(whole), expect.objectContaining({ ...whole, operator: 'ggn' })]),
  ]);
});

test('nothing of a run of another project is seen', async () => {
  const { database } = fixture;
  const { run } = await runs.create(database, exampleRun({ project: 'mine' }));
  const { run: other } = await runs.create(database, exampleRun({ project: 'theirs' }));
  await spectra.record(database, exampleSpectrum(run.id, { step: 1 }));
  const limited = withAccess(database, { scope: 'read', project: { id: other.projectId, name: 'theirs' } });
  expect(await spectra.trajectories(limited, [run.id], whole, [])).toMatchObject([{ ids: [] }]);
  expect(await spectra.overlapTrajectories(limited, [run.id], whole)).toEqual([[]]);
  expect(await spectra.seriesOfRuns(limited, [run.id])).toEqual([[]]);
});
