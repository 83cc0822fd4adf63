/** Statistics are stored once computed, computed again for another version, and never of a spectrum that is gone. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBudget } from './budget.ts';
import { summariseMissing } from './summaries.ts';
import { testSchema, type TestSchema } from '../testing/execute.ts';
import { doubledProbes, runInput, spectrumInput } from '../testing/seed.ts';

let api: TestSchema;
const run = runInput();
const spectrum = spectrumInput(run.id, 1);

beforeAll(async () => {
  api = await testSchema();
  await api.mutate('createRun', run, 'created');
  await api.mutate('recordSpectrum', spectrum, 'created');
});
afterAll(() => api.stop());

const query = `{ run(id: "${run.id}") {
  trajectory { lambdaMax ratio trace }
  statistics(of: [{ name: LAMBDA_MAX }, { name: RATIO }, { name: TRACE }]) { value standardError }
  spectra { trace { value standardError } outliers { lambdaMax ratio } }
} }`;

async function ask() {
  api.statements.length = 0;
  const { data, errors } = await api.execute(query);
  expect(errors).toEqual([]);
  const read = api.statements.filter((text) => text.startsWith('select "spectrum_id", "index"')).length;
  return { answer: data?.['run'] as unknown as Record<string, Record<string, unknown>>, read };
}

it('the same by every way, read once', async () => {
  const { answer } = await ask();
  const [trace, lambdaMax] = [near(answer['statistics']?.[2]), near(answer['statistics']?.[0])];
  expect(answer).toMatchObject({
    trajectory: { lambdaMax: [lambdaMax.value], trace: [trace.value] },
    spectra: [{ trace, outliers: { lambdaMax: lambdaMax.value } }],
  });
  const { rows } = await api.database.pool.query('select count(*)::int from spectrum_summary');
  expect(rows).toEqual([{ count: 1 }]);
});

function near(found: unknown): { value: number; standardError: number | null } {
  return found as { value: number; standardError: number | null };
}

it('what another version stored is not shown', async () => {
  const before = await ask();
  await api.database.pool.query(`update spectrum_summary set version = 'before', "values" = '{1}'`);
  expect((await ask()).answer).toEqual(before.answer);
});

it('a spectrum recorded anew has statistics of its own', async () => {
  const before = await ask();
  await api.database.pool.query('delete from spectrum where id = $1', [spectrum.id]);
  await api.mutate('recordSpectrum', { ...spectrum, probes: doubledProbes }, 'created');
  expect((await ask()).answer).not.toEqual(before.answer);
});

it('what is missing anywhere is computed in the background, before it is requested', async () => {
  await api.database.pool.query('delete from spectrum_summary');
  await summariseMissing(api.database, new AbortController().signal);
  const { rows } = await api.database.pool.query('select count(*)::int from spectrum_summary');
  expect(rows).toEqual([{ count: 1 }]);
});

it('a query that has no time left says that it gets further the next time', async () => {
  await api.database.pool.query('delete from spectrum_summary');
  const budget = createBudget({ fields: 1e6, bytes: 1e9, milliseconds: -1 });
  const { errors } = await api.execute(
    '{ runs(orderBy: { statistic: { name: TRACE }, direction: ASC }) { totalCount } }',
    {},
    { budget },
  );
  expect(errors).toMatchObject([{ code: 'QUERY_TIMEOUT', message: expect.stringContaining('Send the query again') }]);
});

it('a spectrum that overflows has no statistics, and does not hide those of others', async () => {
  const huge = spectrumInput(run.id, 2, {
    probes: [{ index: 0, seed: 1, alpha: [1.7e308, -1.7e308], beta: [1.7e308, 1] }],
  });
  await api.mutate('recordSpectrum', huge, 'created');
  const { data, errors } = await api.execute(
    `{ run(id: "${run.id}") { statistics(of: [{ name: FROBENIUS_NORM }, { name: FROBENIUS_NORM, at: MAX }]) { value step } } }`,
  );
  expect(errors).toEqual([]);
  expect(data?.['run']).toEqual({
    statistics: [
      { value: null, step: 2 },
      { value: expect.any(Number) as unknown, step: 1 },
    ],
  });
});
