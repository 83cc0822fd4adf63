import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { seedRuns } from './seed/training.ts';
import { expect, test } from './ritzTest.ts';

const ids = seedRuns.map(({ id }) => id);
const pages = [
  { name: 'home', path: '/' },
  { name: 'runs', path: '/runs' },
  { name: 'run', path: `/runs/${ids[1] ?? ''}` },
  { name: 'run-axes', path: `/runs/${ids[1] ?? ''}?lambda=log&density=linear&kernel=epanechnikov&evolution=ridges` },
  { name: 'compare', path: `/compare?runs=${ids.join(',')}` },
  {
    name: 'compare-groups',
    path: `/compare?runs=${ids.join(',')}&align=PROGRESS&rows=architecture&columns=seed&colour=seed&draw=range&show=lambda1&distance=l1`,
  },
  { name: 'nothing-to-compare', path: '/compare' },
  { name: 'findings', path: '/findings' },
  { name: 'reports', path: '/reports' },
  { name: 'queue', path: '/queue' },
  { name: 'query', path: '/query' },
  { name: 'runs-in-groups', path: '/runs?group=SCHEDULE,RESIDUAL' },
  { name: 'settings', path: '/settings' },
];

/** Everything that is asked for is there; a page that follows what is written never stops asking. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
  for (const waiting of ['Loading …', 'Connecting …']) await expect(page.getByText(waiting)).toHaveCount(0);
  await expect(page.getByRole('status', { name: 'Loading page' })).toHaveCount(0);
}

for (const theme of ['light', 'dark'] as const) {
  for (const { name, path } of pages) {
    test(`${name} in the ${theme} theme: no accessibility fault, and a picture to look at`, async ({ page }, info) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await page.goto(path);
      await settle(page);
      await expect(page.locator('html')).toHaveClass(new RegExp(theme));
      await page.screenshot({ path: info.outputPath(`${name}-${theme}.png`), fullPage: true });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
      ).toEqual([]);
    });
  }
}

for (const { name, path } of pages) {
  test(`${name} on a phone: nothing is wider than the screen`, async ({ page }, info) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(path);
    await settle(page);
    await page.screenshot({ path: info.outputPath(`${name}-phone.png`), fullPage: true });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
  });
}

test('the theme can be chosen and is kept', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Switch between light and dark' }).click();
  await expect(page.locator('html')).toHaveClass(/dark/);
  await page.reload();
  await expect(page.locator('html')).toHaveClass(/dark/);
});
