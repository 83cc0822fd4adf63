/** Finds the Chromium that the browser tests drive; Playwright never downloads one. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

const candidates = [
  process.env.RITZ_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Whether it starts without a display and prints an empty page. */
function starts(chromium) {
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-proxy-server'];
  const { status, stdout } = spawnSync(chromium, [...args, '--dump-dom', 'about:blank'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 120_000,
  });
  return status === 0 && stdout.includes('<html>');
}

/** @returns {{ RITZ_CHROMIUM: string }} what the tests are told: an installed Chromium or Chrome that starts; "" where there is none */
export function chromiumEnvironment() {
  return { RITZ_CHROMIUM: candidates.find((file) => file && fs.existsSync(file) && starts(file)) ?? '' };
}
