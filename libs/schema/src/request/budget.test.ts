import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testSchema, type TestSchema } from '../testing/execute.ts';
import { probes, runInput, spectrumInput } from '../testing/seed.ts';
import { bytesInUse, createBudget, type BudgetLimits } from './budget.ts';
import { derivedCache } from './DerivedCache.ts';

const spectra = 4;
const run = runInput();
let api: TestSchema;
beforeAll(async () => {
  api = await testSchema();
  await api.mutate('createRun', run, 'created');
  for (let step = 0; step < spectra; step++) await api.mutate('recordSpectrum', spectrumInput(run.id, step), 'created');
});
afterAll(() => api.stop());

const generous: BudgetLimits = { fields: 1e9, bytes: 1e9, milliseconds: 1e9 };
const limited = (limits: Partial<BudgetLimits>) => createBudget({ ...generous, ...limits });

/** Lists in lists: level n holds SPECTRA^n spectra, of which an estimate before execution knows nothing. */
const nested = (levels: number): string =>
  levels === 0 ? 'id' : `id spectra(steps: [0, 1, 2, 3]) { run { ${nested(levels - 1)} } }`;

describe('what is resolved', () => {
  it('is charged by the real length of lists, and stops at the ceiling', async () => {
    const query = `{ run(id: "${run.id}") { ${nested(3)} } }`;
    const all = limited({});
    expect((await api.execute(query, {}, { budget: all })).errors).toEqual([]);
    expect(all.used().fields).toBe(spectra + spectra ** 2 + spectra ** 3);

    const few = limited({ fields: 30 });
    const { data, errors } = await api.execute(query, {}, { budget: few });
    expect(data).toBeNull();
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({
      code: 'QUERY_TOO_LARGE',
      message: expect.stringMatching(
        /^This query resolves \d+ fields or more; the limit is 30\. Ask for fewer/,
      ) as unknown,
    });
    expect(few.used().fields).toBeLessThan(30 + spectra ** 3);
  });

  it('counts every field that is selected of the items, also in fragments', async () => {
    const budget = limited({});
    const query = `{ run(id: "${run.id}") { spectra { id ... on Spectrum { seed engine } ...More } } } fragment More on Spectrum { block }`;
    await api.execute(query, {}, { budget });
    expect(budget.used().fields).toBe(4 * spectra);
  });

  it('counts numbers and measurements in bytes, before they are read', async () => {
    const query = `{ run(id: "${run.id}") { spectra { density(grid: { points: 100 }) { lambda } } } }`;
    const budget = limited({});
    await api.execute(query, {}, { budget });
    const measured = probes.length * 30 * 40;
    expect(budget.used().bytes).toBe(spectra * (measured + 100 * 28));

    api.statements.length = 0;
    const { errors } = await api.execute(query, {}, { budget: limited({ bytes: measured - 1 }) });
    expect(errors[0]).toMatchObject({ code: 'QUERY_TOO_LARGE', message: expect.stringContaining('MiB') as unknown });
    expect(api.statements.filter((text) => text.includes('"alpha"'))).toEqual([]);
  });
});

describe('a request', () => {
  const query = `{ run(id: "${run.id}") { spectra { trace { value } } } }`;

  it('ends when its time is over', async () => {
    const { errors } = await api.execute(query, {}, { budget: limited({ milliseconds: -1 }) });
    expect(errors[0]).toMatchObject({ code: 'QUERY_TIMEOUT' });
  });

  it('ends when its client is gone, and gives back what it held', async () => {
    const before = bytesInUse();
    const budget = limited({});
    budget.chargeBytes(1000);
    expect(bytesInUse()).toBe(before + 1000);
    budget.end();
    budget.end();
    expect(bytesInUse()).toBe(before);
    expect((await api.execute(query, {}, { budget })).errors[0]).toMatchObject({ code: 'CLIENT_GONE' });
  });

  it('goes on with a computation that another began and left', async () => {
    const cache = derivedCache(1e6);
    const leaving = limited({});
    const [gone, stays] = await Promise.all([
      api.execute(query, {}, { budget: leaving, cache }),
      api.execute(query, {}, { budget: limited({}), cache }),
      new Promise<void>((resolve) => setImmediate(() => resolve(leaving.end()))),
    ]);
    expect(gone.errors.length + (gone.data?.['run'] ? 1 : 0)).toBeGreaterThan(0);
    expect(stays.errors).toEqual([]);
    expect(stays.data).toMatchObject({ run: { spectra: [{}, {}, {}, {}] } });
  });

  it('is told to come again while others hold the memory', async () => {
    const others = [limited({ bytes: 2 ** 31 }), limited({ bytes: 2 ** 31 })];
    others[0]?.chargeBytes(1024 * 2 ** 20 - bytesInUse());
    try {
      expect(() => others[1]?.chargeBytes(1)).toThrow('answering other large queries');
    } finally {
      for (const one of others) one.end();
    }
  });
});
