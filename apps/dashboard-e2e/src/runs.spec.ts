import { askRuns } from './ask.ts';
import { seedRuns, spectrumSteps } from './seed/training.ts';
import { apiUrl, expect, test } from './ritzTest.ts';

test('lists every stored run with the numbers the API gives', async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveTitle('Runs · Ritz');
  const stored = await askRuns(apiUrl());
  expect(stored).toHaveLength(seedRuns.length);
  for (const run of stored) {
    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: run.name, exact: true }) });
    const lambdaMax = Number((run.trajectory.lambdaMax.at(-1) ?? 0).toPrecision(3));
    await expect(row.getByRole('cell', { name: String(lambdaMax) }).first()).toBeVisible();
    const ratio = Number((run.trajectory.ratio.at(-1) ?? 0).toPrecision(3));
    await expect(row.getByRole('cell', { name: String(ratio), exact: true })).toBeVisible();
    const loss = Number((run.history.trainLoss.at(-1) ?? 0).toPrecision(3));
    await expect(row).toContainText(String(loss));
    await expect(row.getByRole('cell', { name: String(spectrumSteps.length), exact: true })).toBeVisible();
    await expect(row).toContainText('Finished');
  }
});

test('keeps the search in the address and finds by words', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('searchbox').fill('decay');
  await expect(page.getByRole('link', { name: 'constant rate' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'step decay' })).toBeVisible();
  await expect(page).toHaveURL(/q=decay/);
  await page.reload();
  await expect(page.getByRole('searchbox')).toHaveValue('decay');
  await expect(page.getByRole('status').first()).toHaveText('1 match');
  await page.getByRole('searchbox').fill('no such run');
  await expect(page.getByText('No runs match “no such run”.')).toBeVisible();
});

test('takes the ticked runs to Compare', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('checkbox', { name: 'Select constant rate' }).check();
  await expect(page.getByRole('link', { name: /^Compare \d/ })).toHaveCount(0);
  await page.getByRole('checkbox', { name: 'Select step decay' }).check();
  await page.getByRole('link', { name: 'Compare 2 runs' }).click();
  await expect(page.getByRole('heading', { name: '2 runs compared' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('checkbox', { name: 'Select step decay' })).toBeChecked();
});

test('sorts and filters', async ({ page }) => {
  await page.goto('/');
  const names = page.getByRole('rowheader');
  await expect(names).toContainText(['low rate', 'step decay', 'constant rate']);
  await page.getByRole('columnheader', { name: 'Run', exact: true }).getByRole('button').click();
  await expect(page).toHaveURL(/sort=NAME/);
  await expect(names).toContainText(['constant rate', 'low rate', 'step decay']);
  await page.getByRole('combobox', { name: 'Schedule' }).selectOption('step');
  await expect(names).toContainText(['step decay']);
  await expect(names).toHaveCount(1);
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(names).toHaveCount(3);
});

test('asks before it deletes', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('checkbox', { name: 'Select low rate' }).check();
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('alertdialog', { name: 'Permanently delete 1 run?' })).toBeVisible();
  await page.getByRole('button', { name: 'Keep' }).click();
  await expect(page.getByRole('link', { name: 'low rate' })).toBeVisible();
});
