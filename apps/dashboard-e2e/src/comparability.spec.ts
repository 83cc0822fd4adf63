import { lanczos } from './seed/lanczos.ts';
import { post } from './seed/post.ts';
import { eigenvaluesAt, parameters, seedRuns } from './seed/training.ts';
import { expect, test } from './ritzTest.ts';
import { startStack } from './stack/startStack.ts';

const create = 'mutation($input: CreateRunInput!) { createRun(input: $input) { userErrors { message } } }';
const record = 'mutation($input: RecordSpectrumInput!) { recordSpectrum(input: $input) { userErrors { message } } }';

/** A run with one spectrum, measured over `dataSize` examples whose losses were combined by `lossReduction`. */
async function seedRun(api: string, index: number, step: number, lossReduction: 'MEAN' | 'SUM'): Promise<string> {
  const [template] = seedRuns;
  if (!template) throw new Error('The seed has no run.');
  const id = `c0000000-0000-4000-8000-00000000000${String(index)}`;
  const config = [{ path: ['augment'], value: JSON.stringify(index) }];
  const run = {
    id,
    name: `run ${String(index)}`,
    seed: index,
    architecture: `net ${String(index)}`,
    dataset: 'synthetic',
  };
  const schedule = { kind: 'CONSTANT', initial: 0.1 };
  await post(api, create, { input: { ...run, optimiser: 'sgd', schedule, config } });
  const spectrum = { id: id.replace('c', 'd'), runId: id, step, parameterCount: parameters, lanczosSteps: 40, seed: 1 };
  const measured = {
    dataSize: 100 * index,
    dataFingerprint: 'f',
    hvpCount: 40,
    seconds: 1,
    engine: 'exact',
    precision: 'FLOAT64',
  };
  const probes = [0, 1].map((probe) => ({
    index: probe,
    seed: probe + index,
    ...lanczos(eigenvaluesAt(template, step), 40, probe + index),
  }));
  await post(api, record, { input: { ...spectrum, ...measured, lossReduction, probes } });
  return id;
}

test('warns of spectra that were measured differently, and leaves out what was not measured at this point', async ({
  page,
}) => {
  const stack = await startStack();
  try {
    const runs = [
      await seedRun(stack.api.url, 1, 10, 'MEAN'),
      await seedRun(stack.api.url, 2, 10, 'SUM'),
      await seedRun(stack.api.url, 3, 90, 'MEAN'),
    ];
    await page.goto(`${stack.dashboard.url}/compare?runs=${runs.join(',')}`);
    const warnings = page.getByRole('region', { name: 'Comparability' });
    await expect(warnings.getByRole('listitem')).toHaveCount(2);
    await expect(warnings.getByRole('listitem').first()).toContainText('Not comparable: another loss reduction.');
    await expect(warnings.getByRole('listitem').first()).toContainText('N times the eigenvalues');
    await expect(warnings.getByRole('listitem').first()).toContainText('SUM: run 2');
    await expect(warnings.getByRole('listitem').nth(1)).toContainText('Caution: another number of examples.');
    await expect(page.getByRole('columnheader', { name: 'augment' })).toBeVisible();

    await page.getByRole('group', { name: 'Measured' }).getByRole('button', { name: 'exact' }).click();
    await expect(page.getByText('Without a spectrum at step 10: run 3.')).toBeVisible();
    await expect(page).toHaveURL(/exact=true/);
    await page.getByRole('group', { name: 'Align by' }).getByRole('button', { name: 'epoch' }).click();
    await expect(page.getByText(/did not log the quantity they are aligned by/)).toBeVisible();
  } finally {
    await page.goto('about:blank');
    await stack.stop();
  }
});
