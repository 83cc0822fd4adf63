import { askRuns } from './ask.ts';
import { post } from './seed/post.ts';
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

test('shows, sorts and filters by any statistic of the catalogue, and the address keeps it', async ({ page }) => {
  await page.goto('/');
  const columns = page.getByRole('group', { name: 'Columns' });
  await columns.getByRole('combobox', { name: 'Statistic or measure' }).selectOption('Smallest eigenvalue');
  await columns.getByRole('combobox', { name: 'Position' }).selectOption('first');
  await columns.getByRole('button', { name: 'Add column' }).click();
  await expect(page).toHaveURL(/columns=lambdaMin\.first/);
  const head = page.getByRole('columnheader', { name: 'Smallest eigenvalue, first' });
  await head.getByRole('button').click();
  await expect(page).toHaveURL(/sort=lambdaMin\.first/);
  const { runs } = (await post(
    apiUrl(),
    'query { runs { nodes { name statistics(of: [{ name: LAMBDA_MIN, at: FIRST }]) { value } } } }',
    {},
  )) as { runs: { nodes: { name: string; statistics: { value: number }[] }[] } };
  const expected = runs.nodes
    .map(({ name, statistics }) => ({ name, value: statistics[0]?.value ?? Number.NaN }))
    .sort((a, b) => b.value - a.value);
  const rows = page.getByRole('rowheader');
  await expect(rows).toContainText(expected.map(({ name }) => name));
  for (const { name, value } of expected) {
    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
    await expect(row.getByTitle('At step 0')).toHaveText(`−${String(Number(Math.abs(value).toPrecision(4)))}`);
  }
  const middle = expected[1]?.value ?? 0;
  await page.getByRole('textbox', { name: 'Conditions' }).fill(`lambdaMin.first > ${String(middle)}`);
  await expect(rows).toContainText([expected[0]?.name ?? '']);
  await expect(rows).toHaveCount(1);
  await expect(page).toHaveURL(/where=lambdaMin\.first/);
  await page.reload();
  await expect(rows).toHaveCount(1);
  await page.getByRole('textbox', { name: 'Conditions' }).fill('sharpness > 3');
  await expect(page.getByText('Not applied: sharpness is neither a statistic, a measure nor a setting.')).toBeVisible();
});

test('selects all runs at once, and groups by two settings', async ({ page }) => {
  await page.goto('/?group=ARCHITECTURE,OPTIMISER');
  await expect(page.getByRole('rowheader', { name: /synthetic-640 · sgd\(momentum=0.9\)/ })).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select all 3 loaded runs' }).check();
  await expect(page.getByRole('link', { name: 'Compare 3 runs' })).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select all 3 loaded runs' }).uncheck();
  await expect(page.getByText('Select two or more runs to compare them')).toBeVisible();
});
