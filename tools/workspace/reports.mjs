/** Counts the tests of the last run, and names those that failed, from the JSON reports that Vitest and Playwright leave behind. */
import fs from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
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

const linesOfMessage = 12;

function failure(file, name, message = '') {
  const lines = stripVTControlCharacters(message).trim().split('\n').slice(0, linesOfMessage);
  return [`✗ ${path.relative(root, file)} › ${name}`, ...lines.map((line) => `    ${line}`)].join('\n');
}

function vitestFailures({ testResults }) {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    if (status === 'failed' && assertionResults.length === 0)
      return [failure(name, 'the file cannot be loaded', message)];
    const failed = assertionResults.filter((test) => test.status === 'failed');
    return failed.map((test) => failure(name, test.fullName, test.failureMessages[0]));
  });
}

function playwrightFailures({ suites = [], specs = [] }) {
  const failed = specs.filter((spec) => !spec.ok || spec.tests.some((test) => test.status === 'flaky'));
  const here = failed.map((spec) => {
    const results = spec.tests.flatMap((test) => test.results);
    const file = path.join(root, 'apps/dashboard-e2e/src', spec.file);
    return failure(file, spec.title, results.find((result) => result.error)?.error.message);
  });
  return [...here, ...suites.flatMap(playwrightFailures)];
}

/** @returns {{ passed: number, failed: number, skipped: number, failures: string[] }} over all reports; a text for each failure */
export function countTests() {
  const total = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for (const file of reportFiles()) {
    const report = JSON.parse(fs.readFileSync(file, 'utf8'));
    if (report.stats) {
      total.passed += report.stats.expected;
      total.failed += report.stats.unexpected + report.stats.flaky;
      total.skipped += report.stats.skipped;
      total.failures.push(...playwrightFailures(report));
    } else {
      total.passed += report.numPassedTests;
      total.failed += report.numFailedTests;
      total.skipped += report.numPendingTests + report.numTodoTests;
      // A file that cannot even be loaded has no test to count: it is one failure.
      total.failed += report.testResults.filter((f) => f.status === 'failed' && f.assertionResults.length === 0).length;
      total.failures.push(...vitestFailures(report));
    }
  }
  return total;
}
