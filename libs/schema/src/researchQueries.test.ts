/** Questions that people who study training ask of a database of spectra, each answered by one request. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testSchema, type TestSchema } from './testing/execute.ts';
import { doubledProbes, runInput, spectrumInput } from './testing/seed.ts';

let api: TestSchema;
const ids: string[] = [];
let startedAt: string;
let firstSpectrum: string;

const setting = (path: string, value: number | boolean) => ({
  path: path.split('.'),
  typedValue: typeof value === 'number' ? { number: value } : { json: JSON.stringify(value) },
});

const settings = [
  {
    name: 'a',
    experiment: 'rates',
    dataset: 'mnist',
    optimiser: 'sgd',
    tags: ['base'],
    config: [setting('lr', 0.1), setting('beta.two', 0.9)],
  },
  {
    name: 'b',
    experiment: 'rates',
    dataset: 'mnist',
    optimiser: 'sgd',
    tags: ['base', 'long'],
    config: [setting('lr', 0.01)],
  },
  {
    name: 'c',
    experiment: 'nets',
    dataset: 'cifar-10',
    optimiser: 'adam',
    tags: [],
    config: [setting('lr', 0.001), setting('warmup', true)],
  },
];

beforeAll(async () => {
  api = await testSchema();
  startedAt = new Date().toISOString();
  for (const [at, { name, ...others }] of settings.entries()) {
    const { id } = runInput({ project: 'questions', name, seed: at, ...others });
    ids.push(id);
    await api.mutate('createRun', { ...runInput({ project: 'questions', name, seed: at, ...others }), id }, 'created');
    const steps = [0, 10].map((number) => ({ number, trainLoss: 2 - number / 10 + at, learningRate: 0.1 }));
    await api.mutate('logSteps', { runId: id, steps }, 'steps { number }');
    for (const step of [0, 10]) {
      const spectrum = spectrumInput(id, step, step === 0 ? {} : { probes: doubledProbes });
      firstSpectrum ??= spectrum.id;
      await api.mutate('recordSpectrum', spectrum, 'created');
    }
  }
});
afterAll(() => api.stop());

async function ask(query: string): Promise<Record<string, never>> {
  const { data, errors } = await api.execute(query);
  expect(errors).toEqual([]);
  return data ?? {};
}

const near = (value: number): unknown => expect.closeTo(value, 6);
const names = { nodes: [{ name: 'a' }, { name: 'b' }] };
const byName = 'orderBy: { field: NAME, direction: ASC }';

describe('one request answers', () => {
  it.each<[question: string, query: () => string, answer: object]>([
    [
      'which runs an experiment has',
      () => `{ experiments(project: "questions") { name runs(${byName}) { totalCount nodes { name } } } }`,
      {
        experiments: [
          { name: 'nets', runs: { totalCount: 1, nodes: [{ name: 'c' }] } },
          { name: 'rates', runs: { totalCount: 2, ...names } },
        ],
      },
    ],
    [
      'which experiments and newest runs each project has',
      () =>
        '{ projects { name experiments { name } runs(first: 1, orderBy: { field: CREATED_AT, direction: DESC }) { totalCount nodes { name } } } }',
      {
        projects: [
          {
            name: 'questions',
            experiments: [{ name: 'nets' }, { name: 'rates' }],
            runs: { totalCount: 3, nodes: [{ name: 'c' }] },
          },
        ],
      },
    ],
    [
      'which runs of a project used one data set',
      () => `{ projects { runs(${byName}, filter: { dataset: ["mnist"] }) { nodes { name } } } }`,
      { projects: [{ runs: names }] },
    ],
    [
      'which runs had a learning rate of at least 0.01',
      () => `{ runs(${byName}, filter: { config: [{ path: "lr", atLeast: 0.01 }] }) { nodes { name } } }`,
      { runs: names },
    ],
    [
      'which runs had a learning rate between two values',
      () => '{ runs(filter: { config: [{ path: "lr", atLeast: 0.005, atMost: 0.05 }] }) { nodes { name } } }',
      { runs: { nodes: [{ name: 'b' }] } },
    ],
    [
      'which runs had a nested setting',
      () => '{ runs(filter: { config: [{ path: "beta.two", equals: "0.9" }] }) { nodes { name } } }',
      { runs: { nodes: [{ name: 'a' }] } },
    ],
    [
      'which runs warmed up',
      () => '{ runs(filter: { config: [{ path: "warmup", equals: "true" }] }) { nodes { name } } }',
      { runs: { nodes: [{ name: 'c' }] } },
    ],
    [
      'which runs lack a setting',
      () => `{ runs(${byName}, filter: { config: [{ path: "warmup", exists: false }] }) { nodes { name } } }`,
      { runs: names },
    ],
    [
      'what changed since the last look',
      () =>
        `{ runs(filter: { updatedSince: ${JSON.stringify(startedAt)} }) { totalCount } spectra(direction: ASC, first: 2, filter: { updatedSince: ${JSON.stringify(startedAt)} }) { totalCount nodes { run { name } step { number } } } }`,
      {
        runs: { totalCount: 3 },
        spectra: {
          totalCount: 6,
          nodes: [
            { run: { name: 'a' }, step: { number: 0 } },
            { run: { name: 'a' }, step: { number: 10 } },
          ],
        },
      },
    ],
    [
      'what changed since now',
      () =>
        '{ runs(filter: { updatedSince: "2099-01-01T00:00:00Z" }) { totalCount } spectra(filter: { updatedSince: "2099-01-01T00:00:00Z" }) { totalCount } }',
      { runs: { totalCount: 0 }, spectra: { totalCount: 0 } },
    ],
    [
      'every late spectrum of one data set with its largest eigenvalue',
      () =>
        '{ spectra(filter: { stepFrom: 5, runs: { dataset: ["cifar-10"] } }) { nodes { run { name } step { number trainLoss } outliers { lambdaMax } } } }',
      {
        spectra: {
          nodes: [
            {
              run: { name: 'c' },
              step: { number: 10, trainLoss: 3 },
              outliers: { lambdaMax: expect.any(Number) as unknown },
            },
          ],
        },
      },
    ],
    [
      'loss by data set, with spread',
      () =>
        '{ runGroups(by: [DATASET]) { dataset count trainLoss { value runs standardDeviation quantiles(probabilities: [0, 0.5, 1]) } } }',
      {
        runGroups: [
          {
            dataset: 'mnist',
            count: 2,
            trainLoss: { value: 1.5, runs: 2, standardDeviation: Math.SQRT1_2, quantiles: [1, 1.5, 2] },
          },
          {
            dataset: 'cifar-10',
            count: 1,
            trainLoss: { value: 3, runs: 1, standardDeviation: null, quantiles: [3, 3, 3] },
          },
        ],
      },
    ],
    [
      'largest eigenvalue by optimiser',
      () => '{ runGroups(by: [OPTIMISER]) { optimiser lambdaMax { runs quantiles } } }',
      {
        runGroups: [
          { optimiser: 'sgd', lambdaMax: { runs: 2, quantiles: Array(5).fill(expect.any(Number) as unknown) } },
          { optimiser: 'adam', lambdaMax: { runs: 1, quantiles: Array(5).fill(expect.any(Number) as unknown) } },
        ],
      },
    ],
    [
      'largest eigenvalue of all runs of each data set where the loss first is near a value, with its spread',
      () =>
        `{ runGroups(by: [DATASET]) { dataset statistics(of: [
          { name: LAMBDA_MAX, near: { alignment: LOSS, position: 2.1, tolerance: 0.5 } }, { name: LAMBDA_MAX, at: MAX }
        ]) { runs value standardDeviation quantiles(probabilities: [0, 1]) }
        measures(of: [{ name: TRAIN_LOSS, at: FIRST }]) { runs value } } }`,
      {
        runGroups: [
          {
            dataset: 'mnist',
            statistics: [
              { runs: 2, value: near(19.5), standardDeviation: near(Math.sqrt(84.5)), quantiles: [near(13), near(26)] },
              { runs: 2, value: near(26), quantiles: [near(26), near(26)] },
            ],
            measures: [{ runs: 2, value: 2.5 }],
          },
          {
            dataset: 'cifar-10',
            statistics: [{ runs: 0, value: null, quantiles: [] }, { runs: 1 }],
            measures: [{ runs: 1, value: 4 }],
          },
        ],
      },
    ],
    [
      'how much of the spectrum is negative half way through, run by run',
      () =>
        `{ runs(${byName}) { nodes { name statistics(of: [
          { name: NEGATIVE_MASS, near: { alignment: PROGRESS, position: 0 } }, { name: LAMBDA_MAX, operator: GGN },
          { name: LAMBDA_MAX }
        ]) { value step } } } }`,
      {
        runs: {
          nodes: ['a', 'b', 'c'].map((name) => ({
            name,
            statistics: [
              { value: expect.any(Number) as unknown, step: 0 },
              { value: null, step: null },
              { value: near(26), step: 10 },
            ],
          })),
        },
      },
    ],
    [
      'which run is sharpest, which loss is lowest, which rate is largest',
      () =>
        `{ sharpest: runs(first: 1, orderBy: { statistic: { name: LAMBDA_MAX, at: MAX }, direction: DESC }) { totalCount nodes { measures(of: [{ name: EPOCH }]) { value step } } }
        lowest: runs(first: 1, orderBy: { measure: { name: TRAIN_LOSS }, direction: ASC }) { nodes { name } }
        largest: runs(first: 2, orderBy: { config: "lr", direction: DESC }) { nodes { name } } }`,
      {
        sharpest: { totalCount: 3, nodes: [{ measures: [{ value: null, step: null }] }] },
        lowest: { nodes: [{ name: 'a' }] },
        largest: { nodes: [{ name: 'a' }, { name: 'b' }] },
      },
    ],
    [
      'which runs end sharp, below a loss',
      () =>
        `{ runs(${byName}, filter: { statistics: [{ statistic: { name: LAMBDA_MAX }, atLeast: 20 }], measures: [{ measure: { name: TRAIN_LOSS }, atMost: 2 }] }) { nodes { name } } }`,
      { runs: names },
    ],
    [
      'largest eigenvalue by a setting, in the middle of the first phase of the learning rate',
      () =>
        `{ runGroups(config: ["lr"]) { settings { name value { number } } count statistics(of: [
          { name: LAMBDA_MAX, near: { alignment: LR_PHASE, position: 0 } }
        ]) { runs value } measures(of: [{ name: TRAIN_LOSS, near: { alignment: LR_PHASE, position: 0, tolerance: 0.01 } }]) { value } } }`,
      {
        runGroups: [0.001, 0.01, 0.1].map((number, at) => ({
          settings: [{ name: 'config.lr', value: { number } }],
          count: 1,
          statistics: [{ runs: 1, value: near(13) }],
          measures: [{ value: 4 - at }],
        })),
      },
    ],
    [
      'spread over repetitions: runs that agree in everything but the seed',
      () =>
        `{ runGroups(by: [ALL_BUT_SEED], filter: { dataset: ["mnist"] }) { count settings { name value { shown } } trainLoss { runs value standardDeviation } } }`,
      {
        runGroups: expect.arrayContaining([
          {
            count: 1,
            settings: expect.arrayContaining([
              { name: 'dataset', value: { shown: 'mnist' } },
              { name: 'schedule.kind', value: { shown: 'STEP' } },
              { name: 'config.lr', value: { shown: '0.1' } },
            ]) as unknown,
            trainLoss: { runs: 1, value: 1, standardDeviation: null },
          },
        ]) as unknown,
      },
    ],
    [
      'which runs have a setting of exactly this type, and what were all their settings',
      () =>
        `{ runs(filter: { config: [{ path: "warmup", is: { boolean: true } }, { path: "lr", is: { number: 0.001 } }] }) { nodes { name config { path typedValue { number boolean text } } } } }`,
      {
        runs: {
          nodes: [
            {
              name: 'c',
              config: [
                { path: ['lr'], typedValue: { number: 0.001, boolean: null, text: null } },
                { path: ['warmup'], typedValue: { number: null, boolean: true, text: null } },
              ],
            },
          ],
        },
      },
    ],
    [
      'which spectra which engine measured',
      () =>
        `{ engines { computedBy { name kind library provider version } spectrumCount } spectra(first: 1) { nodes { computedBy { name } } } }`,
      {
        engines: [
          {
            computedBy: { name: 'test', kind: null, library: 'test', provider: null, version: null },
            spectrumCount: 6,
          },
        ],
        spectra: { nodes: [{ computedBy: { name: 'test' } }] },
      },
    ],
    [
      'runs by tag',
      () => '{ runGroups(by: [TAG]) { tag count } }',
      {
        runGroups: [
          { tag: 'base', count: 2 },
          { tag: 'long', count: 1 },
          { tag: null, count: 1 },
        ],
      },
    ],
    [
      'runs by project, experiment and status',
      () => '{ runGroups(by: [PROJECT, EXPERIMENT, STATUS]) { project experiment status count } }',
      {
        runGroups: [
          { project: 'questions', experiment: 'rates', status: 'RUNNING', count: 2 },
          { project: 'questions', experiment: 'nets', status: 'RUNNING', count: 1 },
        ],
      },
    ],
    [
      'how sharpness moved in every run of an experiment',
      () =>
        `{ runs(${byName}, filter: { experiment: "rates" }) { nodes { name trajectory { step lambdaMax ratio } } } }`,
      {
        runs: {
          nodes: [
            { name: 'a', trajectory: { step: [0, 10] } },
            { name: 'b', trajectory: { step: [0, 10] } },
          ],
        },
      },
    ],
    [
      'densities of two runs at one step on one grid',
      () =>
        `{ compare(runs: ${JSON.stringify(ids.slice(0, 2))}, align: STEP, at: [10], grid: { points: 32 }) { points { sigma entries { spectrum { step { number } } density { density } } } } }`,
      {
        compare: {
          points: [
            {
              entries: [10, 10].map((number) => ({
                spectrum: { step: { number } },
                density: { density: expect.any(Array) as unknown },
              })),
            },
          ],
        },
      },
    ],
  ])('%s', async (_question, query, answer) => {
    expect(await ask(query())).toMatchObject(answer);
  });

  it('which measurements were repeated, with the newest shown', async () => {
    const again = spectrumInput(ids[0] ?? '', 0, { seed: 99, probes: doubledProbes });
    expect(await api.mutate('recordSpectrum', again, 'created')).toMatchObject({ created: true, userErrors: [] });
    expect(
      await ask(`{ run(id: "${ids[0] ?? ''}") {
        spectrum(step: 0) { seed }
        spectra(steps: [0]) { seed }
        all: spectra(steps: [0], measurements: ALL) { seed }
        trajectory { step }
      } }`),
    ).toEqual({
      run: {
        spectrum: { seed: 99 },
        spectra: [{ seed: 99 }],
        all: [{ seed: 7 }, { seed: 99 }],
        trajectory: { step: [0, 10] },
      },
    });
  });

  it('which spectra were withdrawn, and why', async () => {
    const input = { id: firstSpectrum, reason: 'measured on the test set' };
    expect(await api.mutate('deleteSpectrum', { ...input, reason: '' }, 'deletion { spectrumId }')).toMatchObject({
      deletion: null,
      userErrors: [{ code: 'INVALID', field: ['reason'] }],
    });
    expect(await api.mutate('deleteSpectrum', input, 'deletion { spectrumId stepNumber reason }')).toMatchObject({
      deletion: { spectrumId: firstSpectrum, stepNumber: 0, reason: 'measured on the test set' },
      userErrors: [],
    });
    expect(await ask(`{ run(id: "${ids[0] ?? ''}") { deletedSpectra { spectrumId operator block reason } } }`)).toEqual(
      {
        run: {
          deletedSpectra: [
            { spectrumId: firstSpectrum, operator: 'HESSIAN', block: 'all', reason: 'measured on the test set' },
          ],
        },
      },
    );
  });
});

describe('questions that make no sense are answered with what is wrong', () => {
  it.each([
    ['{ runs(filter: { config: [{ path: "lr" }] }) { totalCount } }', /expected is, equals, atLeast, atMost or exists/],
    ['{ runs(filter: { config: [{ path: "a..b", exists: true }] }) { totalCount } }', /expected names joined by dots/],
    [`{ runs(filter: { search: "${'word '.repeat(21)}" }) { totalCount } }`, /21 words/],
    ['{ runGroups(by: [TAG]) { trainLoss { quantiles(probabilities: [2]) } } }', /from 0 to 1, got 2/],
    [
      '{ runs(orderBy: { direction: ASC }) { totalCount } }',
      /expected one of field, statistic, measure and config, got 0/,
    ],
    ['{ runs(filter: { statistics: [{ statistic: { name: TRACE } }] }) { totalCount } }', /atLeast, atMost or exists/],
    ['{ runGroups { count } }', /at least one key or setting to group by, got none/],
    [
      '{ runs(filter: { config: [{ path: "lr", is: { json: "{" } }] }) { totalCount } }',
      /is\.json: expected JSON, got "\{"/,
    ],
    [
      '{ runs(orderBy: { direction: ASC, statistic: { name: TRACE, at: MAX, near: { alignment: STEP, position: 1 } } }) { totalCount } }',
      /either at or near/,
    ],
    ['{ spectra(after: "nonsense") { totalCount } }', /cursor/],
  ])('%s', async (query, message) => {
    const { errors } = await api.execute(query);
    expect(errors[0]).toMatchObject({ code: 'BAD_USER_INPUT', message: expect.stringMatching(message) as unknown });
  });
});
