/**
 * Takes the README's pictures of a dashboard that shows the demo's two runs:
 *
 *     npm run demo                                           (leave it running)
 *     node tools/screenshots/take.mjs http://127.0.0.1:3000
 *
 * RITZ_CHROMIUM names another Chromium than Debian's.
 */
import path from 'node:path';
import { chromium } from '@playwright/test';

const dashboard = process.argv[2];
const executablePath = process.env.RITZ_CHROMIUM ?? '/usr/bin/chromium';
if (!dashboard) {
  console.error('Usage: node tools/screenshots/take.mjs <address of the dashboard>');
  process.exit(2);
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-proxy-server'] });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1180 }, colorScheme: 'light' });
  await page.addInitScript(() => globalThis.localStorage.setItem('ritz-tour', 'seen'));
  await page.goto(new URL('/runs', dashboard).href);
  const links = page.getByRole('link', { name: /^MLP, / });
  await links.first().waitFor();
  const runs = await links.evaluateAll((found) => found.map(({ href }) => href));
  const ids = runs.map((address) => new URL(address).pathname.split('/').at(-1));
  const shots = [
    ['run', runs[0]],
    ['compare', new URL(`/compare?runs=${ids.join(',')}`, dashboard).href],
  ];
  for (const [name, address] of shots) {
    await page.goto(address, { waitUntil: 'networkidle' });
    await page.waitForTimeout(1500); // Curves are drawn with a short animation.
    await page.screenshot({ path: path.join(import.meta.dirname, `${name}.png`) });
    console.log(`${name}.png`);
  }
} finally {
  await browser.close();
}
