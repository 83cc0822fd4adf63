import { post } from './seed/post.ts';
import { seedRuns } from './seed/training.ts';
import { apiUrl, expect, test } from './ritzTest.ts';

test('holds six claims against the stored runs, each with its verdict, numbers and rule', async ({ page }) => {
  await page.goto('/findings');
  await expect(page.getByRole('status').filter({ hasText: 'Decided from 3 runs with 18 spectra.' })).toBeVisible();
  for (const id of ['F1', 'F2', 'F3', 'F4', 'F5', 'F6']) {
    await expect(page.getByRole('status', { name: `Finding ${id}` })).toHaveText(
      /^(Supported|Contradicted|Undecided|No effect that matters): .+/,
    );
  }
  // The sentence is led by the number, and its replicates are drawn beside what was claimed.
  await expect(page.getByRole('status', { name: 'Finding F1' })).toContainText(/ is .+, claimed (above|below) /);
  const first = page.getByRole('region', { name: /^F1 · / });
  await expect(first.getByRole('img', { name: 'Replicates' })).toBeVisible();
  await expect(first.getByText(/95\s%/).first()).toBeVisible();
  await expect(page.getByText('Numbers, rule and meaning')).toHaveCount(6);
  await first.getByText('Numbers, rule and meaning').click();
  await expect(first.getByText('A negative eigenvalue is a direction of negative curvature.')).toBeVisible();
});

test('keeps the chosen runs in the address', async ({ page }) => {
  const [first] = seedRuns;
  await page.goto('/findings');
  await page.getByText('3 of 3 runs selected').click();
  await page.getByRole('checkbox', { name: 'low rate' }).uncheck();
  await expect(page.getByRole('status').filter({ hasText: 'Decided from 2 runs' })).toBeVisible();
  await expect(page).toHaveURL(/runs=/);
  await page.goto(`/findings?runs=${first?.id ?? ''}`);
  await expect(page.getByRole('status').filter({ hasText: 'Decided from 1 run with 6 spectra.' })).toBeVisible();
});

test('copies a query that covers all the runs selected', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/findings');
  await expect(page.getByRole('heading', { name: /^F\d · / })).toHaveCount(6);
  await page.getByRole('button', { name: /^Copy GraphQL query: F1/ }).click();
  const query = await page.evaluate(() => navigator.clipboard.readText());
  const { runs } = (await post(apiUrl(), query, {})) as {
    runs: {
      totalCount: number;
      pageInfo: { hasNextPage: boolean };
      nodes: { id: string; trajectory: { nearZero: unknown[] } }[];
    };
  };
  expect(runs.nodes.map(({ id }) => id).sort()).toEqual(seedRuns.map(({ id }) => id));
  expect(runs.nodes.map(({ trajectory }) => trajectory.nearZero.length)).toEqual([6, 6, 6]);
  expect(runs.pageInfo.hasNextPage).toBe(false);
});
