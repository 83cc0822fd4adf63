import { SEED_RUNS } from './seed/training.ts';
import { expect, test } from './ritzTest.ts';

const address = `/compare?runs=${SEED_RUNS.map(({ id }) => id).join(',')}`;

test('overlays the densities and the trajectories of the runs', async ({ page }) => {
  await page.goto(address);
  await expect(page.getByRole('heading', { name: '3 runs compared' })).toBeVisible();
  for (const name of [
    'Spectral densities at step 1,000',
    'Largest eigenvalue, λ₁',
    'Gradient overlap',
    'Training loss',
  ]) {
    const figure = page.getByRole('region', { name, exact: true });
    await expect(figure.locator('path.recharts-line-curve')).toHaveCount(SEED_RUNS.length);
    await expect(figure.getByRole('listitem')).toHaveText(SEED_RUNS.map((run) => run.name));
  }
});

test('shows how far the spectra are apart', async ({ page }) => {
  await page.goto(address);
  const matrix = page.getByRole('region', { name: 'Distance matrix' });
  await expect(matrix.getByRole('row')).toHaveCount(1 + SEED_RUNS.length);
  const [first, second] = [matrix.getByRole('row').nth(1), matrix.getByRole('row').nth(2)];
  await expect(first.getByRole('cell').nth(0)).toHaveText('·');
  const apart = await first.getByRole('cell').nth(1).textContent();
  expect(Number(apart)).toBeGreaterThan(0);
  await expect(second.getByRole('cell').nth(0)).toHaveText(apart ?? '');
});

test('names only the settings that differ', async ({ page }) => {
  await page.goto(address);
  const settings = page.getByRole('region', { name: 'Settings that differ' });
  await expect(settings.getByRole('columnheader')).toHaveText(['Run', 'Learning rate', 'Seed']);
  await expect(settings.getByRole('row').nth(2)).toContainText('0.1, × 0.1 at 200 and 600');
});

test('is the same picture again from its address', async ({ page, context }) => {
  await page.goto(address);
  const slider = page.getByRole('slider', { name: 'Step' });
  await slider.focus();
  await slider.press('Home');
  await page.getByRole('group', { name: 'λ axis' }).getByRole('button', { name: 'linear' }).click();
  const figure = page.getByRole('region', { name: 'Spectral densities at step 0' });
  await expect(page).toHaveURL(/lambda=linear/);
  await expect(page).toHaveURL(/step=0/);
  const curve = await figure.locator('path.recharts-line-curve').first().getAttribute('d');
  const other = await context.newPage();
  await other.goto(page.url());
  const again = other.getByRole('region', { name: 'Spectral densities at step 0' });
  await expect(again.locator('path.recharts-line-curve').first()).toHaveAttribute('d', curve ?? '');
});

test('says what to do without runs, and which runs are gone', async ({ page }) => {
  await page.goto('/compare');
  await expect(page.getByRole('heading', { name: 'Choose runs to compare' })).toBeVisible();
  const gone = 'b0000000-0000-4000-8000-000000000009';
  await page.goto(`/compare?runs=${gone}`);
  await expect(page.getByRole('heading', { name: 'None of these runs is stored' })).toBeVisible();
  await page.goto(`${address},${gone}`);
  await expect(page.getByText('One run of this link is not stored any more.')).toBeVisible();
});
