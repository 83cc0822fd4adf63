/** Finds the Python that the tests of the Python client run. */
import { spawnSync } from 'node:child_process';

const OLD = 'import sys; sys.exit(sys.version_info < (3, 9))';

function runs(python, code) {
  return spawnSync(python, ['-c', code], { stdio: 'ignore' }).status === 0;
}

/** @returns {string | undefined} the one that RITZ_PYTHON names, or the first of the PATH that is 3.9 or later */
export function findPython() {
  const named = process.env.RITZ_PYTHON;
  return (named ? [named] : ['python3', 'python']).find((python) => runs(python, OLD));
}

/**
 * What the recipes of the Python client need beyond Python.
 * @param {string} python
 * @returns {string[]} those that it lacks
 */
export function missingModules(python) {
  return ['numpy', 'torch'].filter((name) => !runs(python, `import ${name}`));
}
