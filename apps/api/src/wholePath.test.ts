import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApi, type TestApi } from './testing/api.ts';
import { mutate, query } from './testing/http.ts';
import { lanczosSteps, parameters, runInput, spectrumInput } from './testing/inputs.ts';
import { gaussianDensity, quadrature, type Toeplitz } from './testing/toeplitz.ts';

/** Two probes at each of two steps; what is known of them is in testing/toeplitz.ts. */
const early: readonly Toeplitz[] = [
  { a: 1, b: 0.8, m: lanczosSteps },
  { a: 1.2, b: 0.7, m: lanczosSteps },
];
const late: readonly Toeplitz[] = early.map((probe) => ({ ...probe, a: probe.a + 1 }));

let api: TestApi;
const run = runInput({ classes: 2 });
const first = spectrumInput(run.id, 10, early, { gradientOverlap: [{ k: 2, fraction: 0.5 }] });
const second = spectrumInput(run.id, 100, late);

beforeAll(async () => {
  api = await testApi();
  expect(await mutate(api.url, 'createRun', run, 'created')).toEqual({ created: true, userErrors: [] });
  const steps = Array.from({ length: 101 }, (_, number) => ({ number, trainLoss: Math.exp(-number / 50) }));
  await mutate(api.url, 'logSteps', { runId: run.id, steps }, '__typename');
  for (const input of [first, second]) {
    expect(await mutate(api.url, 'recordSpectrum', input, 'created')).toEqual({ created: true, userErrors: [] });
  }
  await mutate(api.url, 'finishRun', { id: run.id }, 'run { status }');
});
afterAll(() => api.stop());

async function ask<Shape>(text: string, variables: Record<string, unknown> = {}): Promise<Shape> {
  const { status, body } = await query(api.url, text, variables);
  expect({ status, errors: body['errors'] }).toEqual({ status: 200, errors: undefined });
  return body['data'] as Shape;
}

interface Curve {
  lambda: number[];
  density: number[];
  lower: number[];
  upper: number[];
  sigma: number;
}

describe('a run, from its creation to its spectra', () => {
  it('can be read back', async () => {
    const data = await ask(
      `query($id: ID!) { run(id: $id) { name status finishedAt history(maxPoints: 20) { step totalSteps downsampled }
         spectra { id step { number trainLoss } } } }`,
      { id: run.id },
    );
    expect(data).toMatchObject({
      run: {
        name: 'a run',
        status: 'FINISHED',
        finishedAt: expect.stringMatching(/Z$/),
        history: { totalSteps: 101, downsampled: true, step: expect.arrayContaining([0, 100]) },
        spectra: [
          { id: first.id, step: { number: 10, trainLoss: Math.exp(-0.2) } },
          { id: second.id, step: { number: 100, trainLoss: Math.exp(-2) } },
        ],
      },
    });
  });

  it('has the density that stochastic Lanczos quadrature defines, with its confidence band', async () => {
    const sigma = 0.05;
    const text = `query($id: ID!, $s: SmoothingInput, $g: GridInput) { spectrum(id: $id) {
      density(smoothing: $s, grid: $g, method: PLAIN) { lambda density lower upper sigma } } }`;
    const variables = { id: first.id, s: { kind: 'ABSOLUTE', sigma }, g: { points: 1500, min: -1.5, max: 3.5 } };
    const { spectrum } = await ask<{ spectrum: { density: Curve } }>(text, variables);
    const { lambda, density, lower, upper } = spectrum.density;
    expect(spectrum.density.sigma).toBe(sigma);
    expect(lambda).toHaveLength(1500);
    expect([lambda[0], lambda.at(-1)]).toEqual([-1.5, 3.5]);
    // Student's quantile for two probes, one degree of freedom: that of the Cauchy distribution.
    const t95 = Math.tan((0.95 * Math.PI) / 2);
    lambda.forEach((at, index) => {
      expect(density[index]).toBeCloseTo(gaussianDensity(early, sigma, at), 9);
      const [one, other] = early.map((probe) => gaussianDensity([probe], sigma, at));
      const reach = (t95 * Math.abs((one ?? 0) - (other ?? 0))) / 2;
      expect(upper[index]).toBeCloseTo((density[index] ?? 0) + reach, 9);
      expect(lower[index]).toBeCloseTo(Math.max(0, (density[index] ?? 0) - reach), 9);
    });
    const step = 5 / 1499;
    expect(density.reduce((sum, value) => sum + value * step, 0)).toBeCloseTo(1, 9);
  });

  it('has the statistics of its matrix', async () => {
    const mean = (of: (probe: Toeplitz) => number): number => early.reduce((sum, probe) => sum + of(probe) / 2, 0);
    const negative = (probe: Toeplitz): number =>
      quadrature(probe).reduce((sum, { node, weight }) => sum + (node < 0 ? weight : 0), 0);
    const end = (index: number): number => mean((probe) => quadrature(probe).at(index)?.node ?? 0);
    const { spectrum } = await ask<{ spectrum: Record<string, unknown> }>(
      `{ spectrum(id: "${first.id}") { trace { value } frobeniusNorm { value } negativeMass { value }
         outliers { lambdaMax lambdaMin lambdaK ratio count values } gradientOverlap { k fraction } } }`,
    );
    const near = (value: number) => expect.closeTo(value, 8) as unknown;
    expect(spectrum).toEqual({
      trace: { value: near(parameters * mean(({ a }) => a)) },
      frobeniusNorm: { value: near(Math.sqrt(parameters * mean(({ a, b }) => a * a + b * b))) },
      negativeMass: { value: near(mean(negative)) },
      outliers: {
        lambdaMax: near(end(0)),
        lambdaMin: near(end(-1)),
        lambdaK: near(end(1)),
        ratio: near(end(0) / end(1)),
        count: null,
        values: [],
      },
      gradientOverlap: [{ k: 2, fraction: 0.5 }],
    });
  });

  it('has a trajectory that follows the shift of the spectrum by 1', async () => {
    const { run: answer } = await ask<{ run: { trajectory: Record<string, number[]> } }>(
      `{ run(id: "${run.id}") { trajectory { step lambdaMax lambdaMin trace overlap { k fraction } } } }`,
    );
    const { step, lambdaMax, lambdaMin, trace, overlap } = answer.trajectory;
    expect(step).toEqual([10, 100]);
    for (const ends of [lambdaMax, lambdaMin]) expect((ends?.[1] ?? 0) - (ends?.[0] ?? 0)).toBeCloseTo(1, 10);
    expect((trace?.[1] ?? 0) - (trace?.[0] ?? 0)).toBeCloseTo(parameters, 7);
    expect(overlap).toEqual([{ k: 2, fraction: [0.5, null] }]);
  });
});

describe('sending again', () => {
  it('changes nothing: run, steps and spectrum are there once', async () => {
    expect(await mutate(api.url, 'createRun', run, 'created run { status }')).toEqual({
      created: false,
      run: { status: 'FINISHED' },
      userErrors: [],
    });
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => mutate(api.url, 'recordSpectrum', second, 'created spectrum { id }')),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ created: false, spectrum: { id: second.id }, userErrors: [] })]),
    );
    const data = await ask(`{ run(id: "${run.id}") { spectra { id } steps(first: 1) { totalCount } } }`);
    expect(data).toEqual({ run: { spectra: [{ id: first.id }, { id: second.id }], steps: { totalCount: 101 } } });
  });

  it('of something else under the same id is a CONFLICT, and what is stored stays', async () => {
    const other = { ...second, seconds: 99 };
    expect(await mutate(api.url, 'recordSpectrum', other, 'created')).toMatchObject({
      created: false,
      userErrors: [{ code: 'CONFLICT', field: ['seconds'] }],
    });
    expect(await ask(`{ spectrum(id: "${second.id}") { seconds } }`)).toEqual({ spectrum: { seconds: 0.5 } });
  });
});

describe('a run that is not known', () => {
  it('is null to read, NOT_FOUND to write', async () => {
    const id = randomUUID();
    expect(await ask(`{ run(id: "${id}") { name } }`)).toEqual({ run: null });
    expect(await mutate(api.url, 'recordSpectrum', spectrumInput(id, 0, early), 'created')).toEqual({
      created: false,
      userErrors: [{ code: 'NOT_FOUND', field: ['runId'], message: expect.stringContaining(id) }],
    });
  });
});
