/**
 * `npm test`: formatting, lint, typecheck, unit and integration tests, then the browser tests, and the true count of all.
 * In CI (`CI=true`) nothing is taken from a cache and a missing Chromium is a failure.
 */
import { createRequire } from 'node:module';
import { findChromium } from './chromium.mjs';
import { nx, run } from './nx.mjs';
import { clearReports, countTests } from './reports.mjs';

const inCi = process.env.CI === 'true';
const cache = inCi ? ['--skip-nx-cache'] : [];
const stages = [
  [
    'formatting',
    () =>
      run(process.execPath, [
        createRequire(import.meta.url).resolve('prettier/bin/prettier.cjs'),
        '--check',
        '--log-level=warn',
        '.',
      ]),
  ],
  [
    'lint and typecheck',
    () => nx(['run-many', '-t', 'lint', 'typecheck', '--nx-bail=false', '--output-style=static', ...cache]),
  ],
  [
    'unit and integration tests',
    () => nx(['run-many', '-t', 'test', '--parallel=1', '--nx-bail=false', '--output-style=static', ...cache]),
  ],
];
const chromium = findChromium();
if (chromium || inCi) {
  process.env.RITZ_CHROMIUM ??= chromium ?? '';
  stages.push(['browser tests', () => nx(['run-many', '-t', 'e2e', '--output-style=static', ...cache])]);
}

clearReports();
const failedStages = [];
for (const [name, stage] of stages) {
  console.log(`\n──── ${name}`);
  if ((await stage()) !== 0) failedStages.push(name);
}

const { passed, failed, skipped } = countTests();
console.log('');
if (!chromium) {
  console.log(
    `The browser tests ${inCi ? 'could not' : 'did not'} run: no Chromium was found. Install one (Debian: apt-get install chromium) or name one in RITZ_CHROMIUM.`,
  );
}
if (failedStages.length > 0) console.log(`Failed: ${failedStages.join(', ')}.`);
if (skipped > 0) console.log(`${skipped} skipped.`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failedStages.length > 0 || failed > 0 || (inCi && (skipped > 0 || !chromium)) ? 1 : 0;
