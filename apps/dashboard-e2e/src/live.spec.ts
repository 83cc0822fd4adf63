/** What is written while somebody looks: it shows by itself, and after the API went away and came back. */
import { beginRun, endRun, writeSpectrum, writeSteps } from './seed/ingest.ts';
import { exampleRun } from './seed/example.ts';
import { expect, expectInConsole, test } from './ritzTest.ts';
import { startStack, type Stack } from './stack/startStack.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.stop());
test.afterEach(({ page }) => page.goto('about:blank')); // streams end before their server does

test('a run shows while it is written: its progress, its spectra, its end', async ({ page }) => {
  const to = { api: stack.api.url };
  const run = exampleRun('written live', 1);
  await beginRun(to, run, { plannedSteps: 400 });
  await writeSteps(to, run, 0, 10);
  await page.goto(`${stack.dashboard.url}/runs/${run.id}`);
  await expect(page.getByText('No spectra yet')).toBeVisible();
  const live = page.getByRole('status', { name: 'Live updates' });
  await expect(live).toHaveText('Live');
  await writeSteps(to, run, 11, 100);
  await expect(page.getByText('step 100 of 400')).toBeVisible();
  await expect(page.getByRole('progressbar', { name: 'Progress of the run' })).toHaveJSProperty('value', 100);
  await writeSpectrum(to, run, 100);
  await expect(page.getByRole('heading', { name: 'Spectral density at step 100' })).toBeVisible();
  await page.waitForTimeout(5500); // a pace is told after five seconds
  await writeSteps(to, run, 101, 200);
  await expect(page.getByText(/^about \d+ (s|min) left$/)).toBeVisible();
  await endRun(to, run);
  await expect(page.getByText('Finished')).toBeVisible();
  await expect(live).toHaveText('');
});

test('the API is killed and comes back: the page says so, then shows what was written meanwhile', async ({ page }) => {
  expectInConsole('Failed to load resource');
  const to = { api: stack.api.url };
  const run = exampleRun('survives', 2);
  await beginRun(to, run, { plannedSteps: 400 });
  await writeSteps(to, run, 0, 20);
  await page.goto(`${stack.dashboard.url}/runs/${run.id}`);
  const live = page.getByRole('status', { name: 'Live updates' });
  await expect(live).toHaveText('Live');
  await stack.killApi();
  await expect(live).toHaveText('Live updates lost, retrying …');
  await expect(page.getByRole('heading', { name: 'survives' })).toBeVisible();
  await stack.restartApi();
  await writeSteps(to, run, 21, 50);
  await expect(live).toHaveText('Live');
  await expect(page.getByText('step 50 of 400')).toBeVisible();
});

test('the table of runs follows: a new run appears, its numbers move', async ({ page }) => {
  const to = { api: stack.api.url };
  const first = exampleRun('there before', 3);
  await beginRun(to, first);
  await page.goto(`${stack.dashboard.url}/runs`);
  await expect(page.getByRole('status', { name: 'Live updates' })).toHaveText('Live');
  const run = exampleRun('comes later', 4);
  await beginRun(to, run);
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: 'comes later' }) });
  await expect(row).toContainText('Running');
  await writeSteps(to, run, 0, 30);
  await expect(row.getByRole('img', { name: 'training loss, log scale' })).toBeVisible();
  await writeSpectrum(to, run, 30);
  await expect(row.getByRole('img', { name: 'largest eigenvalue' })).toBeVisible();
  await endRun(to, run);
  await expect(row).toContainText('Finished');
});
