import type { Page } from '@playwright/test';
import { askSpectrum } from './ask.ts';
import { copied } from './copied.ts';
import { post } from './seed/post.ts';
import { seedRuns } from './seed/training.ts';
import { apiUrl, expect, test } from './ritzTest.ts';

const decaying = seedRuns[1]?.id ?? '';
const address = `/runs/${decaying}`;

const heading = (page: Page, step: string) => page.getByRole('heading', { name: `Spectral density at step ${step}` });

test('dragging across a figure over the steps plays that range', async ({ page }) => {
  await page.goto(`${address}?step=0`);
  const figure = page.getByRole('region', { name: 'Negative mass', exact: true });
  await figure.scrollIntoViewIfNeeded();
  const plot = await figure.locator('.ritz-brush').boundingBox();
  if (!plot) throw new Error('The chart has no plot to drag across.');
  // On a logarithmic axis from 0 to 1,000: from about step 3 to about step 150.
  await page.mouse.move(plot.x + plot.width * 0.2, plot.y + 60);
  await page.mouse.down();
  await page.mouse.move(plot.x + plot.width * 0.5, plot.y + 62, { steps: 4 });
  await page.mouse.move(plot.x + plot.width * 0.72, plot.y + 62);
  await page.mouse.up();
  await expect(page).toHaveURL(/range=\d+(,|%2C)\d+/);
  await expect(heading(page, '100')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Play steps' })).toBeVisible();
  await page.getByRole('button', { name: /are played: play all/ }).click();
  await expect(page).not.toHaveURL(/range=/);
});

test('a rate drop shows the spectra on both sides, with the change of λ₁', async ({ page }) => {
  await page.goto(address);
  const [before, after] = await Promise.all([100, 316].map((step) => askSpectrum(apiUrl(), decaying, step)));
  const change = (after?.outliers.lambdaMax ?? 0) - (before?.outliers.lambdaMax ?? 0);
  const said = page.getByRole('group', { name: 'Two steps' });
  await page
    .getByRole('list', { name: 'Drops of the learning rate' })
    .getByRole('button', { name: /η 0.1 → 0.01/ })
    .click();
  await expect(said).toContainText(`From step 100 to step 316: Δλ₁ = +${String(Number(change.toPrecision(3)))}`);
  const figure = page.getByRole('region', { name: 'Spectral density at step 316' });
  await expect(figure.locator('path.recharts-line-curve')).toHaveCount(2);
  await page.getByRole('button', { name: 'Show one step' }).click();
  await expect(said).toHaveCount(0);
  // The name in the figure is the same.
  const outliers = page.getByRole('region', { name: 'Outliers', exact: true });
  await outliers.locator('.ritz-drop text').first().click();
  await expect(said).toContainText('From step 100 to step 316');
});

test('names the phases of the training, and plays the one that is pressed', async ({ page }) => {
  await page.goto(address);
  const phases = page.getByRole('list', { name: 'Phases of the training' });
  await expect(phases.getByRole('listitem')).toHaveText([
    /^Fast loss of negative curvature 0–32$/,
    /^Plateau 32–200$/,
    /^After η 0.1 → 0.01 200–600$/,
    /^After η 0.01 → 0.001 600–1,000$/,
  ]);
  await phases.getByRole('button', { name: /Fast loss/ }).click();
  await expect(page).toHaveURL(/range=0(,|%2C)32/);
  await expect(heading(page, '32')).toBeVisible();
  await page.getByRole('button', { name: 'Phases', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('nine tenths of its fall');
});

test('the keys of the slider pin a step, set the range and end it', async ({ page }) => {
  await page.goto(`${address}?step=10`);
  const slider = page.getByRole('slider', { name: 'Step' });
  await slider.focus();
  await slider.press('=');
  await slider.press('[');
  await slider.press('ArrowRight');
  await slider.press('ArrowRight');
  await slider.press(']');
  await expect(page).toHaveURL(/against=10/);
  await expect(page).toHaveURL(/range=10(,|%2C)100/);
  await expect(page.getByRole('group', { name: 'Two steps' })).toContainText('From step 10 to step 100');
  await slider.press('Escape');
  await expect(page).not.toHaveURL(/against=|range=/);
});

interface Measured {
  readonly density: { readonly method: string };
  readonly convergence: { readonly halfSteps: number; readonly movedShare: number; readonly bandShare: number };
}

test('says how a density was measured, whether that has converged, and by which estimator', async ({ page }) => {
  await page.goto(`${address}?step=100`);
  const line = page.getByRole('note', { name: 'How this was measured' });
  for (const [estimator, method] of [
    ['variance-reduced', 'VARIANCE_REDUCED'],
    ['plain', 'PLAIN'],
  ] as const) {
    await page.getByRole('group', { name: 'Estimator' }).getByRole('button', { name: estimator, exact: true }).click();
    const query = await copied(page, () =>
      page.getByRole('button', { name: 'Copy GraphQL query: Spectral density at step 100', exact: true }).click(),
    );
    const { run } = (await post(apiUrl(), query, {})) as { run: { spectrum: Measured } };
    expect(run.spectrum.density.method).toBe(method);
    const { halfSteps, movedShare, bandShare } = run.spectrum.convergence;
    const share = (value: number): string => `${(100 * value).toFixed(1)} %`;
    await expect(line).toContainText(
      `m = ${String(halfSteps)} → 60 moves ${share(movedShare)} (probes ± ${share(bandShare)})`,
    );
  }
  await expect(page).toHaveURL(/estimator=plain/);
});

test('on a phone the bar that stays is short, and everything in it can be reached', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(address);
  const bar = page.getByRole('toolbar', { name: 'Step and smoothing' });
  await expect(bar).toBeVisible();
  expect((await bar.boundingBox())?.height).toBeLessThan(120);
  await expect(page.getByRole('slider', { name: 'Smoothing σ' })).toBeVisible();
});
