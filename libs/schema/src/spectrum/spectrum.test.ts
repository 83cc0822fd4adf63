import { randomUUID } from 'node:crypto';
import {
  density,
  frobeniusNorm,
  massNearZero,
  type MeasuredSpectrum,
  negativeMass,
  outliers,
  quantiles,
  trace,
} from '@ritz/spectra';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testSchema, type TestSchema } from '../testing/execute.ts';
import { knownSpectrum } from '../testing/lanczos.ts';
import { doubledProbes, probes, runInput, spectrumInput } from '../testing/seed.ts';

const measured: MeasuredSpectrum = { dimension: knownSpectrum.length, probes };
const doubled: MeasuredSpectrum = { dimension: knownSpectrum.length, probes: doubledProbes };

let api: TestSchema;
const run = runInput();
const first = spectrumInput(run.id, 10);
const second = spectrumInput(run.id, 100, {
  probes: doubledProbes,
  gradientOverlap: [
    { k: 4, fraction: 0.5 },
    { k: 4, gradient: 'MINI_BATCH', fraction: 0.4 },
  ],
});
const ofNodes = spectrumInput(run.id, 10, {
  operator: 'GGN',
  probes: [{ index: 0, seed: 1, nodes: [1, 2, 4], weights: [0.5, 0.25, 0.2505] }],
});

beforeAll(async () => {
  api = await testSchema();
  await api.mutate('createRun', run, 'created');
  for (const input of [second, first, ofNodes]) await api.mutate('recordSpectrum', input, 'created');
});
afterAll(() => api.stop());

/** One field of a spectrum. */
async function ask(id: string, field: string): Promise<unknown> {
  const { data, errors } = await api.execute(`{ spectrum(id: "${id}") { it: ${field} } }`);
  expect(errors).toEqual([]);
  return (data as { spectrum?: { it?: unknown } } | null)?.spectrum?.it;
}

const columns = 'lambda density lower upper sigma method';
const plain = (curve: ReturnType<typeof density>) => ({
  sigma: curve.sigma,
  lambda: [...curve.lambda],
  density: [...curve.density],
  lower: [...curve.lower],
  upper: [...curve.upper],
  method: curve.method === 'plain' ? 'PLAIN' : 'VARIANCE_REDUCED',
});

describe('Spectrum.density', () => {
  it('is that of @ritz/spectra, number for number, by default', async () => {
    const answer = await ask(first.id, `density { ${columns} }`);
    expect(answer).toEqual(plain(density(measured)));
    expect(answer).toMatchObject({ lambda: { length: 1024 }, method: 'VARIANCE_REDUCED' });
  });

  it.each([
    [
      '(smoothing: { kind: ABSOLUTE, sigma: 0.05 }, grid: { points: 300 })',
      { smoothing: { kind: 'absolute', sigma: 0.05 }, grid: { points: 300 } },
    ],
    ['(smoothing: { kind: PAPER }, method: PLAIN)', { smoothing: { kind: 'paper' }, method: 'plain' }],
    [
      '(smoothing: { kind: PAPER, sigmaSquared: 1e-3 }, grid: { points: 2, min: -1, max: 1 })',
      { smoothing: { kind: 'paper', sigmaSquared: 1e-3 }, grid: { points: 2, min: -1, max: 1 } },
    ],
    ['(smoothing: { kind: AUTO }, grid: { min: -0.5 })', { grid: { min: -0.5 } }],
  ] as const)('takes %s', async (args, options) => {
    expect(await ask(first.id, `density${args} { ${columns} }`)).toEqual(plain(density(measured, options)));
  });

  it.each([
    ['smoothing: { kind: ABSOLUTE, sigma: 0 }', 'smoothing.sigma: got 0, expected a finite number greater than 0.'],
    ['smoothing: { kind: ABSOLUTE, sigma: -1 }', 'smoothing.sigma: got -1, expected'],
    ['smoothing: { kind: ABSOLUTE, sigma: 1e999 }', 'smoothing.sigma: got Infinity, expected'],
    ['smoothing: { kind: ABSOLUTE }', 'smoothing.sigma: missing'],
    ['smoothing: { kind: PAPER, sigmaSquared: 0 }', 'smoothing.sigmaSquared: got 0, expected'],
    ['grid: { points: 1 }', 'grid.points: got 1, expected 2 to 10000.'],
    ['grid: { points: 10001 }', 'grid.points: got 10001, expected 2 to 10000.'],
    ['grid: { points: -5 }', 'grid.points: got -5, expected'],
    ['grid: { min: 1, max: 1 }', 'grid: got min 1 and max 1, expected min < max.'],
    ['grid: { min: -1e999 }', 'grid.min: got -Infinity, expected'],
    ['grid: { min: 1000 }', 'grid: expected min < max'],
  ])('refuses %s', async (args, message) => {
    const { data, errors } = await api.execute(`{ spectrum(id: "${first.id}") { id density(${args}) { sigma } } }`);
    expect(data).toEqual({ spectrum: { id: first.id, density: null } });
    expect(errors).toEqual([
      { code: 'BAD_USER_INPUT', path: 'spectrum.density', message: expect.stringContaining(message) },
    ]);
  });
});

describe('the statistics of a spectrum', () => {
  it('are those of @ritz/spectra', async () => {
    const estimate = 'value standardError';
    expect(await ask(first.id, `trace { ${estimate} }`)).toEqual(trace(measured));
    expect(await ask(first.id, `frobeniusNorm { ${estimate} }`)).toEqual(frobeniusNorm(measured));
    expect(await ask(first.id, `negativeMass { ${estimate} }`)).toEqual(negativeMass(measured));
  });

  it('find the outliers that the matrix has, with K the classes of the run unless it is given', async () => {
    const fields =
      'outliers { lambdaMax lambdaMin lambdaK lambdaKResidual topSum ratio count bulkEdge values residuals }';
    const expected = outliers(measured, { classes: 3 });
    const answer = await ask(first.id, fields);
    expect(answer).toEqual({ ...expected, values: [...expected.values], residuals: [...expected.residuals] });
    const { lambdaMax, lambdaK, ratio, values } = answer as typeof expected;
    expect(lambdaMax).toBeCloseTo(13, 10);
    expect(lambdaK).toBeCloseTo(5, 10);
    expect(ratio).toBeCloseTo(13 / 5, 10);
    expect([...values].slice(0, 4).map((value) => Number(value.toFixed(9)))).toEqual([13, 8, 5, 3]);
    const four = await ask(first.id, 'outliers(classes: 4) { lambdaK }');
    expect((four as { lambdaK: number }).lambdaK).toBeCloseTo(3, 10);
  });

  it('refuse K < 1', async () => {
    const { errors } = await api.execute(`{ spectrum(id: "${first.id}") { outliers(classes: 0) { ratio } } }`);
    expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT', message: 'classes: got 0, expected at least 1.' }]);
  });

  it('work on nodes and weights, of which residuals and errors are not known', async () => {
    expect(await ask(ofNodes.id, 'trace { value standardError }')).toEqual({
      value: expect.closeTo((300 * (1 * 0.5 + 2 * 0.25 + 4 * 0.2505)) / 1.0005, 9),
      standardError: null,
    });
    expect(await ask(ofNodes.id, 'outliers { lambdaMax lambdaK ratio count residuals }')).toEqual({
      lambdaMax: 4,
      lambdaK: 1,
      ratio: 4,
      count: null,
      residuals: [],
    });
  });
});

describe('Run.trajectory', () => {
  const fields = `step lambdaMax lambdaMin lambdaK ratio outlierCount negativeMass trace
    overlap { k gradient fraction }`;

  it('has the statistics of each measured step, in order, with gaps where an overlap was not measured', async () => {
    const { data, errors } = await api.execute(`{ run(id: "${run.id}") { trajectory { ${fields} } } }`);
    expect(errors).toEqual([]);
    const both = [measured, doubled];
    const tops = both.map((one) => outliers(one, { classes: 3 }));
    expect(data).toEqual({
      run: {
        trajectory: {
          step: [10, 100],
          lambdaMax: tops.map((one) => one.lambdaMax),
          lambdaMin: tops.map((one) => one.lambdaMin),
          lambdaK: tops.map((one) => one.lambdaK),
          ratio: tops.map((one) => one.ratio),
          outlierCount: tops.map((one) => one.count),
          negativeMass: both.map((one) => negativeMass(one).value),
          trace: both.map((one) => trace(one).value),
          overlap: [
            { k: 1, gradient: 'FULL_BATCH', fraction: [0.25, null] },
            { k: 4, gradient: 'FULL_BATCH', fraction: [0.75, 0.5] },
            { k: 4, gradient: 'MINI_BATCH', fraction: [null, 0.4] },
          ],
        },
      },
    });
  });

  it('has shares within any part of λmax, and any quantile', async () => {
    const { data, errors } = await api.execute(
      `{ run(id: "${run.id}") { trajectory { massWithin(share: 0.4) quantile(probability: 0.9)
        stored: massWithin(share: 0.01) low: quantile(probability: 0.025) } } }`,
    );
    expect(errors).toEqual([]);
    const both = [measured, doubled];
    expect(data).toEqual({
      run: {
        trajectory: {
          massWithin: both.map((one) => massNearZero(one, 0.4 * outliers(one).lambdaMax).value),
          quantile: both.map((one) => quantiles(one, [0.9])[0]?.value),
          stored: both.map((one) => massNearZero(one, 0.01 * outliers(one).lambdaMax).value),
          low: both.map((one) => quantiles(one, [0.025])[0]?.value),
        },
      },
    });
  });

  it.each([
    ['massWithin(share: -1)', 'share: expected a finite number of at least 0, got -1.'],
    ['quantile(probability: 1.5)', 'probabilities: expected numbers from 0 to 1, got 1.5.'],
  ])('refuses %s', async (field, message) => {
    const { errors } = await api.execute(`{ run(id: "${run.id}") { trajectory { ${field} } } }`);
    expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT', message }]);
  });

  it('is of one operator and block at a time; empty where nothing was measured', async () => {
    const { data } = await api.execute(`{ run(id: "${run.id}") {
      ggn: trajectory(operator: GGN) { step lambdaMax overlap { k } }
      block: trajectory(block: "conv1") { step lambdaMax overlap { k } } } }`);
    expect(data).toEqual({
      run: {
        ggn: { step: [10], lambdaMax: [4], overlap: [{ k: 1 }, { k: 4 }] },
        block: { step: [], lambdaMax: [], overlap: [] },
      },
    });
  });
});

describe('Run.spectrum', () => {
  it('finds one spectrum by step, operator and block', async () => {
    const { data } = await api.execute(`{ run(id: "${run.id}") {
      hessian: spectrum(step: 10) { id } ggn: spectrum(step: 10, operator: GGN) { id }
      block: spectrum(step: 10, block: "conv1") { id } later: spectrum(step: 11) { id } } }`);
    expect(data).toEqual({ run: { hessian: { id: first.id }, ggn: { id: ofNodes.id }, block: null, later: null } });
  });
});

describe('Run.latestSpectrum', () => {
  it('is that of the last measured step, of one operator and block, for many runs in few statements', async () => {
    const several = [runInput(), runInput(), runInput()];
    for (const one of several) await api.mutate('createRun', one, 'created');
    const [early, late, none] = several.map(({ id }) => id);
    await api.mutate('recordSpectrum', spectrumInput(early ?? '', 3), 'created');
    for (const step of [20, 5]) await api.mutate('recordSpectrum', spectrumInput(late ?? '', step), 'created');
    await api.mutate('recordSpectrum', spectrumInput(late ?? '', 30, { operator: 'GGN' }), 'created');
    api.statements.length = 0;
    const { data, errors } = await api.execute(
      `query($ids: [ID!]!) { runs(filter: { ids: $ids }) { nodes { id latestSpectrum { step { number } }
        ggn: latestSpectrum(operator: GGN) { step { number } } } } }`,
      { ids: several.map(({ id }) => id) },
    );
    expect(errors).toEqual([]);
    const { nodes } = (data as unknown as { runs: { nodes: { id: string }[] } }).runs;
    expect(new Map(nodes.map(({ id, ...rest }) => [id, rest]))).toEqual(
      new Map([
        [early, { latestSpectrum: { step: { number: 3 } }, ggn: null }],
        [late, { latestSpectrum: { step: { number: 20 } }, ggn: { step: { number: 30 } } }],
        [none, { latestSpectrum: null, ggn: null }],
      ]),
    );
    expect(api.statements.filter((text) => text.includes('"spectrum"')).length).toBeLessThanOrEqual(4);
  });
});

describe('Run.measuredOperators', () => {
  it('names each operator, block and preconditioner once, what stands for the run first', async () => {
    const only = runInput();
    await api.mutate('createRun', only, 'created');
    for (const [step, changes] of [
      [10, { block: 'conv1' }],
      [10, { operator: 'FISHER' }],
      [10, { operator: 'GGN', preconditioner: 'ADAM' }],
      [10, { operator: 'GGN' }],
      [11, { operator: 'GGN' }],
    ] as const)
      await api.mutate('recordSpectrum', spectrumInput(only.id, step, changes), 'created');
    const { data } = await api.execute(`{ run(id: "${only.id}") {
      measuredOperators { operator block preconditioner }
      adam: spectrum(step: 10, operator: GGN, preconditioner: ADAM) { preconditioner }
      trajectory(operator: GGN) { step }
      plain: spectra(preconditioner: NONE, operator: GGN) { step { number } } } }`);
    const whole = { block: 'all', preconditioner: 'NONE' };
    expect(data).toEqual({
      run: {
        measuredOperators: [
          { operator: 'GGN', ...whole },
          { operator: 'FISHER', ...whole },
          { operator: 'GGN', ...whole, preconditioner: 'ADAM' },
          { operator: 'HESSIAN', ...whole, block: 'conv1' },
        ],
        adam: { preconditioner: 'ADAM' },
        trajectory: { step: [10, 11] },
        plain: [{ step: { number: 10 } }, { step: { number: 11 } }],
      },
    });
  });
});

describe('what is not there', () => {
  it('is null for an id that is well formed', async () => {
    const id = randomUUID();
    const { data, errors } = await api.execute(
      `{ run(id: "${id}") { id } spectrum(id: "${id}") { id } node(id: "${id}") { id } }`,
    );
    expect({ data, errors }).toEqual({ data: { run: null, spectrum: null, node: null }, errors: [] });
  });

  it.each(['run', 'spectrum', 'node'])('is BAD_USER_INPUT for a %s id that is no UUID', async (field) => {
    const { data, errors } = await api.execute(`{ ${field}(id: "42") { id } }`);
    expect(data).toEqual({ [field]: null });
    expect(errors).toEqual([
      { code: 'BAD_USER_INPUT', path: field, message: expect.stringContaining('id: got "42", expected a UUID') },
    ]);
  });
});
