import { SEED_RUNS } from './seed/training.ts';
import { expect, test } from './ritzTest.ts';

test('holds six claims against the stored runs, each with its verdict, numbers and rule', async ({ page }) => {
  await page.goto('/findings');
  await expect(page.getByRole('status').filter({ hasText: 'Decided from 3 runs with 18 spectra.' })).toBeVisible();
  await expect(page.getByText(/^These runs (support it|contradict it|cannot tell)$/)).toHaveCount(6);
  await expect(page.getByText('The rule')).toHaveCount(6);
  await page.getByText('The rule').first().click();
  await expect(page.getByText(/95 %/).first()).toBeVisible();
});

test('keeps the chosen runs in the address', async ({ page }) => {
  const [first] = SEED_RUNS;
  await page.goto('/findings');
  await page.getByText('3 of 3 runs chosen').click();
  await page.getByRole('checkbox', { name: 'low rate' }).uncheck();
  await expect(page.getByRole('status').filter({ hasText: 'Decided from 2 runs' })).toBeVisible();
  await expect(page).toHaveURL(/runs=/);
  await page.goto(`/findings?runs=${first?.id ?? ''}`);
  await expect(page.getByRole('status').filter({ hasText: 'Decided from 1 run with 6 spectra.' })).toBeVisible();
});
