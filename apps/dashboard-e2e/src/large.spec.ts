/** Runs unlike the seeded ones: with very many spectra, with a single eigenvalue, of several operators and blocks. */
import type { Page } from '@playwright/test';
import { beginRun, endRun, send, spectrumRecord, writeSpectra, writeSteps } from './seed/ingest.ts';
import { copied } from './copied.ts';
import { exampleRun } from './seed/example.ts';
import { post } from './seed/post.ts';
import { eigenvaluesAt } from './seed/training.ts';
import { expect, test } from './ritzTest.ts';
import { startStack, type Stack } from './stack/startStack.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.stop());
test.afterEach(({ page }) => page.goto('about:blank'));

/** Counts what a page asks the API for from now on. */
function countRequests(page: Page): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/api/graphql')) count++;
  });
  return () => count;
}

for (const count of [500, 2000]) {
  test(`the evolution of ${String(count)} spectra is one request, with λ₁, λmin and the limit over it`, async ({
    page,
  }) => {
    const to = { api: stack.api.url };
    const run = exampleRun(`${String(count)} spectra`, 1);
    await beginRun(to, run, { schedule: { kind: 'STEP', initial: 0.1, factor: 0.1, steps: [count] } });
    await writeSteps(to, run, 0, 200);
    await writeSpectra(
      to,
      run,
      Array.from({ length: count }, (_unused, index) => index),
    );
    await endRun(to, run);
    const requests = countRequests(page);
    await page.goto(`${stack.dashboard.url}/runs/${run.id}`);
    const figure = page.getByRole('region', { name: 'Evolution of the density', exact: true });
    await figure.scrollIntoViewIfNeeded();
    await expect(figure.locator('image')).toHaveAttribute('href', /^data:image\/png/);
    await expect(figure.locator('.ritz-heat-lines text')).toHaveText(['limit', 'λ₁', 'λmin']);
    await expect(
      figure.getByText(new RegExp(`of ${count.toLocaleString('en-GB')} measured steps are drawn`)),
    ).toBeVisible();
    // The spectrum shown and its neighbours, the evolution, the energies, the bounds, the permissions.
    expect(requests()).toBeLessThan(16);
  });
}

test('a run of one single eigenvalue is drawn: every path is made of numbers', async ({ page }) => {
  const to = { api: stack.api.url };
  const run = exampleRun('one eigenvalue', 2);
  await beginRun(to, run, { classes: undefined, parameterCount: 1 });
  await writeSteps(to, run, 0, 3);
  for (const [step, value] of [2, 0, -3].entries())
    await send(to, [spectrumRecord(run, step, Float64Array.of(value), 1)]);
  await endRun(to, run);
  for (const step of [0, 1, 2]) {
    await page.goto(`${stack.dashboard.url}/runs/${run.id}?step=${String(step)}`);
    const density = page.getByRole('region', { name: `Spectral density at step ${String(step)}` });
    await expect(density.locator('path.recharts-line-curve').first()).toBeAttached();
    await expect(page.getByRole('region', { name: 'Evolution of the density' }).locator('image')).toBeAttached();
    const paths = await page.locator('path').evaluateAll((found) => found.map((path) => path.getAttribute('d') ?? ''));
    expect(paths.filter((path) => /NaN|Infinity/.test(path))).toEqual([]);
  }
});

test('each operator and block has its own spectra, and its link', async ({ page }) => {
  const to = { api: stack.api.url };
  const run = exampleRun('operators and blocks', 3);
  await beginRun(to, run);
  await writeSteps(to, run, 0, 100);
  const kinds = [
    { operator: 'HESSIAN', block: 'all', scale: 1 },
    { operator: 'HESSIAN', block: 'layer1', scale: 0.5 },
    { operator: 'GGN', block: 'all', scale: 2 },
    { operator: 'GGN', block: 'all', preconditioner: 'ADAM', scale: 3 },
  ] as const;
  for (const { scale, ...of } of kinds) {
    for (const step of [0, 100]) {
      const eigenvalues = eigenvaluesAt(run, step).map((value) => scale * value);
      await send(to, [{ ...spectrumRecord(run, step, eigenvalues), ...of }]);
    }
  }
  await endRun(to, run);
  const address = `${stack.dashboard.url}/runs/${run.id}`;
  const largest = Math.max(...eigenvaluesAt(run, 100));
  const shows = async (scale: number): Promise<void> => {
    const density = page.getByRole('region', { name: 'Spectral density at step 100' });
    await expect(density.getByRole('definition').first()).toContainText(
      String(Number((scale * largest).toPrecision(4))),
    );
  };
  await page.goto(address);
  await shows(1);
  await page.getByRole('group', { name: 'Block' }).getByRole('button', { name: 'layer1' }).click();
  await expect(page).toHaveURL(/block=layer1/);
  await shows(0.5);
  await page.getByRole('group', { name: 'Operator' }).getByRole('button', { name: 'Gauss–Newton' }).click();
  await shows(2);
  await page.getByRole('group', { name: 'Preconditioner' }).getByRole('button', { name: 'Adam' }).click();
  await shows(3);
  await page.reload();
  await shows(3);
  await expect(page.getByRole('note', { name: 'How this was measured' })).toContainText('Gauss–Newton');
  await page.goBack();
  await shows(2);
});

test('on a phone no number leaves its cell, however long', async ({ page }) => {
  const to = { api: stack.api.url };
  const run = exampleRun('tiny', 4);
  await beginRun(to, run);
  await writeSteps(to, run, 0, 3);
  await send(to, [
    spectrumRecord(
      run,
      0,
      eigenvaluesAt(run, 0).map((value) => 1.234e-7 * value),
    ),
  ]);
  await endRun(to, run);
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ['/runs', `/runs/${run.id}`]) {
    await page.goto(stack.dashboard.url + path);
    await expect(page.getByText(/×10⁻/).filter({ visible: true }).first()).toBeVisible();
    const over = await page
      .locator('td, dd')
      .evaluateAll((cells) =>
        cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent),
      );
    expect(over).toEqual([]);
  }
});

test('a group of one run has no mean', async ({ page }) => {
  const to = { api: stack.api.url };
  const run = exampleRun('alone in its group', 5);
  await beginRun(to, run, { architecture: 'lonely-1' });
  await writeSteps(to, run, 0, 3);
  await endRun(to, run);
  await page.goto(`${stack.dashboard.url}/runs?group=ARCHITECTURE&q=lonely-1`);
  const group = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: /^lonely-1/ }) });
  await expect(group).toContainText('1 run');
  await expect(group.getByTitle(/^Mean over/)).toHaveCount(0);
});

test('compares the spectra of any operator that was measured, in few requests', async ({ page }) => {
  const to = { api: stack.api.url };
  const runs = [exampleRun('first of two operators', 3), exampleRun('second of two operators', 4)];
  for (const run of runs) {
    await beginRun(to, run);
    await writeSteps(to, run, 0, 20);
    for (const step of [0, 20]) {
      const values = eigenvaluesAt(run, step);
      await send(to, [
        spectrumRecord(run, step, values),
        {
          ...spectrumRecord(
            run,
            step,
            values.map((value) => 3 * value),
          ),
          operator: 'GGN',
        },
      ]);
    }
    await endRun(to, run);
  }
  const requests: string[] = [];
  page.on('request', (request) => {
    const [, name] = /query (\w+)/.exec(request.postData() ?? '') ?? [];
    if (name === 'SpectraOfRuns') requests.push(request.postData() ?? '');
  });
  await page.goto(`${stack.dashboard.url}/compare?runs=${runs.map(({ id }) => id).join(',')}&step=20`);
  const title = 'Spectral densities at step 20';
  await expect(page.getByRole('region', { name: title }).locator('path.recharts-line-curve')).toHaveCount(2);
  await page.waitForLoadState('networkidle');
  // That of the point shown, and of the one beside it.
  expect(requests).toHaveLength(2);
  const largest = async (): Promise<number> => {
    const copy = page.getByRole('button', { name: `Copy GraphQL query: ${title}`, exact: true });
    const { compare } = (await post(to.api, await copied(page, () => copy.click()), {})) as {
      compare: { points: { lambda: number[] }[] };
    };
    return compare.points[0]?.lambda.at(-1) ?? Number.NaN;
  };
  const plain = await largest();
  await page.getByRole('group', { name: 'Operator' }).getByRole('button', { name: /Gauss/ }).click();
  await expect(page).toHaveURL(/operator=GGN/);
  await expect(async () => {
    expect((await largest()) / plain).toBeGreaterThan(2.5);
  }).toPass();
});
