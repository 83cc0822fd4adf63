/** Home: what happened lately, and the tour of the first visit. */
import { AxeBuilder } from '@axe-core/playwright';
import { exampleRun } from './seed/example.ts';
import { beginRun, send, spectrumRecord, writeSteps } from './seed/ingest.ts';
import { eigenvaluesAt } from './seed/training.ts';
import { expect, test } from './ritzTest.ts';
import { startStack, type Stack } from './stack/startStack.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
  const to = { api: stack.api.url };
  const measured = async (name: string, seed: number, scales: readonly number[], rate: number): Promise<string> => {
    const run = exampleRun(name, seed);
    await beginRun(
      to,
      { ...run, initialRate: rate },
      { plannedSteps: 400, schedule: { kind: 'CONSTANT', initial: rate } },
    );
    await writeSteps(to, { ...run, initialRate: rate }, 0, 10 * (scales.length - 1));
    for (const [index, scale] of scales.entries()) {
      const values = eigenvaluesAt(run, 1000);
      const largest = Math.max(...values);
      await send(to, [
        spectrumRecord(
          run,
          10 * index,
          values.map((value) => (scale * value) / largest),
        ),
      ]);
    }
    return run.id;
  };
  await measured('calm', 1, [5, 5.5], 0.01);
  await measured('sharper', 2, [4, 8], 0.01);
  await measured('edgy', 3, [19, 20], 0.1);
  const broken = await measured('broken', 4, [5, 5.5], 0.01);
  await send(to, [
    { kind: 'step', runId: broken, number: 11, trainLoss: 4e8 },
    { kind: 'finish', runId: broken, status: 'FAILED' },
  ]);
});
test.afterAll(() => stack.stop());
test.afterEach(({ page }) => page.goto('about:blank'));

test('tells of runs that diverged, train at the edge or became sharper, and of those under way', async ({ page }) => {
  await page.goto(stack.dashboard.url);
  const news = page.getByRole('region', { name: 'Worth a look' }).getByRole('listitem');
  await expect(news).toHaveCount(3);
  const of = (name: string) => news.filter({ has: page.getByRole('link', { name, exact: true }) });
  await expect(of('sharper')).toContainText('λ₁ rose from 4 to 8 between steps 0 and 10.');
  await expect(of('edgy')).toContainText('λ₁ = 20 is 1 × the stability limit 2/η = 20 at step 10.');
  await expect(of('broken')).toContainText('The training loss is 4×10⁸ at step 11; it began at');
  const running = page.getByRole('region', { name: 'Running' });
  await expect(running.getByRole('listitem')).toHaveCount(3);
  await expect(running).toContainText('step 10 of 400');
  const spectra = page.getByRole('region', { name: 'Newest spectra' });
  await expect(spectra.getByRole('img', { name: 'density at step 10' })).toHaveCount(4);
  await of('edgy').getByRole('button', { name: 'stability limit' }).click();
  await expect(page.getByRole('dialog')).toContainText('2(1 + β)/η');
});

test('a tour is shown at the first visit, by keyboard too, and never again', async ({ browser }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(stack.dashboard.url);
  const tour = page.getByRole('region', { name: 'A tour of one minute' });
  await expect(tour).toContainText('1 of 4');
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await tour.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText('2 of 4')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText('3 of 4')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('3 of 4')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Lately' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Worth a look' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Close the tour' })).toHaveCount(0);
  await context.close();
});
