/** Ritz vectors in numbers, and the overlaps of their spaces between steps: recorded, read, refused. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testSchema, type TestSchema } from '../testing/execute.ts';
import { runInput, spectrumInput } from '../testing/seed.ts';

let api: TestSchema;
const run = runInput();
const whole = {
  index: 0,
  value: 13,
  residual: 4e-6,
  inverseParticipation: 0.1,
  massByBlock: [
    { block: 'layer 3', mass: 0.8 },
    { block: 'layer 1', mass: 0.2 },
  ],
  gradientOverlap: 0.12,
  miniBatchOverlap: 0.05,
  updateOverlap: 0.02,
  classShare: 0.97,
};
const bare = { index: 1, value: 8 };
const nothing = {
  residual: null,
  inverseParticipation: null,
  massByBlock: null,
  gradientOverlap: null,
  miniBatchOverlap: null,
  updateOverlap: null,
  classShare: null,
};
const first = spectrumInput(run.id, 0, { ritzVectors: [bare, whole] });
const spaces = [
  [
    10,
    [
      { step: 0, k: 1, overlap: 0.5 },
      { step: 0, k: 3, overlap: 0.6 },
    ],
  ],
  [
    20,
    [
      { step: 10, k: 3, overlap: 0.9 },
      { step: 0, k: 3, overlap: 0.4 },
      { step: 7, k: 3, overlap: 0.1 },
    ],
  ],
] as const;

beforeAll(async () => {
  api = await testSchema();
  await api.mutate('createRun', run, 'created');
  await api.mutate('recordSpectrum', first, 'created');
  for (const [step, spaceOverlaps] of spaces) {
    await api.mutate('recordSpectrum', spectrumInput(run.id, step, { spaceOverlaps }), 'created');
  }
  await api.mutate('recordSpectrum', spectrumInput(run.id, 30), 'created');
});
afterAll(() => api.stop());

async function ask(query: string): Promise<Record<string, never>> {
  const { data, errors } = await api.execute(query);
  expect(errors).toEqual([]);
  return data ?? {};
}

const fields =
  'index value residual inverseParticipation massByBlock { block mass } gradientOverlap miniBatchOverlap updateOverlap classShare';

describe('Ritz vectors', () => {
  it('are read as they were recorded, the largest eigenvalue first, null where nothing was', async () => {
    expect(await ask(`{ spectrum(id: "${first.id}") { ritzVectors { ${fields} } spaceOverlaps { step } } }`)).toEqual({
      spectrum: { ritzVectors: [whole, { ...bare, ...nothing }], spaceOverlaps: [] },
    });
    expect(await ask(`{ spectrum(id: "${first.id}") { ritzVectors(first: 1) { index } } }`)).toEqual({
      spectrum: { ritzVectors: [{ index: 0 }] },
    });
  });

  it('of every step of a run are one request, and as many statements as of one step', async () => {
    api.statements.length = 0;
    await ask(`{ run(id: "${run.id}") { spectra(steps: [0]) { ritzVectors { value } } } }`);
    const ofOne = api.statements.length;
    api.statements.length = 0;
    const { run: found } = await ask(`{ run(id: "${run.id}") { spectra { step { number } ritzVectors { value } } } }`);
    expect((found as unknown as { spectra: unknown[] }).spectra).toHaveLength(4);
    expect(api.statements.length).toBeLessThanOrEqual(ofOne + 1);
  });

  it('that are sent again change nothing; other values are a conflict that names them', async () => {
    expect(await api.mutate('recordSpectrum', first, 'created')).toEqual({ created: false, userErrors: [] });
    const other = { ...first, ritzVectors: [bare, { ...whole, classShare: 0.5 }] };
    expect(await api.mutate('recordSpectrum', other, 'created')).toMatchObject({
      created: false,
      userErrors: [{ code: 'CONFLICT', message: expect.stringContaining('ritzVectors[0].classShare') }],
    });
  });

  it.each([
    ['ritzVectors.0.inverseParticipation', { ritzVectors: [{ ...whole, inverseParticipation: 1.5 }] }],
    ['ritzVectors.0.residual', { ritzVectors: [{ ...whole, residual: -1 }] }],
    ['ritzVectors.0.massByBlock.0.mass', { ritzVectors: [{ ...whole, massByBlock: [{ block: 'a', mass: 2 }] }] }],
    ['ritzVectors.1', { ritzVectors: [whole, whole] }],
    ['spaceOverlaps.0.k', { spaceOverlaps: [{ step: 0, k: 0, overlap: 0.5 }] }],
    ['spaceOverlaps.1', { spaceOverlaps: [1, 2].map(() => ({ step: 0, k: 1, overlap: 0.5 })) }],
  ])('%s out of range is refused', async (field, changes) => {
    const { userErrors } = await api.mutate('recordSpectrum', spectrumInput(run.id, 99, changes), 'created');
    expect(userErrors).toMatchObject([{ field: field.split('.') }]);
  });
});

describe('topSpaceOverlaps', () => {
  it('is a symmetric matrix of the measured steps, of the largest K unless another is asked for', async () => {
    const one = await ask(
      `{ run(id: "${run.id}") { topSpaceOverlaps { steps counts overlap ofOne: overlap(k: 1) ofTwo: overlap(k: 2) } } }`,
    );
    const empty = [null, null, null, null];
    expect(one['run']).toEqual({
      topSpaceOverlaps: {
        steps: [0, 10, 20, 30],
        counts: [1, 3],
        overlap: [[1, 0.6, 0.4, null], [0.6, 1, 0.9, null], [0.4, 0.9, 1, null], empty],
        ofOne: [[1, 0.5, null, null], [0.5, 1, null, null], [null, null, 1, null], empty],
        ofTwo: [empty, empty, empty, empty],
      },
    });
  });

  it('is empty of a matrix that was not measured', async () => {
    expect(await ask(`{ run(id: "${run.id}") { topSpaceOverlaps(operator: GGN) { steps counts overlap } } }`)).toEqual({
      run: { topSpaceOverlaps: { steps: [], counts: [], overlap: [] } },
    });
  });
});
