/** Finds the Chromium that the browser tests drive; Playwright never downloads one. */
import fs from 'node:fs';

const candidates = [
  process.env.RITZ_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** @returns {string | undefined} the path of an installed Chromium or Chrome */
export function findChromium() {
  return candidates.find((candidate) => candidate && fs.existsSync(candidate));
}
