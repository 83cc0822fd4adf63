import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Locator, Page } from '@playwright/test';
import { copied } from './copied.ts';
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
        const svg = (await saved(page, figure, 'SVG: the picture')).toString();
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
        const png = await saved(page, figure, 'PNG: the picture');
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

test('a figure for a paper has its printed width, light colours and a caption that says how it was made', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.goto(`/runs/${ids[0] ?? ''}`);
  const figure = page.getByRole('region', { name: 'Spectral density at step 1,000' });
  await expect(figure.locator('path.recharts-line-curve')).toHaveCount(1);
  const onScreen = await figure.locator('.recharts-surface').first().getAttribute('width');
  for (const [inches, pixels] of [
    [3.25, 312],
    [6.75, 648],
  ] as const) {
    const svg = (await saved(page, figure, `SVG, ${String(inches)} in`)).toString();
    expect(svg).toMatch(new RegExp(`^<svg [^>]*width="${String(inches)}in"`));
    expect(svg).toContain(`viewBox="0 0 ${String(pixels)} `);
    expect(svg).toContain('variance-reduced stochastic Lanczos quadrature with m = 60 steps and k = 4 probes (seed 11');
    expect(svg).toMatch(/<rect [^>]*fill="(#fff|#ffffff|white)"/);
    expect(svg).not.toContain('var(');
    const png = await saved(page, figure, `PNG, ${String(inches)} in, 600 dpi`);
    expect(png.readUInt32BE(16)).toBe(Math.round(inches * 600));
  }
  await expect(figure.locator('.recharts-surface').first()).toHaveAttribute('width', onScreen ?? '');
});

test('a PDF of a figure is one page of its size, made of lines', async ({ page }) => {
  await page.goto(`/runs/${ids[0] ?? ''}`);
  const figure = page.getByRole('region', { name: 'Spectral density at step 1,000' });
  await expect(figure.locator('path.recharts-line-curve')).toHaveCount(1);
  // The dialogue of the browser: what it would print is taken here instead.
  await page.evaluate(() => {
    window.print = () => undefined;
  });
  await figure.getByRole('button', { name: /^Download: / }).click();
  await page.getByRole('menuitem', { name: 'PDF, 3.25 in' }).click();
  await expect(page.locator('body > .ritz-print > svg')).toBeAttached();
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  const [, width] = /\/MediaBox \[0 0 ([\d.]+)/.exec(pdf) ?? [];
  expect(Math.abs(Number(width) - 3.25 * 72)).toBeLessThan(1);
  expect(pdf).not.toContain('/Subtype /Image');
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await expect(page.locator('body > .ritz-print')).toHaveCount(0);
});

test('the programs of a figure run as they are pasted', async ({ page }) => {
  await page.goto(`/runs/${ids[0] ?? ''}?step=100`);
  const figure = page.getByRole('region', { name: 'Spectral density at step 100', exact: true });
  await expect(figure.locator('path.recharts-line-curve')).toHaveCount(1);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'ritz-code-'));
  for (const [name, program, file] of [
    ['Python', 'python3', 'figure.py'],
    ['TypeScript', process.execPath, 'figure.mjs'],
  ] as const) {
    const code = await copied(page, async () => {
      await figure.getByRole('button', { name: /^Download: / }).click();
      await page.getByRole('menuitem', { name: `Copy ${name}` }).click();
    });
    await writeFile(path.join(folder, file), code);
    const { stdout } = await promisify(execFile)(program, [path.join(folder, file)]);
    expect(stdout, name).toMatch(/"run": ?\{"spectrum": ?\{"id"/);
  }
  const code = await copied(page, async () => {
    await figure.getByRole('button', { name: /^Download: / }).click();
    await page.getByRole('menuitem', { name: 'Copy curl' }).click();
  });
  // What the shell hands to curl, which need not be there.
  const script = `curl() { printf '%s\\0' "$@"; }\n${code}`;
  const { stdout } = await promisify(execFile)('bash', ['-c', script]);
  const given = stdout.split('\0');
  const { query } = JSON.parse(given[given.indexOf('--data') + 1] ?? '') as { query: string };
  expect(await post(apiUrl(), query, {})).toHaveProperty('run.spectrum.id');
});
