import { askRuns } from './ask.ts';
import { post } from './seed/post.ts';
import { seedRuns, spectrumSteps } from './seed/training.ts';
import { apiUrl, expect, test } from './ritzTest.ts';

test('lists every stored run with the numbers the API gives', async ({ page }) => {
  await page.goto('/runs');
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
  await page.goto('/runs');
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
  await page.goto('/runs');
  await page.getByRole('checkbox', { name: 'Select constant rate' }).check();
  await expect(page.getByRole('link', { name: /^Compare \d/ })).toHaveCount(0);
  await page.getByRole('checkbox', { name: 'Select step decay' }).check();
  await page.getByRole('link', { name: 'Compare 2 runs' }).click();
  await expect(page.getByRole('heading', { name: '2 runs compared' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('checkbox', { name: 'Select step decay' })).toBeChecked();
});

test('sorts and filters', async ({ page }) => {
  await page.goto('/runs');
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
  await page.goto('/runs');
  await page.getByRole('checkbox', { name: 'Select low rate' }).check();
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('alertdialog', { name: 'Permanently delete 1 run?' })).toBeVisible();
  await page.getByRole('button', { name: 'Keep' }).click();
  await expect(page.getByRole('link', { name: 'low rate' })).toBeVisible();
});

test('shows, sorts and filters by any statistic of the catalogue, and the address keeps it', async ({ page }) => {
  await page.goto('/runs');
  const columns = page.getByRole('group', { name: 'Columns' });
  await columns.getByRole('button', { name: 'Columns' }).click();
  const form = page.getByRole('dialog', { name: 'Add a column' });
  await form.getByRole('combobox', { name: 'Statistic or measure' }).selectOption('Smallest eigenvalue');
  await form.getByRole('combobox', { name: 'Position' }).selectOption('first');
  await form.getByRole('button', { name: 'Add' }).click();
  await page.keyboard.press('Escape');
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
  await page.goto('/runs?group=ARCHITECTURE,OPTIMISER');
  await expect(page.getByRole('rowheader', { name: /synthetic-640 · sgd\(momentum=0.9\)/ })).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select all 3 loaded runs' }).check();
  await expect(page.getByRole('link', { name: 'Compare 3 runs' })).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select all 3 loaded runs' }).uncheck();
  await expect(page.getByText('Select two or more runs to compare them')).toBeVisible();
});

test('shows a statistic at a training loss, as the API has it', async ({ page }) => {
  await page.goto('/runs');
  await page.getByRole('group', { name: 'Columns' }).getByRole('button', { name: 'Columns' }).click();
  const form = page.getByRole('dialog', { name: 'Add a column' });
  await form.getByRole('combobox', { name: 'Position' }).selectOption('at loss …');
  await form.getByRole('spinbutton', { name: 'At which loss' }).fill('0.5');
  await form.getByRole('button', { name: 'Add' }).click();
  await expect(page).toHaveURL(/columns=lambdaMax@loss:0\.5/);
  const { runs } = (await post(
    apiUrl(),
    `query { runs { nodes { name statistics(of: [{ name: LAMBDA_MAX, near: { alignment: LOSS, position: 0.5 } }]) { value step } } } }`,
    {},
  )) as { runs: { nodes: { name: string; statistics: { value: number; step: number }[] }[] } };
  for (const { name, statistics } of runs.nodes) {
    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
    const [{ value, step } = { value: Number.NaN, step: -1 }] = statistics;
    await expect(row.getByTitle(`At step ${String(step)}`, { exact: true })).toHaveText(
      String(Number(value.toPrecision(4))),
    );
  }
});

test('draws the density of each run’s last spectrum, all of them by one request', async ({ page }) => {
  let requests = 0;
  page.on('request', (request) => {
    if (request.postData()?.includes('query RunGlyphs')) requests++;
  });
  await page.goto('/runs');
  await expect(page.getByRole('img', { name: 'density at step 1,000' })).toHaveCount(seedRuns.length);
  expect(requests).toBe(1);
});

test('a view is saved for everybody under a name, opened, and deleted', async ({ page, browser }) => {
  await page.goto('/runs?sort=NAME&up=true&group=ARCHITECTURE,TAG');
  await expect(page.getByRole('rowheader', { name: /synthetic-640 · tag browser-test/ })).toBeVisible();
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('textbox', { name: 'Name of this view' }).fill('by name');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('link', { name: 'by name' })).toBeVisible();
  const other = await browser.newPage();
  await other.goto(new URL('/runs', page.url()).href);
  await other.getByRole('button', { name: 'Views' }).click();
  await other.getByRole('link', { name: 'by name' }).click();
  await expect(other).toHaveURL(/sort=NAME&up=true&group=ARCHITECTURE,TAG/);
  await expect(other.getByRole('rowheader', { name: /synthetic-640 · tag browser-test/ })).toBeVisible();
  await other.close();
  await page.getByRole('button', { name: 'Delete the view by name' }).click();
  await expect(page.getByText('No saved views of this page yet.')).toBeVisible();
});

test('switches between projects and their experiments', async ({ page }) => {
  await page.goto('/runs');
  const project = page.getByRole('combobox', { name: 'Project' });
  await expect(project.getByRole('option')).toHaveText(['All projects', 'default']);
  await project.selectOption('default');
  await expect(page).toHaveURL(/project=default/);
  await expect(page.getByRole('combobox', { name: 'Experiment' }).getByRole('option')).toHaveText([
    'All experiments',
    'default',
  ]);
  await page.goto('/runs?project=elsewhere');
  await expect(page.getByText('No runs match these filters.')).toBeVisible();
  await expect(project).toHaveValue('elsewhere');
});
