import { copied } from './copied.ts';
import { exampleRun } from './seed/example.ts';
import { beginRun, endRun, send, spectrumRecord, writeSteps } from './seed/ingest.ts';
import { post } from './seed/post.ts';
import { eigenvaluesAt } from './seed/training.ts';
import { expect, test } from './ritzTest.ts';
import { startStack, type Stack } from './stack/startStack.ts';

const run = exampleRun('blocks and operators together', 21);
const steps = [0, 10, 100];
const kinds = [
  { operator: 'HESSIAN', block: 'all', scale: 1 },
  { operator: 'GGN', block: 'all', scale: 0.9 },
  { operator: 'RESIDUAL', block: 'all', scale: 0.1 },
  { operator: 'HESSIAN', block: 'attention.0', scale: 0.5 },
  { operator: 'HESSIAN', block: 'mlp.0', scale: 0.2 },
  { operator: 'HESSIAN', block: 'embedding', scale: 0.05 },
] as const;

/** Its own: other tests count the runs of theirs. */
let stack: Stack;
test.describe.configure({ mode: 'default' });
test.beforeAll(async () => {
  stack = await startStack();
  const to = { api: stack.api.url };
  await beginRun(to, run);
  await writeSteps(to, run, 0, 100);
  for (const { scale, ...of } of kinds) {
    for (const step of steps) {
      const eigenvalues = eigenvaluesAt(run, step).map((value) => scale * value);
      await send(to, [{ ...spectrumRecord(run, step, eigenvalues), ...of }]);
    }
  }
  await endRun(to, run);
});
test.afterAll(() => stack.stop());
test.afterEach(({ page }) => page.goto('about:blank'));

test('a heat map of the blocks over the steps: any statistic, as the API has it, and a click shows that density', async ({
  page,
}) => {
  await page.goto(`${stack.dashboard.url}/runs/${run.id}`);
  const figure = page.getByRole('region', { name: 'Blocks over the steps' });
  await figure.scrollIntoViewIfNeeded();
  await expect(figure.locator('image')).toHaveAttribute('href', /^data:image\/png/);
  await figure.getByRole('combobox', { name: 'Statistic' }).selectOption('trace');
  await expect(page).toHaveURL(/blocks=trace/);
  const query = await copied(page, () =>
    page.getByRole('button', { name: 'Copy GraphQL query: Blocks over the steps' }).click(),
  );
  const { run: answer } = (await post(stack.api.url, query, {})) as {
    run: { blockStatistics: { blocks: string[]; trace: { value: number[][] } } };
  };
  const { blocks, trace } = answer.blockStatistics;
  expect(blocks).toEqual(['attention.0', 'embedding', 'mlp.0']);
  await page.getByRole('button', { name: 'View as table: Blocks over the steps' }).click();
  const last = figure.getByRole('row').last();
  await expect(last).toContainText(String(trace.value[0]?.at(-1)).slice(0, 5));
  await page.getByRole('button', { name: 'View as table: Blocks over the steps' }).click();

  const picture = figure.locator('image');
  const box = await picture.boundingBox();
  if (!box) throw new Error('The figure has no picture.');
  await picture.click({ position: { x: box.width * 0.5, y: box.height * 0.85 } });
  await expect(page).toHaveURL(/block=mlp.0/);
  await expect(page.getByRole('heading', { name: 'Spectral density at step 10' })).toBeVisible();
  await expect(page.getByRole('note', { name: 'How this was measured' })).toContainText('mlp.0');
});

test('the distances between the blocks are those of the API', async ({ page }) => {
  await page.goto(`${stack.dashboard.url}/runs/${run.id}?step=100&distance=wasserstein1`);
  const name = 'Distances between the blocks at step 100';
  const figure = page.getByRole('region', { name, exact: true });
  await figure.scrollIntoViewIfNeeded();
  await expect(figure.getByRole('img')).toHaveAttribute('aria-label', /attention.0, embedding, mlp.0/);
  const query = await copied(page, () => page.getByRole('button', { name: `Copy GraphQL query: ${name}` }).click());
  const { run: answer } = (await post(stack.api.url, query, {})) as {
    run: { blockComparison: { distances: { wasserstein1: number[][] } } };
  };
  const distance = answer.blockComparison.distances.wasserstein1[0]?.[1] ?? 0;
  await expect(figure.getByRole('img')).toContainText(String(Number(distance.toPrecision(2))));
});

test('H, G and R are on one axis, with their traces', async ({ page }) => {
  await page.goto(`${stack.dashboard.url}/runs/${run.id}?step=100&lambda=symlog`);
  const name = 'All operators at step 100';
  const figure = page.getByRole('region', { name, exact: true });
  await expect(figure.locator('path.recharts-line-curve')).toHaveCount(3);
  const query = await copied(page, () => page.getByRole('button', { name: `Copy GraphQL query: ${name}` }).click());
  const { run: answer } = (await post(stack.api.url, query, {})) as {
    run: { spectra: { operator: string; trace: { value: number }; density: { sigma: number } }[] };
  };
  expect(new Set(answer.spectra.map(({ density }) => density.sigma)).size).toBe(1);
  const gaussNewton = answer.spectra.find(({ operator }) => operator === 'GGN');
  await expect(figure.getByRole('row', { name: /Gauss–Newton/ })).toContainText(
    String(Number((gaussNewton?.trace.value ?? 0).toPrecision(3))),
  );
});
