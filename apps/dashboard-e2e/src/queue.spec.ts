import { randomUUID } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import { askRuns } from './ask.ts';
import { apiUrl, expect, test } from './ritzTest.ts';
import { post } from './seed/post.ts';

test('shows what was asked of workers, and cancels it and takes it up again', async ({ page }) => {
  const [run] = await askRuns(apiUrl());
  if (!run) throw new Error('There is no run.');
  await post(
    apiUrl(),
    'mutation($input: RequestSpectrumInput!) { requestSpectrum(input: $input) { created userErrors { message } } }',
    { input: { id: randomUUID(), runId: run.id, step: 77, source: { checkpoint: 'ab'.repeat(32) }, probes: 6 } },
  );
  await page.goto('/runs');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Queue' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Queue');
  const job = page.getByRole('listitem').filter({ hasText: `${run.name} step 77` });
  await expect(job).toContainText('6 probes of 90 steps');
  await expect(job.getByText('Queued').first()).toBeVisible();
  await job.getByText('3 parts, 0 finished').click();
  await expect(job).toContainText('Probes 3 to 5');
  await job.getByRole('button', { name: `Cancel ${run.name}, step 77` }).click();
  await expect(job.getByText('Cancelled').first()).toBeVisible();
  await page.getByRole('button', { name: 'Failed', exact: true }).click();
  await expect(page.getByText('No jobs with this status.')).toBeVisible();
  await page.getByRole('button', { name: 'Cancelled', exact: true }).click();
  await job.getByRole('button', { name: `Retry ${run.name}, step 77` }).click();
  await page.getByRole('button', { name: 'All', exact: true }).click();
  await expect(job.getByText('Queued').first()).toBeVisible();
  await expect(page.getByText('No workers in the last 24 hours.')).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${String(nodes[0]?.html)}`)).toEqual([]);
});
