/** Counts the tests of the last run from the JSON reports that Vitest and Playwright leave behind. */
import fs from 'node:fs';
import path from 'node:path';
import { root } from './nx.mjs';

function reportFiles() {
  const found = [path.join(root, 'reports/dashboard-e2e.json')];
  for (const group of ['libs', 'apps', 'tools']) {
    for (const name of fs.readdirSync(path.join(root, group))) {
      found.push(path.join(root, group, name, 'reports/vitest.json'));
    }
  }
  return found.filter((file) => fs.existsSync(file));
}

/** Removes the reports of earlier runs, so that only tests that ran now are counted. */
export function clearReports() {
  for (const file of reportFiles()) fs.rmSync(file);
}

/** @returns {{ passed: number, failed: number, skipped: number }} over all reports */
export function countTests() {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const file of reportFiles()) {
    const report = JSON.parse(fs.readFileSync(file, 'utf8'));
    if (report.stats) {
      total.passed += report.stats.expected;
      total.failed += report.stats.unexpected + report.stats.flaky;
      total.skipped += report.stats.skipped;
    } else {
      total.passed += report.numPassedTests;
      total.failed += report.numFailedTests;
      total.skipped += report.numPendingTests + report.numTodoTests;
      // A file that cannot even be loaded has no test to count: it is one failure.
      total.failed += report.testResults.filter((f) => f.status === 'failed' && f.assertionResults.length === 0).length;
    }
  }
  return total;
}
