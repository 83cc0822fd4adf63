import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { derivedCache } from '../request/DerivedCache.ts';
import { testSchema, type TestSchema } from '../testing/execute.ts';
import { knownSpectrum } from '../testing/lanczos.ts';
import { doubledProbes, probes, runInput, spectrumInput } from '../testing/seed.ts';

let api: TestSchema;
const run = runInput();
const energies = [
  { gradientNorm: 2, alpha: [3, 1], beta: [2, 0.5] },
  { gradient: 'MINI_BATCH', alpha: [0.5], beta: [] },
];
const spectrum = spectrumInput(run.id, 1, { gradientEnergy: energies });

beforeAll(async () => {
  api = await testSchema();
  await api.mutate('createRun', run, 'created');
  await api.mutate('recordSpectrum', spectrum, 'created');
});
afterAll(() => api.stop());

async function ask(fields: string, id = spectrum.id): Promise<Record<string, never>> {
  const { data, errors } = await api.execute(`{ spectrum(id: "${id}") { ${fields} } }`);
  expect(errors).toEqual([]);
  return data?.['spectrum'] ?? {};
}

const doubles = (text: unknown): number[] => {
  const bytes = Buffer.from(String(text), 'base64');
  return Array.from({ length: bytes.length / 8 }, (_, at) => bytes.readDoubleLE(8 * at));
};

describe('statistics of a spectrum', () => {
  it('are near those of the eigenvalues, within their errors', async () => {
    const n = knownSpectrum.length;
    const mean = (power: number) => knownSpectrum.reduce((sum, value) => sum + value ** power, 0) / n;
    const { moments } = (await ask('moments(orders: [0, 1, 2]) { order value standardError }')) as unknown as {
      moments: { order: number; value: number; standardError: number }[];
    };
    expect(moments.map(({ order }) => order)).toEqual([0, 1, 2]);
    for (const { order, value, standardError } of moments) {
      expect(Math.abs(value - mean(order))).toBeLessThanOrEqual(5 * standardError + 1e-9);
    }
    const found = await ask(
      `quantiles(probabilities: [0, 0.5, 1]) { probability value } effectiveRank { value } massNearZero(epsilon: 0.3) { value }
       limitations { quantity }`,
    );
    const quantiles = found['quantiles'] as unknown as { value: number }[];
    expect(quantiles[0]?.value).toBeCloseTo(-0.05, 2);
    expect(quantiles[1]?.value).toBeCloseTo(0.075, 1);
    expect(quantiles[2]?.value).toBeCloseTo(13, 6);
    expect((found['massNearZero'] as unknown as { value: number }).value).toBeCloseTo(296 / 300, 6);
    expect(found['limitations']).toEqual([]);
  });

  it.each([
    ['moments(orders: []) { value }', 'orders: got 0 values'],
    ['moments(orders: [-1]) { value }', 'order'],
    ['moments(orders: [101]) { value }', 'order'],
    ['quantiles(probabilities: [1.5]) { value }', 'from 0 to 1'],
    ['massNearZero(epsilon: -1) { value }', 'at least 0'],
    ['outliers(rule: { kind: ABOVE }) { count }', 'rule.threshold'],
    ['outliers(rule: { kind: SHARE_OF_LARGEST, threshold: 2 }) { count }', 'between 0 and 1'],
    ['density(confidence: 1) { sigma }', 'between 0 and 1'],
  ])('refuse %s', async (field, message) => {
    const { errors } = await api.execute(`{ spectrum(id: "${spectrum.id}") { ${field} } }`);
    expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT', message: expect.stringContaining(message) }]);
  });

  it('say NOT_COMPUTABLE of a spectrum that overflows, and never a number that is not one', async () => {
    const huge = spectrumInput(run.id, 2, {
      probes: [{ index: 0, seed: 1, alpha: [1.7e308, -1.7e308], beta: [1.7e308, 1] }],
    });
    await api.mutate('recordSpectrum', huge, 'created');
    const fields =
      'trace { value } frobeniusNorm { value } density { density } outliers { lambdaMax } moments(orders: [50]) { value }';
    for (const field of fields.split(/(?<=\}) /)) {
      const { errors } = await api.execute(`{ spectrum(id: "${huge.id}") { ${field} } }`);
      for (const { code } of errors) expect(['NOT_COMPUTABLE', 'BAD_USER_INPUT']).toContain(code);
    }
  });
});

describe('outliers by a rule', () => {
  it.each([
    ['', [13, 8, 5, 3]],
    ['(rule: { kind: ABOVE, threshold: 4 })', [13, 8, 5]],
    ['(rule: { kind: SHARE_OF_LARGEST, threshold: 0.5 })', [13, 8]],
    ['(rule: { kind: ABOVE, threshold: 100 })', []],
  ])('outliers%s', async (rule, expected) => {
    const { outliers } = (await ask(`outliers${rule} { values count }`)) as unknown as {
      outliers: { values: number[]; count: number };
    };
    expect(outliers.values.map((value) => Math.round(value * 1e6) / 1e6)).toEqual(expected);
    expect(outliers.count).toBe(expected.length);
  });
});

describe('packed arrays', () => {
  it('are those of the lists, bit for bit', async () => {
    const found = (await ask(
      'density(grid: { points: 50 }) { lambda density upper packedLambda packedDensity packedUpper } probes { alpha packedAlpha packedNodes }',
    )) as unknown as { density: Record<string, unknown>; probes: Record<string, unknown>[] };
    const { density } = found;
    expect(doubles(density['packedLambda'])).toEqual(density['lambda']);
    expect(doubles(density['packedDensity'])).toEqual(density['density']);
    expect(doubles(density['packedUpper'])).toEqual(density['upper']);
    expect(doubles(found.probes[0]?.['packedAlpha'])).toEqual(probes[0]?.alpha);
    expect(found.probes[0]?.['packedNodes']).toBeNull();
  });
});

describe('a density with another kernel', () => {
  it('has no tails, and integrates to 1', async () => {
    const { density } = (await ask(
      'density(kernel: EPANECHNIKOV, smoothing: { kind: ABSOLUTE, sigma: 0.1 }, grid: { points: 5000 }) { kernel lambda density }',
    )) as unknown as { density: { kernel: string; lambda: number[]; density: number[] } };
    const step = (density.lambda[1] ?? 0) - (density.lambda[0] ?? 0);
    expect(density.kernel).toBe('EPANECHNIKOV');
    expect(density.density.reduce((sum, value) => sum + value * step, 0)).toBeCloseTo(1, 3);
    expect(density.density[density.lambda.findIndex((lambda) => lambda > 11)]).toBe(0);
  });
});

describe('gradientEnergy', () => {
  it('is a quadrature of how the energy is spread', async () => {
    const { gradientEnergy } = (await ask(
      'gradientEnergy { gradient gradientNorm alpha beta nodes weights curvature packedWeights }',
    )) as unknown as { gradientEnergy: Record<string, number[] & number>[] };
    expect(gradientEnergy).toMatchObject([
      { gradient: 'FULL_BATCH', gradientNorm: 2, alpha: [3, 1], beta: [2, 0.5], curvature: 3 },
      { gradient: 'MINI_BATCH', gradientNorm: null, nodes: [0.5], weights: [1], curvature: 0.5 },
    ]);
    const [{ nodes = [], weights = [] } = {}] = gradientEnergy;
    // The eigenvalues of [[3, 2], [2, 1]] are 2 ± √5.
    expect(nodes[0]).toBeCloseTo(2 - Math.sqrt(5), 12);
    expect((weights[0] ?? 0) + (weights[1] ?? 0)).toBeCloseTo(1, 12);
    expect(doubles(gradientEnergy[0]?.['packedWeights'])).toEqual(weights);
  });
});

describe('recordSpectra', () => {
  it('stores all, and again nothing new', async () => {
    const spectra = [10, 20, 30].map((step) => spectrumInput(run.id, step));
    const fields = 'createdCount spectra { id step { number } }';
    const expected = spectra.map(({ id, step }) => ({ id, step: { number: step } }));
    expect(await api.mutate('recordSpectra', { spectra }, fields)).toEqual({
      createdCount: 3,
      spectra: expected,
      userErrors: [],
    });
    expect(await api.mutate('recordSpectra', { spectra }, fields)).toEqual({
      createdCount: 0,
      spectra: expected,
      userErrors: [],
    });
  });

  it('stores nothing when one is wrong, and says which', async () => {
    const spectra = [spectrumInput(run.id, 40), spectrumInput(run.id, 10)];
    expect(await api.mutate('recordSpectra', { spectra }, 'createdCount spectra { id }')).toMatchObject({
      spectra: null,
      userErrors: [{ code: 'CONFLICT', field: ['spectra', '1', 'id'] }],
    });
    const { data } = await api.execute(`{ spectrum(id: "${spectra[0]?.id ?? ''}") { id } }`);
    expect(data).toEqual({ spectrum: null });
  });
});

describe('what is kept between requests', () => {
  it('saves reading and computing, and is never that of a spectrum recorded anew', async () => {
    const cache = derivedCache(1e8);
    const input = spectrumInput(run.id, 50);
    await api.mutate('recordSpectrum', input, 'created');
    const query = `{ spectrum(id: "${input.id}") { density(grid: { points: 20 }) { density } outliers { lambdaMax } massNearZero(epsilon: 0.1) { value } } }`;
    const asked = async () => {
      api.statements.length = 0;
      const { data, errors } = await api.execute(query, {}, { cache });
      expect(errors).toEqual([]);
      return {
        data,
        probesRead: api.statements.filter((text) => text.startsWith('select "spectrum_id", "index"')).length,
      };
    };
    const first = await asked();
    const second = await asked();
    expect(second.data).toEqual(first.data);
    expect([first.probesRead, second.probesRead]).toEqual([1, 0]);

    await api.database.pool.query('delete from spectrum where id = $1', [input.id]);
    await api.mutate('recordSpectrum', { ...input, probes: doubledProbes }, 'created');
    const anew = await asked();
    expect(anew.probesRead).toBe(1);
    expect(anew.data).not.toEqual(first.data);
  });
});

describe('the spectra of a run', () => {
  it('are narrowed by step, operator and block', async () => {
    const other = runInput();
    await api.mutate('createRun', other, 'created');
    for (const [step, operator, block] of [
      [1, 'HESSIAN', 'all'],
      [1, 'GGN', 'all'],
      [2, 'HESSIAN', 'layer 1'],
    ] as const) {
      await api.mutate('recordSpectrum', spectrumInput(other.id, step, { operator, block }), 'created');
    }
    const found = async (args: string) => {
      const { data } = await api.execute(
        `{ run(id: "${other.id}") { spectra${args} { operator block step { number } } } }`,
      );
      const { run: one } = data as unknown as {
        run: { spectra: { operator: string; block: string; step: { number: number } }[] };
      };
      return one.spectra.map(({ operator, block, step }) => `${String(step.number)} ${operator} ${block}`);
    };
    expect(await found('')).toHaveLength(3);
    expect(await found('(steps: [2, 9])')).toEqual(['2 HESSIAN layer 1']);
    expect(await found('(operator: GGN)')).toEqual(['1 GGN all']);
    expect(await found('(block: "all", operator: HESSIAN)')).toEqual(['1 HESSIAN all']);
    expect(await found('(steps: [])')).toEqual([]);
  });
});
