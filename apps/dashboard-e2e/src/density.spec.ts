import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { copied } from './copied.ts';
import { post } from './seed/post.ts';
import { seedRuns } from './seed/training.ts';
import { apiUrl, expect, test } from './ritzTest.ts';

const address = `/runs/${seedRuns[0]?.id ?? ''}`;

function figureOf(page: Page, name: string) {
  return page.getByRole('region', { name, exact: true });
}

async function csvOf(page: Page, name: string): Promise<string[][]> {
  await page.getByRole('button', { name: `Download: ${name}`, exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  return text
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
}

function copiedQuery(page: Page, name: string): Promise<string> {
  return copied(page, () => page.getByRole('button', { name: `Copy GraphQL query: ${name}`, exact: true }).click());
}

test('the density is what the copied query gives, whatever the kernel, the width and the zoom', async ({ page }) => {
  const name = 'Spectral density at step 100';
  for (const chosen of ['', '&kernel=epanechnikov&sigma=0.3', '&zoom=0.1,3']) {
    await page.goto(`${address}?step=100${chosen}`);
    await expect(figureOf(page, name).locator('path.recharts-line-curve').first()).toBeAttached();
    const { run } = (await post(apiUrl(), await copiedQuery(page, name), {})) as {
      run: { spectrum: { density: { lambda: number[]; density: number[]; upper: number[] } } };
    };
    const { lambda, density, upper } = run.spectrum.density;
    const [header, ...rows] = await csvOf(page, name);
    expect(header).toEqual(['lambda', 'step 100', '"step 100', ' lower"', '"step 100', ' upper"']);
    expect(rows).toHaveLength(lambda.length);
    for (const [at = '', value, , high] of rows) {
      const index = lambda.findIndex((one) => Math.abs(one - Number(at)) <= 1e-12 * Math.max(1, Math.abs(one)));
      expect(index, at).toBeGreaterThanOrEqual(0);
      expect(Number(value)).toBeCloseTo(density[index] ?? Number.NaN, 9);
      expect(Number(high)).toBeCloseTo(upper[index] ?? Number.NaN, 9);
    }
  }
});

test('zooms by dragging and by typing, and back, with the address following', async ({ page }) => {
  await page.goto(address);
  const figure = figureOf(page, 'Spectral density at step 1,000');
  const curve = figure.locator('path.recharts-line-curve').first();
  const whole = await curve.getAttribute('d');
  const plot = await figure.locator('.ritz-brush').boundingBox();
  if (!plot) throw new Error('The chart has no plot to drag across.');
  await page.mouse.move(plot.x + plot.width * 0.5, plot.y + 60);
  await page.mouse.down();
  await page.mouse.move(plot.x + plot.width * 0.6, plot.y + 70, { steps: 4 });
  await page.mouse.move(plot.x + plot.width * 0.8, plot.y + 70);
  await page.mouse.up();
  await expect(page).toHaveURL(/zoom=/);
  await expect(curve).not.toHaveAttribute('d', whole ?? '');

  const [low, high] = [/smallest/, /largest/].map((end) => page.getByRole('textbox', { name: end }));
  await high?.fill('3');
  await high?.press('Enter');
  await low?.fill('0.5');
  await low?.press('Enter');
  await expect(page).toHaveURL(/zoom=0.5(,|%2C)3/);
  await low?.fill('7');
  await low?.press('Enter');
  await expect(low ?? page.locator('body')).toHaveAttribute('aria-invalid', 'true');
  await expect(page).toHaveURL(/zoom=0.5(,|%2C)3/);
  await low?.press('Escape');

  await page.getByRole('group', { name: 'Zoom' }).getByRole('button', { name: 'reset' }).click();
  await expect(page).not.toHaveURL(/zoom=/);
  await expect(curve).toHaveAttribute('d', whole ?? '');
});

test('has logarithmic, symmetric and linear axes both ways, and says what a logarithm leaves out', async ({ page }) => {
  await page.goto(address);
  const figure = figureOf(page, 'Spectral density at step 1,000');
  const curve = figure.locator('path.recharts-line-curve').first();
  let before = '';
  for (const lambda of ['linear', 'log', 'symlog']) {
    for (const density of ['linear', 'symlog', 'log']) {
      for (const [group, value] of [
        ['λ axis', lambda],
        ['Density axis', density],
      ] as const) {
        await page.getByRole('group', { name: group }).getByRole('button', { name: value, exact: true }).click();
      }
      await expect(page.getByRole('group', { name: 'Density axis' }).locator('[aria-pressed=true]')).toHaveText(
        density,
      );
      await expect(curve).not.toHaveAttribute('d', before);
      await expect(figure.getByText(/of the eigenvalues lie below/)).toHaveCount(lambda === 'log' ? 1 : 0);
      before = (await curve.getAttribute('d')) ?? '';
    }
  }
});

test('says where no eigenvalue is', async ({ page }) => {
  await page.goto(`${address}?zoom=-9,-5&lambda=log`);
  await expect(page.getByText(/No eigenvalues in this range/).first()).toBeVisible();
});

test('shows the energy of the gradient as the API has it', async ({ page }) => {
  const name = 'Gradient energy at step 100';
  await page.goto(`${address}?step=100`);
  const figure = figureOf(page, name);
  await expect(figure.locator('path.recharts-line-curve')).toHaveCount(3);
  const { run } = (await post(apiUrl(), await copiedQuery(page, name), {})) as {
    run: {
      spectra: {
        step: { number: number };
        gradientEnergy: { gradient: string; nodes: number[]; weights: number[]; curvature: number }[];
        gradientOverlap: { gradient: string; k: number; fraction: number }[];
      }[];
    };
  };
  const spectrum = run.spectra.find(({ step }) => step.number === 100);
  const full = spectrum?.gradientEnergy.find(({ gradient }) => gradient === 'FULL_BATCH');
  const [header = [], ...rows] = await csvOf(page, name);
  const column = header.indexOf('full-batch gradient');
  for (const row of rows.filter((one) => one[column] !== '')) {
    const upTo = full?.nodes.reduce(
      (sum, node, index) => sum + (node <= Number(row[0]) + 1e-9 ? (full.weights[index] ?? 0) : 0),
      0,
    );
    expect(Number(row[column])).toBeCloseTo(upTo ?? Number.NaN, 9);
  }
  for (const { k, fraction } of spectrum?.gradientOverlap ?? []) {
    const line = figure.getByRole('row', { name: k === 1 ? 'In the top eigenvector' : `In the top ${String(k)}` });
    await expect(line).toContainText(`${(100 * fraction).toFixed(1)} %`);
  }
});

test('draws the outliers with their error bounds, next to the stability limit', async ({ page }) => {
  await page.goto(address);
  const figure = figureOf(page, 'Outliers');
  await figure.scrollIntoViewIfNeeded();
  await expect(figure.getByRole('listitem')).toHaveText(['λ₁', 'λ₂ … λ₉', 'λK, K = 10', '(2 + 2·0.9)/η']);
  await expect(figure.locator('path.ritz-strokes').first()).toBeAttached();
  const { run } = (await post(apiUrl(), await copiedQuery(page, 'Outliers'), {})) as {
    run: { spectra: { step: { number: number }; outliers: { lambdaMax: number; residuals: number[] } }[] };
  };
  const [, ...rows] = await csvOf(page, 'Outliers');
  const byStep = new Map(rows.map(([step, ...values]) => [Number(step), values]));
  for (const { step, outliers } of run.spectra) {
    const [value, lower, upper] = (byStep.get(step.number) ?? []).map(Number);
    const residual = outliers.residuals[0] ?? Number.NaN;
    expect(value).toBeCloseTo(outliers.lambdaMax, 9);
    expect(lower).toBeCloseTo(outliers.lambdaMax - residual, 9);
    expect(upper).toBeCloseTo(outliers.lambdaMax + residual, 9);
  }
});

test('plays through the steps to the last', async ({ page }) => {
  await page.goto(`${address}?step=0`);
  await page.getByRole('button', { name: 'Play steps' }).click();
  await expect(page.getByRole('heading', { name: 'Spectral density at step 1,000' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Play steps' })).toBeVisible();
});
