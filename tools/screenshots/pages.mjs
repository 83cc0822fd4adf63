/**
 * Takes pictures of every page of a dashboard, in both themes and three widths, to look at:
 *
 *     npm run demo                                                    (leave it running)
 *     node tools/screenshots/pages.mjs http://127.0.0.1:3000 pictures
 *
 * They are not compared with earlier ones by pixel: fonts differ between machines, and what is drawn depends on what is stored. That
 * pages have no accessibility fault, and that nothing is wider than a phone, are tests (apps/dashboard-e2e/src/appearance.spec.ts).
 * RITZ_CHROMIUM names another Chromium than Debian's.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from '@playwright/test';

const [dashboard, folder] = process.argv.slice(2);
if (!dashboard || !folder) {
  console.error('Usage: node tools/screenshots/pages.mjs <address of the dashboard> <folder>');
  process.exit(2);
}
const widths = [390, 1280, 1920];
const themes = ['light', 'dark'];
/** Requests that follow what is written never end: a page is drawn when it has asked for nothing else for this long. */
const restMilliseconds = 2500;

/** The ids of up to 50 stored runs, the newest first. */
async function storedRuns() {
  const answer = await fetch(new URL('/api/graphql', dashboard), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ runs(first: 50, filter: { archived: false }) { nodes { id } } }' }),
  });
  const { data } = await answer.json();
  return data.runs.nodes.map(({ id }) => id);
}

const runs = await storedRuns();
const [first = ''] = runs;
const pages = {
  lately: '/',
  runs: '/runs?columns=lambdaMax.max,negativeMass.last',
  'runs-in-groups': '/runs?group=ARCHITECTURE,SCHEDULE',
  run: `/runs/${first}`,
  'run-ridges': `/runs/${first}?lambda=log&evolution=ridges`,
  compare: `/compare?runs=${runs.slice(0, 4).join(',')}`,
  'compare-many': `/compare?runs=${runs.join(',')}`,
  findings: '/findings',
  queue: '/queue',
  query: '/query',
  settings: '/settings',
};

await mkdir(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.RITZ_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-proxy-server'],
});
try {
  for (const colorScheme of themes) {
    for (const width of widths) {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme,
        reducedMotion: 'reduce',
      });
      await context.addInitScript(() => globalThis.localStorage.setItem('ritz-tour', 'seen'));
      const page = await context.newPage();
      for (const [name, address] of Object.entries(pages)) {
        await page.goto(new URL(address, dashboard).href);
        await page.waitForTimeout(restMilliseconds);
        const file = path.join(folder, `${name}-${colorScheme}-${String(width)}.png`);
        await page.screenshot({ path: file, fullPage: true });
        console.log(file);
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
}
