/** All blocks of a run in one request: their statistics along the training, and their distances at a step. */
import { spectralDistances, trace } from '@ritz/spectra';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testSchema, type TestSchema } from '../testing/execute.ts';
import { knownSpectrum, lanczosProbe } from '../testing/lanczos.ts';
import { doubledProbes, probes, runInput, spectrumInput } from '../testing/seed.ts';

let api: TestSchema;
const run = runInput();
const half = knownSpectrum.filter((_, index) => index % 2 === 1);
const halfProbes = [0, 1].map((index) => lanczosProbe(half, 30, index, 3));
const ids = new Map<string, string>();

const measured: readonly (readonly [block: string, step: number, changes: object])[] = [
  ['all', 0, {}],
  ['layers.10', 0, { probes: doubledProbes }],
  ['layers.2', 0, {}],
  ['layers.10', 5, {}],
  ['head', 5, { probes: halfProbes, parameterCount: half.length, gradientOverlap: [] }],
  ['layers.2', 5, { operator: 'GGN', probes: doubledProbes }],
];

beforeAll(async () => {
  api = await testSchema();
  await api.mutate('createRun', run, 'created');
  for (const [block, step, changes] of measured) {
    const spectrum = spectrumInput(run.id, step, { block, ...changes });
    ids.set(`${block} ${step}`, spectrum.id);
    await api.mutate('recordSpectrum', spectrum, 'created');
  }
});
afterAll(() => api.stop());

async function ask(fields: string): Promise<Record<string, never>> {
  const { data, errors } = await api.execute(`{ run(id: "${run.id}") { ${fields} } }`);
  expect(errors).toEqual([]);
  return data?.['run'] ?? {};
}

describe('blockStatistics', () => {
  it('has every statistic of every block at every step, by name and step', async () => {
    api.statements.length = 0;
    const { blockStatistics } = await ask(`blockStatistics {
      blocks steps parameterCount spectrum
      lambdaMax { value } trace { value standardError } tracePerParameter { value } effectiveRank { value }
      massWithin(share: 2) { value }
      gradientOverlap(k: 4)
    }`);
    const n = knownSpectrum.length;
    const known = trace({ dimension: n, probes });
    const sum = known.value;
    expect(blockStatistics).toMatchObject({
      blocks: ['head', 'layers.2', 'layers.10'],
      steps: [0, 5],
      parameterCount: [half.length, n, n],
      spectrum: [
        [null, ids.get('head 5')],
        [ids.get('layers.2 0'), null],
        [ids.get('layers.10 0'), ids.get('layers.10 5')],
      ],
      lambdaMax: {
        value: [
          [null, expect.closeTo(13, 6)],
          [expect.closeTo(13, 6), null],
          [expect.closeTo(26, 6), expect.closeTo(13, 6)],
        ],
      },
      trace: {
        value: [
          [null, expect.any(Number)],
          [expect.closeTo(sum, 9), null],
          [expect.any(Number), expect.closeTo(sum, 9)],
        ],
        standardError: [
          [null, expect.any(Number)],
          [expect.closeTo(known.standardError ?? NaN, 9), null],
          [expect.any(Number), expect.any(Number)],
        ],
      },
      tracePerParameter: {
        value: [
          [null, expect.any(Number)],
          [expect.closeTo(sum / n, 12), null],
          [expect.any(Number), expect.closeTo(sum / n, 12)],
        ],
      },
      massWithin: {
        value: [
          [null, expect.closeTo(1, 9)],
          [expect.closeTo(1, 9), null],
          [expect.closeTo(1, 9), expect.closeTo(1, 9)],
        ],
      },
      gradientOverlap: [
        [null, null],
        [0.75, null],
        [0.75, 0.75],
      ],
    });
  });

  it('reads as many statements for many blocks as for one', async () => {
    const statements = async (operator: string): Promise<number> => {
      const fields = `blockStatistics(operator: ${operator}) { blocks lambdaMax { value } trace { value } gradientOverlap(k: 1) }`;
      await ask(fields); // Statistics are stored by the first request.
      api.statements.length = 0;
      await ask(fields);
      return api.statements.length;
    };
    expect(await statements('HESSIAN')).toBe(await statements('GGN'));
  });

  it('keeps operators apart, and is empty where no block was measured', async () => {
    expect(await ask('blockStatistics(operator: GGN) { blocks steps trace { value } }')).toMatchObject({
      blockStatistics: { blocks: ['layers.2'], steps: [5], trace: { value: [[expect.any(Number)]] } },
    });
    expect(await ask('blockStatistics(operator: FISHER) { blocks steps trace { value } }')).toMatchObject({
      blockStatistics: { blocks: [], steps: [], trace: { value: [] } },
    });
  });
});

describe('blockComparison', () => {
  const distances = 'distances { wasserstein1 jensenShannon l1 }';

  it('has the densities of all blocks of a step on one grid, and the distances of all pairs', async () => {
    const { blockComparison } = (await ask(`blockComparison(step: 0, grid: { points: 512 }) {
      step sigma lambda entries { position spectrum { id block } density { density } } ${distances}
    }`)) as unknown as {
      blockComparison: {
        lambda: number[];
        entries: { spectrum: { block: string }; density: { density: number[] } }[];
        distances: Record<'wasserstein1' | 'jensenShannon' | 'l1', number[][]>;
      };
    };
    expect(blockComparison.entries.map(({ spectrum }) => spectrum.block)).toEqual(['layers.2', 'layers.10']);
    expect(blockComparison.entries[0]?.density.density).toHaveLength(blockComparison.lambda.length);
    // The spectrum of 2 A is that of A moved by |λ| each: the distance is their mean.
    const mean = knownSpectrum.reduce((sum, value) => sum + Math.abs(value), 0) / knownSpectrum.length;
    const { wasserstein1, jensenShannon } = blockComparison.distances;
    expect(wasserstein1).toEqual([
      [0, expect.closeTo(mean, 2)],
      [expect.closeTo(mean, 2), 0],
    ]);
    const pair = spectralDistances(
      { dimension: knownSpectrum.length, probes },
      { dimension: knownSpectrum.length, probes: doubledProbes },
    );
    expect(wasserstein1[0]?.[1]).toBeCloseTo(pair.wasserstein1.value, 9);
    expect(jensenShannon[0]?.[1]).toBeCloseTo(pair.jensenShannon, 1);
    expect(jensenShannon[0]?.[1]).toBe(jensenShannon[1]?.[0]);
  });

  it('takes the blocks that are named, and none where none was measured', async () => {
    expect(
      await ask(`blockComparison(step: 5, blocks: ["head"]) { entries { spectrum { block } } ${distances} }`),
    ).toMatchObject({
      blockComparison: { entries: [{ spectrum: { block: 'head' } }], distances: { wasserstein1: [[0]] } },
    });
    expect(await ask('blockComparison(step: 1) { step }')).toEqual({ blockComparison: null });
  });

  it('names a block that was not measured there', async () => {
    const { errors } = await api.execute(
      `{ run(id: "${run.id}") { blockComparison(step: 5, blocks: ["layers.2"]) { step } } }`,
    );
    expect(errors).toMatchObject([
      {
        code: 'BAD_USER_INPUT',
        message:
          'blocks: expected names among head, layers.10, got "layers.2", which was not measured at step 5. Leave it out.',
      },
    ]);
  });
});

describe('compare', () => {
  it('sets one block of several runs side by side', async () => {
    const other = runInput({ name: 'another run' });
    await api.mutate('createRun', other, 'created');
    await api.mutate('recordSpectrum', spectrumInput(other.id, 5, { block: 'head', probes: doubledProbes }), 'created');
    const { data, errors } = await api.execute(
      `{ compare(runs: ["${run.id}", "${other.id}"], at: [5], block: "head") {
        points { entries { run { id } spectrum { block } } distances { jensenShannon } warnings { field } } } }`,
    );
    expect(errors).toEqual([]);
    expect(data?.['compare']).toMatchObject({
      points: [
        {
          entries: [run.id, other.id].map((id) => ({ run: { id }, spectrum: { block: 'head' } })),
          distances: {
            jensenShannon: [
              [0, expect.any(Number)],
              [expect.any(Number), 0],
            ],
          },
          warnings: [{ field: 'parameterCount' }],
        },
      ],
    });
  });
});
