import { type Ended, freePort } from '@ritz/testing';
import { beforeEach, expect, it } from 'vitest';
import { dataDirectory, runRitz, startRitz } from '../testing/ritz.ts';

const timeout = 120_000;
const ids = {
  narrow: '6f1f1f0e-8a54-4c6e-9a53-0d3c5d1c0001',
  wide: '6f1f1f0e-8a54-4c6e-9a53-0d3c5d1c0002',
  other: '6f1f1f0e-8a54-4c6e-9a53-0d3c5d1c0003',
};

/** A run with one spectrum at step 10, whose two probes saw the eigenvalues −scale, 0 and scale. */
function records(id: string, name: string, scale: number): object[] {
  const probe = (index: number): object => ({
    index,
    seed: index,
    alpha: [0, 0, 0],
    beta: [scale / Math.SQRT2, scale / Math.SQRT2, 0],
  });
  return [
    {
      kind: 'run',
      id,
      name,
      architecture: 'mlp',
      dataset: 'made up',
      optimiser: 'sgd',
      schedule: { kind: 'CONSTANT', initial: 0.1 * scale },
      seed: 1,
    },
    { kind: 'step', runId: id, number: 10, trainLoss: 0.25, testAccuracy: 0.5 },
    {
      kind: 'spectrum',
      id: id.replace('6f1f1f0e', '7f1f1f0e'),
      runId: id,
      step: 10,
      parameterCount: 100,
      lanczosSteps: 3,
      seed: 1,
      precision: 'FLOAT64',
      dataSize: 50,
      dataFingerprint: 'none',
      hvpCount: 6,
      seconds: 0.1,
      engine: 'by hand',
      probes: [probe(0), probe(1)],
    },
    { kind: 'finish', runId: id, status: 'FINISHED' },
  ].map((record) => ({ v: 1, ...record }));
}

let ask: (...args: string[]) => Promise<Ended>;

beforeEach(async () => {
  const port = await freePort();
  const ritz = startRitz(['up', '--no-dashboard', '--api-port', String(port)], { RITZ_DATA: dataDirectory() });
  await ritz.printed('Ctrl-C stops everything.');
  const url = `http://127.0.0.1:${port}`;
  const stored = [records(ids.narrow, 'narrow', 1), records(ids.wide, 'wide', 2), records(ids.other, 'wide', 2)].flat();
  const answer = await fetch(`${url}/ingest`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: stored.map((record) => `${JSON.stringify(record)}\n`).join(''),
  });
  expect(await answer.text()).toContain('"REFUSED":0');
  ask = (...args) => runRitz(args, { RITZ_URL: url });
}, timeout);

it('lists runs, compares them by id or name, and says what it cannot find', { timeout }, async () => {
  const list = await ask('runs', 'list', '--search', 'narrow');
  expect(list.stdout).toMatch(/^narrow +finished +\S+ +1 +10 +0\.25 +50\.0 % .*6f1f1f0e-8a54-4c6e-9a53-0d3c5d1c0001$/m);
  expect(list.stdout).not.toContain('wide');

  const json = JSON.parse((await ask('runs', 'list', '--json')).stdout) as { id: string }[];
  expect(json.map(({ id }) => id).sort()).toEqual(Object.values(ids));
  expect((await ask('runs', 'list', '--limit', '1')).stdout).toContain('1 of 3 runs');
  expect((await ask('runs', 'list', '--status', 'failed')).stdout).toContain('No matching runs.');

  const compared = await ask('compare', 'narrow', ids.wide);
  expect(compared.stdout).toMatch(/^narrow +10 +1 /m);
  expect(compared.stdout).toMatch(/^wide +10 +2 /m);
  // Half of the weight sits at 0, a quarter moves from each of ±1 to ±2.
  expect(compared.stdout).toMatch(/^narrow – wide +0\.5 /m);
  expect(compared.stdout).toMatch(/^schedule\.initial +0\.1 +0\.2$/m);
  expect(compared.code).toBe(0);

  const programmatic = JSON.parse(
    (await ask('compare', ids.narrow, ids.wide, '--sigma', '0.5', '--points', '32', '--json')).stdout,
  ) as { points: { sigma: number; lambda: number[]; entries: { density: { density: number[] } }[] }[] };
  const [point] = programmatic.points;
  expect(point?.sigma).toBe(0.5);
  expect(point?.lambda).toHaveLength(32);
  expect(point?.entries.map(({ density }) => density.density.length)).toEqual([32, 32]);

  for (const [args, message] of [
    [['compare', 'nobody'], 'No run is called "nobody". `ritz runs list` shows those stored.'],
    [['compare', ids.narrow.replace('1', '2')], 'No run has the id "'],
    [['compare', 'wide'], `2 runs are called "wide": choose one by its id, of `],
    [
      ['compare', 'narrow', '--sigma', '0'],
      '--sigma (width of the kernel): expected a number greater than 0, got "0".',
    ],
    [['compare', 'narrow', '--at', '1,x'], '--at: expected numbers of at least 0, such as 0,100,2000, got "1,x".'],
    [['runs', 'list', '--url', 'here'], '--url: expected an address such as http://127.0.0.1:4000, got "here".'],
  ] as const) {
    const { code, stdout, stderr } = await ask(...args);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe('');
    expect(code).toBe(1);
  }
});
