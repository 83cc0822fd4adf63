/**
 * `npm test`: formatting, lint, typecheck, unit and integration tests, then the browser tests, and the true count of all.
 * In CI (`CI=true`) nothing is taken from a cache, and a missing Chromium or Python is a failure.
 */
import { createRequire } from 'node:module';
import { findChromium } from './chromium.mjs';
import { nx, run } from './nx.mjs';
import { findPython, missingModules } from './python.mjs';
import { clearReports, countTests } from './reports.mjs';

const inCi = process.env.CI === 'true';

/** Runs targets of all packages to the end, whatever fails. What they need was built by the stage before them, once. */
function all(targets, ...options) {
  const cache = inCi ? ['--skip-nx-cache'] : [];
  return nx(['run-many', '-t', ...targets, '--nx-bail=false', '--output-style=static', ...options, ...cache]);
}

function formatting() {
  const prettier = createRequire(import.meta.url).resolve('prettier/bin/prettier.cjs');
  return run(process.execPath, [prettier, '--check', '--log-level=warn', '.']);
}

const stages = [
  ['formatting', formatting],
  ['build', () => all(['build'])],
  ['lint and typecheck', () => all(['lint', 'typecheck'], '--excludeTaskDependencies')],
  ['unit and integration tests', () => all(['test'], '--parallel=1', '--excludeTaskDependencies')],
];
const python = findPython();
const lacking = python ? missingModules(python) : [];
const chromium = findChromium();
if (chromium || inCi) {
  process.env.RITZ_CHROMIUM ??= chromium ?? '';
  stages.push(['browser tests', () => all(['e2e'], '--excludeTaskDependencies')]);
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
if (!python) {
  console.log(
    `The tests of the Python client ${inCi ? 'could not' : 'did not'} run: no Python 3.9 or later was found. Install one (Debian: apt-get install python3) or name one in RITZ_PYTHON.`,
  );
} else if (lacking.length > 0) {
  console.log(
    `Recipes of the Python client that need ${lacking.join(' or ')} ${inCi ? 'could not' : 'did not'} run: ${python} has no such module (Debian: apt-get install ${lacking.map((name) => `python3-${name}`).join(' ')}).`,
  );
}
if (failedStages.length > 0) console.log(`Failed: ${failedStages.join(', ')}.`);
if (skipped > 0) console.log(`${skipped} skipped.`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failedStages.length > 0 || failed > 0 || (inCi && (skipped > 0 || !chromium || !python)) ? 1 : 0;
