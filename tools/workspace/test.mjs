/**
 * `npm test`: sets the machine up, then formatting, lint, typecheck, unit and integration tests, browser tests, and the true
 * count of all. In CI (`CI=true`) nothing is taken from a cache, and what is missing or not run is a failure.
 */
import { createRequire } from 'node:module';
import { describeMissing, setUpMachine } from './machine/setUp.mjs';
import { installTfjsNode } from './machine/tfjsNode.mjs';
import { nx, run } from './nx.mjs';
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

/** In CI only: it downloads much. Never a failure: not every machine can have the engine. */
function nativeEngine() {
  console.log(installTfjsNode());
  return 0;
}

const stages = [
  ['formatting', formatting],
  ['build', () => all(['build'])],
  ...(inCi ? [['native TensorFlow.js', nativeEngine]] : []),
  ['lint and typecheck', () => all(['lint', 'typecheck'], '--excludeTaskDependencies')],
  ['unit and integration tests', () => all(['test'], '--parallel=1', '--excludeTaskDependencies')],
];

console.log('──── machine');
const missing = setUpMachine();
console.log(missing.length > 0 ? describeMissing(missing) : 'All that the tests need was found.');
if (process.env.RITZ_CHROMIUM || inCi) {
  stages.push(['browser tests', () => all(['e2e'], '--excludeTaskDependencies')]);
}

clearReports();
const failedStages = [];
for (const [name, stage] of stages) {
  console.log(`\n──── ${name}`);
  if ((await stage()) !== 0) failedStages.push(name);
}

const { passed, failed, skipped, failures } = countTests();
console.log('');
for (const text of failures) console.log(text);
if (missing.length > 0) console.log(describeMissing(missing));
if (failedStages.length > 0) console.log(`Failed: ${failedStages.join(', ')}.`);
if (skipped > 0) console.log(`${skipped} not run.`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failedStages.length > 0 || failed > 0 || (inCi && (skipped > 0 || missing.length > 0)) ? 1 : 0;
