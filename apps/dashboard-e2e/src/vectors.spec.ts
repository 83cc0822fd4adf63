import { exampleRun } from './seed/example.ts';
import { beginRun, endRun, send, spectrumRecord, writeSteps } from './seed/ingest.ts';
import { eigenvaluesAt } from './seed/training.ts';
import { expect, test } from './ritzTest.ts';
import { startStack, type Stack } from './stack/startStack.ts';

const run = exampleRun('eigenvectors in motion', 22);
const steps = [0, 10, 100];
const largestAt = (step: number): number => Math.max(...eigenvaluesAt(run, step));

/** Its own: other tests count the runs of theirs. */
let stack: Stack;
test.describe.configure({ mode: 'default' });
test.beforeAll(async () => {
  stack = await startStack();
  const to = { api: stack.api.url };
  await beginRun(to, run);
  await writeSteps(to, run, 0, 100);
  for (const step of steps) {
    const vector = {
      index: 0,
      value: largestAt(step),
      residual: 4e-6,
      gradientOverlap: 0.12,
      inverseParticipation: 0.02,
      massByBlock: [
        { block: 'layer 1', mass: 0.2 },
        { block: 'layer 3', mass: 0.8 },
      ],
    };
    const spaceOverlaps = steps.filter((other) => other < step).map((other) => ({ step: other, k: 5, overlap: 0.25 }));
    await send(to, [{ ...spectrumRecord(run, step, eigenvaluesAt(run, step)), ritzVectors: [vector], spaceOverlaps }]);
  }
  await endRun(to, run);
});
test.afterAll(() => stack.stop());
test.afterEach(({ page }) => page.goto('about:blank'));

test('a tick under the density says its eigenvalue, its share of the gradient and where its vector lives', async ({
  page,
}) => {
  await page.goto(`${stack.dashboard.url}/runs/${run.id}?step=100`);
  const figure = page.getByRole('region', { name: 'Spectral density at step 100' });
  const text = `λ₁ = ${String(Number(largestAt(100).toPrecision(4)))} ± 4×10⁻⁶, 12.0 % of ‖g‖², 80.0 % in layer 3`;
  await expect(figure.locator('.ritz-ticks title').filter({ hasText: text })).toHaveCount(1);
  await figure.locator('.ritz-ticks rect').filter({ hasText: text }).hover();
  await expect(figure.locator('.ritz-ticks text')).toHaveText(text);
  await figure.getByText('Eigenvectors of the 1 largest').click();
  await expect(figure.getByRole('region', { name: 'Eigenvectors' })).toContainText('layer 3 (80.0 %)');
});

test('the overlaps of the top spaces are a matrix of steps, and a click shows both', async ({ page }) => {
  await page.goto(`${stack.dashboard.url}/runs/${run.id}?step=100`);
  const figure = page.getByRole('region', { name: 'Overlap of the top spaces' });
  await figure.scrollIntoViewIfNeeded();
  await expect(figure).toContainText('5 leading eigenvectors');
  await page.getByRole('button', { name: 'View as table: Overlap of the top spaces' }).click();
  await expect(figure.getByRole('row').last()).toContainText('0.25');
  await page.getByRole('button', { name: 'View as table: Overlap of the top spaces' }).click();
  const picture = figure.locator('image');
  const box = await picture.boundingBox();
  if (!box) throw new Error('The figure has no picture.');
  await picture.click({ position: { x: box.width * 0.5, y: box.height * 0.9 } });
  await expect(page.getByRole('group', { name: 'Two steps' })).toContainText('From step 100 to step 10');
});
