/** Faults that users met once. */
import { readFile } from 'node:fs/promises';
import { freePort } from '@ritz/testing';
import { seedRuns } from './seed/training.ts';
import { expect, expectInConsole, test } from './ritzTest.ts';
import { startDashboard } from './stack/startStack.ts';

const [first] = seedRuns;
const address = `/runs/${first?.id ?? ''}`;

test('Back goes to the step before, and then to the page before', async ({ page }) => {
  await page.goto('/runs');
  await page.getByRole('link', { name: 'constant rate' }).click();
  await expect(page.getByRole('heading', { name: 'Spectral density at step 1,000' })).toBeVisible();
  await page.getByRole('button', { name: 'Previous step' }).click();
  await expect(page.getByRole('heading', { name: 'Spectral density at step 316' })).toBeVisible();
  await expect(page).toHaveURL(/step=316/);
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Spectral density at step 1,000' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Runs', exact: true })).toBeVisible();
});

test('the CSV of a density has every point of its grid', async ({ page }) => {
  const name = 'Spectral density at step 1,000';
  await page.goto(address);
  await page.getByRole('button', { name: `Download: ${name}`, exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  const [, ...rows] = (await readFile(await (await download).path(), 'utf8')).trimEnd().split('\r\n');
  expect(rows.length).toBeGreaterThanOrEqual(2048);
  const lambda = rows.map((row) => Number(row.split(',')[0]));
  const spacing = (lambda[1] ?? 0) - (lambda[0] ?? 0);
  for (let index = 1; index < lambda.length; index++) {
    expect((lambda[index] ?? 0) - (lambda[index - 1] ?? 0)).toBeCloseTo(spacing, 9);
  }
});

test('a curve alone on its chart is solid', async ({ page }) => {
  for (const { id } of seedRuns) {
    await page.goto(`/runs/${id}`);
    const curve = page.getByRole('region', { name: /^Spectral density/ }).locator('path.recharts-line-curve');
    await expect(curve).toHaveCount(1);
    await expect(curve).not.toHaveAttribute('stroke-dasharray', /[1-9]/);
  }
});

test('a tooltip goes when the page moves from under the pointer', async ({ page }) => {
  await page.goto(address);
  const density = page.getByRole('region', { name: /^Spectral density/ });
  await density.locator('.ritz-brush').hover({ position: { x: 200, y: 100 } });
  await expect(density.locator('.ritz-tooltip')).toBeVisible();
  await page.mouse.wheel(0, 2000);
  await expect(density.locator('.ritz-tooltip')).toBeHidden();
});

test('one cursor goes through all figures over the steps', async ({ page }) => {
  await page.setViewportSize({ width: 1360, height: 2600 });
  await page.goto(address);
  const loss = page.getByRole('region', { name: 'Loss', exact: true });
  await expect(loss.locator('path.recharts-line-curve').first()).toBeVisible();
  const outliers = page.getByRole('region', { name: 'Outliers', exact: true });
  await expect(outliers.locator('path.recharts-line-curve').first()).toBeVisible();
  await loss
    .locator('.recharts-surface')
    .first()
    .hover({ position: { x: 200, y: 80 } });
  await expect(outliers.locator('.ritz-cursor line')).toBeAttached();
  await page.mouse.move(5, 5);
  await expect(outliers.locator('.ritz-cursor')).toHaveCount(0);
});

test('counts no runs while the API does not answer', async ({ page }) => {
  expectInConsole('Failed to load resource');
  await page.goto('/runs');
  await expect(page.getByText('3 stored')).toBeVisible();
  await page.route('**/api/graphql', (route) => route.abort());
  await page.getByRole('searchbox').fill('decay');
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  await expect(page.getByText(/\d match/)).toHaveCount(0);
  await expect(page.getByText(/^No runs match/)).toHaveCount(0);
});

test('all tabs share one stream', async ({ context, page }) => {
  let streams = 0;
  context.on('request', (request) => {
    if (request.url().endsWith('/graphql/stream')) streams++;
  });
  const tabs = [page, ...(await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(() => context.newPage())))];
  for (const tab of tabs) {
    await tab.goto('/runs');
    await expect(tab.getByRole('status', { name: 'Live updates' })).toHaveText('Live');
  }
  expect(streams).toBe(1);
  // The tab that holds the stream goes, another takes it.
  await page.goto('about:blank');
  await expect(tabs[1]?.getByRole('status', { name: 'Live updates' }) ?? page.locator('none')).toHaveText('Live');
  await expect.poll(() => streams).toBe(2);
  await Promise.all(tabs.slice(1).map((tab) => tab.close()));
});

test('stops retrying after a while, and starts again when asked', async ({ page }) => {
  expectInConsole('Failed to load resource');
  const dashboard = await startDashboard(`http://127.0.0.1:${String(await freePort())}`);
  try {
    await page.clock.install();
    await page.goto(dashboard.url);
    const alert = page.getByRole('main').getByRole('alert');
    await expect(alert).toContainText('Retrying automatically.');
    await expect(async () => {
      await page.clock.runFor(20_000);
      await expect(alert).toContainText('has not responded for a minute', { timeout: 200 });
    }).toPass();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(alert).toContainText('Retrying automatically.');
  } finally {
    await page.goto('about:blank');
    await dashboard.stop();
  }
});
