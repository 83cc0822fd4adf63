import fs from 'node:fs/promises';
import path from 'node:path';
import { readRecords } from '@ritz/records';
import { forkConfig, forksOf, parseConfig, type Config } from '@ritz/training';
import { temporaryFolder } from '@ritz/testing/vitest';
import { expect, it } from 'vitest';
import { findTrained, storedConfig } from './storedConfig.ts';
import { trainRun, type TrainRunOptions } from './trainRun.ts';

const parent = parseConfig(
  'parent',
  JSON.stringify({
    name: 'parent',
    architecture: { kind: 'mlp', hidden: [4] },
    data: { kind: 'mnist' },
    schedule: { kind: 'constant', rate: 0.1 },
    batchSize: 20,
    steps: 6,
    logEvery: 1,
    testExamples: 20,
    spectra: { steps: [0, 5], examples: 20, lanczosSteps: 6, probes: 1, gradientEnergy: false },
    forks: [{ step: 3, set: { 'schedule.rate': 0.01, tags: ['dropped'] } }],
  }),
);

async function lossesOf(config: Config, options: TrainRunOptions): Promise<Map<number, number>> {
  const { file } = await trainRun(config, options);
  const steps = (await readRecords(file)).flatMap((record) => (record.kind === 'step' ? [record] : []));
  return new Map(steps.map(({ number, trainLoss }) => [number, trainLoss ?? Number.NaN]));
}

it('a fork shares the first steps of its parent, bit for bit, and differs from then on', async () => {
  const dataDirectory = await temporaryFolder();
  const { signal } = new AbortController();
  const options = { by: 'a test', dataDirectory, target: null, signal };
  const losses = await lossesOf(parent, options);
  const id = await findTrained(dataDirectory, 'parent');
  const stored = await storedConfig(dataDirectory, id);

  const control = await lossesOf(forkConfig(stored, 3, []), options);
  expect([...control]).toEqual([...losses].filter(([step]) => step > 3));

  const [dropped] = forksOf(parent);
  if (!dropped) throw new Error('the config has a fork');
  const { file } = await trainRun(dropped, options);
  const [run, ...others] = await readRecords(file);
  expect(run).toMatchObject({ kind: 'run', parentId: id, parentStep: 3, tags: ['dropped'] });
  expect(others.flatMap((record) => (record.kind === 'spectrum' ? [record.step] : []))).toEqual([5]);
  const after = await lossesOf(dropped, options);
  expect([...after.keys()]).toEqual([4, 5, 6]);
  // The update after step 3 is the first at another rate.
  for (const [step, loss] of after) expect(loss).not.toBe(losses.get(step));

  // Of a fork, from its own state; and the parent's files are as they were.
  const again = forkConfig(dropped, 5, ['schedule.rate=0.01']);
  expect((await lossesOf(again, options)).get(6)).toBe(after.get(6));
  const names = await fs.readdir(path.join(dataDirectory, 'runs'));
  expect(names.filter((name) => name.includes('parent'))).toEqual([]);
});

it('a fork whose optimiser has another state starts that anew', async () => {
  const dataDirectory = await temporaryFolder();
  const { signal } = new AbortController();
  const options = { by: 'a test', dataDirectory, target: null, signal };
  await trainRun(parent, options);
  const adam = forkConfig(parent, 2, ['optimiser={ kind: adam }', 'schedule.rate=0.001']);
  expect([...(await lossesOf(adam, options)).keys()]).toEqual([3, 4, 5, 6]);
});

it.each<[string, string, number, string[]]>([
  ['a step beyond the run', 'fork: expected a step from 0 to 5 of "parent", got 6.', 6, []],
  [
    'another network',
    '--set: expected a setting that a fork may change, got architecture.',
    3,
    ['architecture.hidden=[5]'],
  ],
  ['another seed', '--set: expected a setting that a fork may change, got seed.', 3, ['seed=2']],
  [
    'no steps of its own',
    'steps: expected more than 3, where the fork begins, got 3.',
    3,
    ['steps=3', 'spectra.steps=[1]'],
  ],
])('refuses %s', (_, message, step, changes) => {
  expect(() => forkConfig(parent, step, changes)).toThrow(message);
});

it('names what was not trained here', async () => {
  const dataDirectory = await temporaryFolder();
  await expect(findTrained(dataDirectory, 'lost')).rejects.toThrow('run: expected the id or the name of a run that');
  const fork = forkConfig(parent, 3, []);
  const { signal } = new AbortController();
  const orphan = trainRun(fork, { by: 'a test', dataDirectory, target: null, signal });
  await expect(orphan).rejects.toThrow('run: expected one that was trained here, got');
});
