import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { copied } from './copied.ts';
import { post } from './seed/post.ts';
import { seedRuns, spectrumSteps } from './seed/training.ts';
import { apiUrl, expect, test } from './ritzTest.ts';

const address = `/compare?runs=${seedRuns.map(({ id }) => id).join(',')}`;

interface Compared {
  readonly points: readonly {
    readonly lambda: number[];
    readonly sigma: number;
    readonly entries: readonly {
      readonly spectrum: { readonly step: { readonly number: number } };
      readonly density: { readonly density: number[] };
    }[];
    readonly distances: Readonly<Record<'wasserstein1' | 'l1' | 'jensenShannon', number[][]>>;
  }[];
}

/** What the query of a figure answers. */
async function compared(page: Page, name: string): Promise<Compared['points'][number]> {
  const copy = page.getByRole('button', { name: `Copy GraphQL query: ${name}`, exact: true });
  const query = await copied(page, () => copy.click());
  const { compare } = (await post(apiUrl(), query, {})) as { compare: Compared };
  const [point] = compare.points;
  if (!point) throw new Error('The comparison has no point.');
  return point;
}

async function saved(page: Page, name: string, item: string): Promise<string> {
  await page.getByRole('button', { name: `Download: ${name}`, exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: item }).click();
  return readFile(await (await download).path(), 'utf8');
}

/** Fields of CSV, names with commas in quotes. */
const rowsOf = (csv: string): string[][] =>
  csv
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((field) => field.replaceAll(/^"|"$/g, '')));

test('overlays the densities and the trajectories of the runs', async ({ page }) => {
  await page.goto(address);
  await expect(page.getByRole('heading', { name: '3 runs compared' })).toBeVisible();
  for (const name of [
    'Spectral densities at step 1,000',
    'Largest eigenvalue, λ₁',
    'Gradient overlap',
    'Training loss',
    'Learning rate',
  ]) {
    const figure = page.getByRole('region', { name, exact: true });
    await expect(figure.locator('path.recharts-line-curve')).toHaveCount(seedRuns.length);
    if (name.startsWith('Spectral')) continue;
    // Over steps each curve is named at its end.
    const names = figure.locator('.ritz-labels text');
    await expect
      .poll(async () => (await names.allTextContents()).sort())
      .toEqual(seedRuns.map((run) => run.name).sort());
  }
  // One legend for all figures.
  const legend = page.getByRole('list', { name: 'Runs compared' }).getByRole('listitem');
  await expect(legend).toHaveText(seedRuns.map((run) => run.name));
  await expect(page.getByRole('main').locator('.ritz-legend:visible')).toHaveCount(0);
  await expect(page.locator('path.ritz-band').first()).toBeAttached();
});

test('the densities are those of the copied query, on one grid with one kernel', async ({ page }) => {
  const name = 'Spectral densities at step 316';
  await page.goto(`${address}&at=316&kernel=epanechnikov`);
  await expect(page.getByRole('region', { name, exact: true }).locator('path.recharts-line-curve')).toHaveCount(3);
  const { lambda, entries } = await compared(page, name);
  const [header = [], ...rows] = rowsOf(await saved(page, name, 'CSV'));
  for (const [index, { name: run }] of seedRuns.entries()) {
    const column = header.indexOf(run);
    const values = rows.filter((row) => row[column] !== '');
    expect(values.length).toBeGreaterThan(200);
    for (const row of values) {
      const place = lambda.findIndex((one) => Math.abs(one - Number(row[0])) <= 1e-12 * Math.max(1, Math.abs(one)));
      expect(Number(row[column])).toBeCloseTo(entries[index]?.density.density[place] ?? Number.NaN, 9);
    }
  }
});

test('shows how far the spectra are apart, by three distances, as the API has them', async ({ page }) => {
  const name = 'Distances between the spectra at step 1,000';
  await page.goto(address);
  const figure = page.getByRole('region', { name, exact: true });
  await expect(figure.locator('.ritz-cell')).toHaveCount(9);
  await expect(figure.locator('.ritz-dendrogram')).toHaveAttribute('d', /^M.*M/);
  const { distances } = await compared(page, name);
  for (const [label, key] of [
    ['Wasserstein-1', 'wasserstein1'],
    ['L1', 'l1'],
    ['Jensen–Shannon', 'jensenShannon'],
  ] as const) {
    await figure.getByRole('button', { name: label, exact: true }).click();
    await expect(figure.getByRole('button', { name: label, exact: true })).toHaveAttribute('aria-pressed', 'true');
    const [header = [], ...rows] = rowsOf(await saved(page, name, 'CSV'));
    for (const [run = '', ...values] of rows) {
      for (const [column, value] of values.entries()) {
        const [i, j] = [run, header[column + 1]].map((one) => seedRuns.findIndex((seed) => seed.name === one));
        expect(Number(value)).toBeCloseTo(distances[key][i ?? -1]?.[j ?? -1] ?? Number.NaN, 9);
      }
    }
  }
  await expect(page).toHaveURL(/distance=jensenShannon/);
  const svg = await saved(page, name, 'SVG: the picture');
  for (const run of seedRuns) expect(svg).toContain(run.name);
});

test('aligns by steps, progress, epochs, loss and phases of the rate as the API does', async ({ page }) => {
  await page.goto(address);
  for (const [label, title] of [
    ['progress', /at 100.0 % of training/],
    ['epoch', /at epoch 10/],
    ['loss', /at training loss/],
    ['rate phase', /at phase .* of the schedule/],
  ] as const) {
    await page.getByRole('group', { name: 'Align by' }).getByRole('button', { name: label, exact: true }).click();
    const heading = page.getByRole('heading', { name: /^Spectral densities/ });
    await expect(heading).toHaveText(title);
    const slider = page.getByRole('slider', { name: 'Step' });
    await slider.focus();
    await slider.press('ArrowLeft');
    await expect(page).toHaveURL(/at=/);
    const name = (await heading.textContent()) ?? '';
    const figure = page.getByRole('region', { name, exact: true });
    await expect(figure.locator('path.recharts-line-curve')).toHaveCount(3);
    const { entries } = await compared(page, name);
    for (const [index, run] of seedRuns.entries()) {
      const step = entries[index]?.spectrum.step.number ?? Number.NaN;
      await expect(figure).toContainText(new RegExp(`${run.name}[^;]* at step ${step.toLocaleString('en-GB')}[;.]`));
    }
  }
});

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return ((sorted[Math.ceil(sorted.length / 2) - 1] ?? 0) + (sorted[Math.floor(sorted.length / 2)] ?? 0)) / 2;
};

test('draws the median of runs of one colour with their range', async ({ page }) => {
  const title = 'Largest eigenvalue, λ₁';
  await page.goto(`${address}&colour=architecture`);
  const figure = page.getByRole('region', { name: title, exact: true });
  await expect(figure.locator('path.recharts-line-curve')).toHaveCount(3);
  const [runsHeader = [], ...runs] = rowsOf(await saved(page, title, 'CSV'));
  await page.getByRole('group', { name: 'Draw' }).getByRole('button', { name: 'median and range' }).click();
  await expect(page).toHaveURL(/draw=range/);
  await expect(figure.locator('path.recharts-line-curve')).toHaveCount(1);
  await expect(figure.locator('path.ritz-band')).toHaveCount(1);
  await expect(figure.locator('path.recharts-line-curve')).not.toHaveAttribute('stroke-dasharray', /./);
  const [header = [], ...rows] = rowsOf(await saved(page, title, 'CSV'));
  const column = header.indexOf('synthetic-640, median of 3 runs');
  const members = seedRuns.map((run) => runsHeader.indexOf(run.name));
  expect(rows).toHaveLength(spectrumSteps.length);
  for (const [index, row] of rows.entries()) {
    const values = members.map((member) => Number(runs[index]?.[member]));
    expect(Number(row[column])).toBeCloseTo(median(values), 9);
  }
});

test('splits the runs by rows and columns', async ({ page }) => {
  await page.goto(`${address}&columns=architecture`);
  const figure = page.getByRole('region', { name: /^Densities at step 1,000, by architecture/ });
  await expect(
    figure.getByRole('group', { name: 'synthetic-640, 3 runs' }).locator('path.recharts-line-curve'),
  ).toHaveCount(3);
  await page.getByRole('combobox', { name: 'Rows' }).selectOption('seed');
  await expect(page).toHaveURL(/rows=seed/);
  const cell = page.getByRole('group', { name: 'seed 11 · synthetic-640, 2 runs' });
  await expect(cell.locator('path.recharts-line-curve')).toHaveCount(2);
  await expect(page.getByRole('group', { name: 'seed 12 · synthetic-640, 1 run' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Columns' }).selectOption('schedule');
  await expect(page.getByRole('group', { name: /^seed 1[12] · η .*, [01] runs?$/ })).toHaveCount(6);
  await page.getByRole('group', { name: 'Show' }).getByRole('button', { name: 'λ₁', exact: true }).click();
  await expect(page).toHaveURL(/show=lambda1/);
  await expect(page.getByRole('region', { name: 'Largest eigenvalue, λ₁, by seed and schedule' })).toBeVisible();
});

test('names only the settings that differ', async ({ page }) => {
  await page.goto(address);
  const settings = page.getByRole('region', { name: 'Settings that differ', exact: true });
  await expect(settings.getByRole('columnheader')).toHaveText(['Run', 'Learning rate', 'Seed']);
  await expect(settings.getByRole('row').nth(2)).toContainText('0.1, × 0.1 at 200 and 600');
  const csv = await saved(page, 'Settings that differ', 'CSV');
  expect(csv).toContain('low rate,constant 0.02,12');
});

test('is the same picture again from its address', async ({ page, context }) => {
  await page.goto(address);
  const slider = page.getByRole('slider', { name: 'Step' });
  await slider.focus();
  await slider.press('Home');
  await page.getByRole('group', { name: 'λ axis' }).getByRole('button', { name: 'linear' }).click();
  const figure = page.getByRole('region', { name: 'Spectral densities at step 0' });
  await expect(page).toHaveURL(/lambda=linear/);
  await expect(page).toHaveURL(/at=0/);
  // The axes are those of all runs: none of them is still on its way.
  await expect(figure.locator('path.recharts-line-curve')).toHaveCount(seedRuns.length);
  const curve = await figure.locator('path.recharts-line-curve').first().getAttribute('d');
  const other = await context.newPage();
  await other.goto(page.url());
  const again = other.getByRole('region', { name: 'Spectral densities at step 0' });
  await expect(again.locator('path.recharts-line-curve').first()).toHaveAttribute('d', curve ?? '');
});

test('says what to do without runs, which runs are gone, and which are too many', async ({ page }) => {
  await page.goto('/compare');
  await expect(page.getByRole('heading', { name: 'Choose runs to compare' })).toBeVisible();
  const gone = (index: number): string => `b0000000-0000-4000-8000-0000000000${String(index + 10)}`;
  await page.goto(`/compare?runs=${gone(0)}`);
  await expect(page.getByRole('heading', { name: 'None of these runs exist' })).toBeVisible();
  await page.goto(`${address},${gone(0)}`);
  await expect(page.getByText('One run in this link is no longer stored.')).toBeVisible();
  await page.goto(`${address},${Array.from({ length: 49 }, (_unused, index) => gone(index)).join(',')}`);
  await expect(page.getByText(/Of the 52 runs in this link, the first 50 are compared/)).toBeVisible();
});

test('the legend fades, hides and isolates runs, and the address keeps what is hidden', async ({ page }) => {
  await page.goto(address);
  const rail = page.getByRole('list', { name: 'Runs compared' });
  const density = page.getByRole('region', { name: 'Spectral densities at step 1,000', exact: true });
  const curves = density.locator('path.recharts-line-curve');
  await expect(curves).toHaveCount(3);
  await rail.getByRole('button', { name: 'low rate' }).hover();
  await expect(density.locator('.recharts-line.ritz-faded')).toHaveCount(2);
  await page.mouse.move(5, 5);
  await expect(density.locator('.ritz-faded')).toHaveCount(0);
  await rail.getByRole('button', { name: 'low rate' }).click();
  await expect(curves).toHaveCount(2);
  await expect(page).toHaveURL(/hide=/);
  await page.reload();
  await expect(curves).toHaveCount(2);
  await expect(rail.getByRole('button', { name: 'low rate' })).toHaveAttribute('aria-pressed', 'false');
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(curves).toHaveCount(3);
  await rail.getByRole('button', { name: 'step decay' }).click({ modifiers: ['Alt'] });
  await expect(curves).toHaveCount(1);
  await rail.getByRole('button', { name: 'step decay' }).click({ modifiers: ['Alt'] });
  await expect(curves).toHaveCount(3);
});

test('runs are coloured and split by any setting in which they differ', async ({ page }) => {
  await page.goto(`${address}&columns=seed`);
  const density = page.getByRole('region', { name: 'Spectral densities at step 1,000', exact: true });
  const strokes = () =>
    density.locator('path.recharts-line-curve').evaluateAll((all) => all.map((one) => one.getAttribute('stroke')));
  await expect(density.locator('path.recharts-line-curve')).toHaveCount(3);
  expect(new Set(await strokes()).size).toBe(3);
  await expect(page.getByRole('group', { name: 'Draw' })).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Colour by' }).selectOption('seed');
  await expect(page).toHaveURL(/colour=seed/);
  await expect.poll(async () => new Set(await strokes()).size).toBe(2);
  const rail = page.getByRole('list', { name: 'Runs compared' });
  await expect(rail.getByRole('list', { name: 'seed 11' }).getByRole('listitem')).toHaveText([
    'constant rate',
    'step decay',
  ]);
  await rail.getByRole('button', { name: 'seed 11', exact: true }).hover();
  await expect(density.locator('.recharts-line.ritz-faded')).toHaveCount(1);
  await rail.getByRole('button', { name: 'seed 11', exact: true }).click();
  await expect(density.locator('path.recharts-line-curve')).toHaveCount(1);
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(page.getByRole('group', { name: 'seed 11, 2 runs' })).toBeVisible();
  await expect(page.getByRole('group', { name: 'seed 12, 1 run' })).toBeVisible();
});
