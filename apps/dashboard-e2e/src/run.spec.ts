import { readFile } from 'node:fs/promises';
import { askSpectrum } from './ask.ts';
import { warning } from './seed/seed.ts';
import { seedRuns, spectrumSteps } from './seed/training.ts';
import { apiUrl, expect, test } from './ritzTest.ts';

const [run] = seedRuns;
const address = `/runs/${run?.id ?? ''}`;

test('shows a run: its density, its trajectories, its training, its settings', async ({ page }) => {
  await page.goto(address);
  await expect(page).toHaveTitle('constant rate · Ritz');
  for (const name of [
    'Spectral density at step 1,000',
    'Gradient energy at step 1,000',
    'Outliers',
    'Spread of the outliers',
    'Gradient overlap',
    'Negative mass',
    'Loss',
    'Accuracy',
    'Learning rate',
  ]) {
    const figure = page.getByRole('region', { name, exact: true });
    await expect(figure.locator('path.recharts-line-curve').first()).toBeAttached();
  }
  await expect(page.getByRole('region', { name: 'Measurement' })).toContainText('60');
});

test('moves to another measured step, with the numbers of that spectrum, and back by the address', async ({ page }) => {
  await page.goto(address);
  const slider = page.getByRole('slider', { name: 'Step' });
  await expect(page.getByRole('heading', { name: 'Spectral density at step 1,000' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Warnings of this measurement' })).toHaveCount(0);
  await slider.focus();
  await slider.press('Home');
  await expect(page.getByRole('list', { name: 'Warnings of this measurement' })).toHaveText(warning);
  await expect(page.getByRole('heading', { name: 'Spectral density at step 0' })).toBeVisible();
  await expect(page).toHaveURL(/step=0/);
  for (const step of [spectrumSteps[0], spectrumSteps[3]]) {
    await page.goto(`${address}?step=${String(step)}`);
    const spectrum = await askSpectrum(apiUrl(), run?.id ?? '', step);
    const numbers = page.getByRole('region', { name: `Spectral density at step ${String(step)}` });
    await expect(numbers).toContainText(String(Number(spectrum.outliers.lambdaMax.toPrecision(4))));
    await expect(numbers).toContainText(String(Number(spectrum.outliers.lambdaK.toPrecision(4))));
    await expect(numbers).toContainText(`${(100 * spectrum.negativeMass.value).toFixed(1)} %`);
  }
});

test('shows the evolution as a heat map and as a ridgeline, and goes to a step that is clicked', async ({ page }) => {
  await page.goto(address);
  const figure = page.getByRole('region', { name: 'Evolution of the density' });
  const picture = figure.locator('image');
  await expect(picture).toHaveAttribute('href', /^data:image\/png/);
  await picture.click({ position: { x: 2, y: 40 } });
  await expect(page.getByRole('heading', { name: 'Spectral density at step 0' })).toBeVisible();
  await figure.getByRole('button', { name: 'ridgeline' }).click();
  await expect(page).toHaveURL(/evolution=ridges/);
  await expect(figure.locator('path.recharts-area-curve')).toHaveCount(spectrumSteps.length);
});

test('smooths anew while the slider moves', async ({ page }) => {
  await page.goto(address);
  const figure = page.getByRole('region', { name: 'Spectral density at step 1,000' });
  const curve = figure.locator('path.recharts-line-curve').first();
  const before = await curve.getAttribute('d');
  const slider = page.getByRole('slider', { name: 'Smoothing σ' });
  await slider.focus();
  await slider.press('ArrowRight');
  await expect(curve).not.toHaveAttribute('d', before ?? '');
  await expect(page).toHaveURL(/sigma=/);
  await page.getByRole('button', { name: 'auto' }).click();
  await expect(curve).toHaveAttribute('d', before ?? '');
});

test('gives a figure away as table, CSV, SVG and PNG', async ({ page }) => {
  await page.goto(address);
  const figure = page.getByRole('region', { name: 'Loss', exact: true });
  const saved = async (item: string): Promise<Buffer> => {
    await figure.getByRole('button', { name: 'Download: Loss' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: item }).click();
    return readFile(await (await download).path());
  };
  const csv = (await saved('CSV')).toString();
  expect(csv.split('\r\n')[0]).toBe('step,training,test');
  expect(csv.split('\r\n').length).toBeGreaterThan(200);
  const svg = (await saved('SVG: the picture')).toString();
  expect(svg).toMatch(/^<svg /);
  expect(svg).not.toContain('var(');
  const png = await saved('PNG: the picture');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  await figure.getByRole('button', { name: 'View as table: Loss' }).click();
  await expect(figure.getByRole('columnheader', { name: 'training' })).toBeVisible();
});
