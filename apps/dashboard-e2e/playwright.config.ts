/**
 * Browser tests in an installed Chromium (RITZ_CHROMIUM, or where Debian puts it) against the real API and the built dashboard
 * on a seeded database, each on a free port.
 */
import path from 'node:path';
import { defineConfig } from '@playwright/test';

/** Set by the global set-up before the workers start. */
const dashboard = process.env['RITZ_E2E_DASHBOARD'];
const repository = path.resolve(import.meta.dirname, '../..');

export default defineConfig({
  testDir: 'src',
  outputDir: 'test-results',
  globalSetup: './src/stack/globalSetup.ts',
  fullyParallel: true,
  workers: 2,
  forbidOnly: process.env['CI'] === 'true',
  // Generous: other work may share the machine, and no test measures time.
  timeout: 180_000,
  expect: { timeout: 60_000 },
  reporter: [['list'], ['json', { outputFile: path.join(repository, 'reports/dashboard-e2e.json') }]],
  use: {
    ...(dashboard ? { baseURL: dashboard } : {}),
    viewport: { width: 1360, height: 860 },
    locale: 'en-GB',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env['RITZ_CHROMIUM'] || '/usr/bin/chromium',
      // A container runs the tests as root and gives little shared memory.
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--no-proxy-server'],
    },
  },
});
