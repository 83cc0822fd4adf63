import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { summariseMissing } from './request/summaries.ts';
import { testSchema, type TestSchema } from './testing/execute.ts';
import { runInput, spectrumInput } from './testing/seed.ts';

/** 20 runs, of which every second has a residual network; each with 3 steps, the last 2 of them with a spectrum. */
const runCount = 20;

let api: TestSchema;
const inputs = Array.from({ length: runCount }, (_, index) =>
  runInput({
    name: `run ${String(index).padStart(2, '0')}`,
    residual: index % 2 === 1,
    experiment: index < 5 ? 'first' : 'second',
    tags: [index % 3 === 0 ? 'threes' : 'others', 'all'],
    notes: index === 7 ? 'Odd: "quoted" 100% \\ <script>' : null,
  }),
);

beforeAll(async () => {
  api = await testSchema();
  for (const input of inputs) {
    await api.mutate('createRun', input, 'created');
    const steps = [0, 10, 20].map((number) => ({ number, trainLoss: 2 - number / 20, learningRate: 0.1 }));
    await api.mutate('logSteps', { runId: input.id, steps }, '__typename');
    for (const step of [10, 20]) await api.mutate('recordSpectrum', spectrumInput(input.id, step), 'created');
  }
  await summariseMissing(api.database, new AbortController().signal);
});
afterAll(() => api.stop());

/** How many statements a query sends. */
async function statements(query: string): Promise<number> {
  api.statements.length = 0;
  const { errors } = await api.execute(query);
  expect(errors).toEqual([]);
  return api.statements.length;
}

async function names(args: string): Promise<unknown> {
  const { data, errors } = await api.execute(`{ runs(${args}) { nodes { name } } }`);
  expect(errors).toEqual([]);
  return (data as { runs?: { nodes?: { name: string }[] } } | null)?.runs?.nodes?.map(({ name }) => name);
}

describe('a list of runs', () => {
  it.each([
    ['alone', 'id name tags', 2],
    ['with projects and experiments', 'project { name } experiment { name project { name } }', 4],
    ['with histories', 'history { step trainLoss }', 3],
    [
      'with several histories and the number of spectra',
      'a: history { step trainLoss } b: history { testLoss } spectrumCount',
      4,
    ],
    ['with the summaries of their spectra', 'spectra { id operator step { number trainLoss } run { name } }', 5],
    [
      'with statistics of their spectra',
      'spectra { outliers { lambdaMax } trace { value } gradientOverlap { k fraction } }',
      7,
    ],
    [
      'with chosen statistics and measures',
      'statistics(of: [{ name: LAMBDA_MAX }, { name: TRACE, at: MAX }]) { value } measures(of: [{ name: TRAIN_LOSS }]) { value }',
      5,
    ],
    ['with trajectories', 'trajectory { step lambdaMax overlap { k } }', 4],
    [
      'with one step and one density',
      'step(number: 10) { trainLoss spectra { id } } spectrum(step: 10) { density { sigma } }',
      5,
    ],
  ])('%s costs a fixed number of statements', async (_what, fields, expected) => {
    expect(await statements(`{ runs(first: 20) { totalCount nodes { ${fields} } } }`)).toBe(expected);
    expect(await statements(`{ runs(first: 2) { totalCount nodes { ${fields} } } }`)).toBe(expected);
  });

  it('is filtered', async () => {
    expect(await names('first: 100, filter: { residual: true, experiment: "first" }')).toEqual(['run 03', 'run 01']);
    expect(await names('filter: { tags: ["threes", "all"], experiment: "first" }')).toEqual(['run 03', 'run 00']);
    expect(await names('filter: { search: "QUOTED 100%" }')).toEqual(['run 07']);
    expect(await names('filter: { search: "100_" }')).toEqual([]);
    expect(await names(`filter: { ids: ["${inputs[2]?.id.toUpperCase() ?? ''}", "${randomUUID()}"] }`)).toEqual([
      'run 02',
    ]);
    expect(await names('filter: { ids: [] }')).toEqual([]);
    expect(await names(`filter: { project: "'; drop table run; --" }`)).toEqual([]);
  });

  it('is sorted and read by pages that neither repeat nor skip', async () => {
    const seen: string[] = [];
    let after = '';
    for (let page = 0; page < 4; page++) {
      const { data } = await api.execute(
        `{ runs(first: 7, orderBy: { field: NAME, direction: ASC } ${after}) {
           totalCount edges { cursor node { name } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
      );
      const { runs } = data as unknown as {
        runs: {
          totalCount: number;
          edges: { cursor: string; node: { name: string } }[];
          pageInfo: Record<string, unknown>;
        };
      };
      seen.push(...runs.edges.map(({ node }) => node.name));
      expect(runs.totalCount).toBe(runCount);
      expect(runs.pageInfo).toEqual({
        hasNextPage: page < 2,
        hasPreviousPage: page > 0,
        startCursor: runs.edges[0]?.cursor ?? null,
        endCursor: runs.edges.at(-1)?.cursor ?? null,
      });
      after = `, after: "${runs.edges.at(-1)?.cursor ?? ''}"`;
      if (page === 2) break;
    }
    expect(seen).toEqual(inputs.map(({ name }) => name));
  });

  it.each([
    ['first: 0', 'first: got 0, expected 1 to 100.'],
    ['first: 101', 'first: got 101, expected 1 to 100.'],
    ['first: -1', 'first: got -1, expected 1 to 100.'],
    ['after: "nonsense"', 'a cursor from a page of the same list'],
    ['filter: { ids: ["x"] }', 'filter.ids: got "x", expected a UUID'],
    ['filter: { search: "nul \\u0000" }', 'NUL'],
    [`filter: { tags: ${JSON.stringify(Array.from({ length: 1001 }, () => 't'))} }`, 'filter.tags: got 1001 entries'],
  ])('refuses %s', async (args, message) => {
    const { errors } = await api.execute(`{ runs(${args}) { totalCount } }`);
    expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT', message: expect.stringContaining(message) }]);
  });
});

describe('the steps of a run', () => {
  it('come by pages, in ascending order', async () => {
    const fields = 'nodes { number run { id } } pageInfo { hasNextPage endCursor } totalCount';
    const id = inputs[0]?.id ?? '';
    const page = async (args: string) => {
      const { data } = await api.execute(`{ run(id: "${id}") { steps(${args}) { ${fields} } } }`);
      return (data as unknown as { run: { steps: { pageInfo: { endCursor: string } } } }).run.steps;
    };
    const first = await page('first: 2');
    expect(first).toMatchObject({
      nodes: [{ number: 0, run: { id } }, { number: 10 }],
      pageInfo: { hasNextPage: true },
      totalCount: 3,
    });
    expect(await page(`first: 2, after: "${first.pageInfo.endCursor}"`)).toMatchObject({
      nodes: [{ number: 20 }],
      pageInfo: { hasNextPage: false },
    });
  });

  it.each(['first: 0', 'first: 101', 'after: "e30"'])('refuse %s', async (args) => {
    const { errors } = await api.execute(`{ run(id: "${inputs[0]?.id ?? ''}") { steps(${args}) { totalCount } } }`);
    expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
  });
});

describe('history', () => {
  it('has every step and null where nothing was measured', async () => {
    const { data } = await api.execute(
      `{ run(id: "${inputs[0]?.id ?? ''}") { history { step trainLoss testLoss learningRate totalSteps downsampled } } }`,
    );
    expect(data).toEqual({
      run: {
        history: {
          step: [0, 10, 20],
          trainLoss: [2, 1.5, 1],
          testLoss: [null, null, null],
          learningRate: [0.1, 0.1, 0.1],
          totalSteps: 3,
          downsampled: false,
        },
      },
    });
  });

  it.each([1, 0, -3, 10_001])('refuses maxPoints = %i', async (points) => {
    const { errors } = await api.execute(
      `{ run(id: "${inputs[0]?.id ?? ''}") { history(maxPoints: ${String(points)}) { step } } }`,
    );
    expect(errors).toMatchObject([
      { code: 'BAD_USER_INPUT', message: `maxPoints: got ${String(points)}, expected 2 to 10000.` },
    ]);
  });
});

describe('node', () => {
  it('finds runs, steps and spectra by their id', async () => {
    const id = inputs[3]?.id ?? '';
    const { data } = await api.execute(`{ run(id: "${id}") { step(number: 10) { id } spectrum(step: 20) { id } } }`);
    const { run } = data as unknown as { run: { step: { id: string }; spectrum: { id: string } } };
    const query = `query($id: ID!) { node(id: $id) { __typename id ... on Run { name } ... on Step { number }
      ... on Spectrum { lanczosSteps } } }`;
    const found = await Promise.all([id, run.step.id, run.spectrum.id].map((id) => api.execute(query, { id })));
    expect(found.map(({ data }) => data)).toEqual([
      { node: { __typename: 'Run', id, name: 'run 03' } },
      { node: { __typename: 'Step', id: run.step.id, number: 10 } },
      { node: { __typename: 'Spectrum', id: run.spectrum.id, lanczosSteps: 30 } },
    ]);
  });
});

describe('projects', () => {
  it('are listed by name', async () => {
    expect((await api.execute('{ projects { name } }')).data).toEqual({ projects: [{ name: 'test' }] });
  });
});
