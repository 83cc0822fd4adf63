import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { post } from './seed/post.ts';
import { seedRuns } from './seed/training.ts';
import { apiUrl, expect, test } from './ritzTest.ts';

const ids = seedRuns.map(({ id }) => id);
const pages = [
  { name: 'run', path: `/runs/${ids[1] ?? ''}` },
  { name: 'compare', path: `/compare?runs=${ids.join(',')}` },
  { name: 'findings', path: '/findings' },
];

/** What a figure hands out under a name of its menu. */
async function saved(page: Page, figure: Locator, item: string): Promise<Buffer> {
  await figure.getByRole('button', { name: /^Download: / }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: item }).click();
  return readFile(await (await download).path());
}

for (const { name, path } of pages) {
  test(`every figure of the ${name} page gives itself away in every form`, async ({ page, context }) => {
    test.slow(); // Many figures, each saved three times.
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(path);
    const figures = page.locator('section.panel').filter({ has: page.getByRole('button', { name: /^Download: / }) });
    await expect(figures.first()).toBeVisible();
    await page.waitForLoadState('networkidle');
    expect(await figures.count()).toBeGreaterThan(5);
    // A claim that none of the runs is about has nothing to give.
    const filled = figures.filter({ hasNotText: 'None of the selected runs bears on this claim.' });
    for (const figure of await filled.all()) {
      await figure.scrollIntoViewIfNeeded();
      await expect(figure.getByText('Loading …')).toHaveCount(0);
      const title = (await figure.getByRole('heading').first().textContent()) ?? '';

      const csv = (await saved(page, figure, 'CSV')).toString();
      expect(csv.split('\r\n')[0], title).toContain(',');

      await figure.getByRole('button', { name: /^Copy GraphQL query: / }).click();
      await expect(figure.getByRole('status').filter({ hasText: 'Query copied' })).toBeVisible();
      const query = await page.evaluate(() => navigator.clipboard.readText());
      expect(await post(apiUrl(), query, {}), title).toBeTruthy();

      const charts = await figure.locator('svg.recharts-surface, svg.ritz-picture').count();
      if (charts > 0) {
        expect(csv.split('\r\n').length, title).toBeGreaterThan(3);
        const svg = (await saved(page, figure, 'SVG')).toString();
        const parsed = await page.evaluate((text) => {
          const { documentElement } = new DOMParser().parseFromString(text, 'image/svg+xml');
          return {
            root: documentElement.tagName,
            width: Number(documentElement.getAttribute('width')),
            text: documentElement.textContent,
          };
        }, svg);
        expect(parsed.root, title).toBe('svg');
        expect(parsed.width).toBeGreaterThan(200);
        expect(parsed.text, 'the title is part of the picture').toContain(title);
        expect(svg, title).not.toContain('var(');
        const png = await saved(page, figure, 'PNG');
        expect(png.subarray(1, 4).toString(), title).toBe('PNG');
        expect(png.readUInt32BE(16), 'twice its size on screen').toBe(2 * parsed.width);
      }

      const view = figure.getByRole('button', { name: /^View as table: / });
      await view.click();
      expect(await figure.getByRole('columnheader').count(), title).toBeGreaterThan(1);
      await view.click();
    }
  });
}

test('a link of a page shows the same again', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`/runs/${ids[0] ?? ''}?step=32&sigma=0.2&kernel=epanechnikov&lambda=log&density=linear&zoom=0.5,4`);
  await page.getByRole('button', { name: 'Copy link' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(page.url());
  for (const [group, value] of [
    ['Kernel', 'Epanechnikov'],
    ['λ axis', 'log'],
    ['Density axis', 'linear'],
  ] as const) {
    const button = page.getByRole('group', { name: group }).getByRole('button', { name: value, exact: true });
    await expect(button).toHaveAttribute('aria-pressed', 'true');
  }
  await expect(page.getByRole('textbox', { name: 'Zoom: smallest λ' })).toHaveValue('0.5');
});
