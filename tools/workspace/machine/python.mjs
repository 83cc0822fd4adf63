/** Finds the Python that the tests of the Python client run. */
import { spawnSync } from 'node:child_process';

const OLD = 'import sys; sys.exit(sys.version_info < (3, 9))';
/** Debian's own comes last: it finds the modules that apt-get installs, even if another Python comes first in PATH. */
const candidates = ['python3', 'python', '/usr/bin/python3'];

/** What measuring in Python and the recipes need beyond Python, and what builds and installs the package. */
const modules = ['numpy', 'torch', 'setuptools', 'wheel', 'pip'];

function runs(python, code) {
  return spawnSync(python, ['-c', code], { stdio: 'ignore' }).status === 0;
}

const missingModules = (python) => modules.filter((name) => !runs(python, `import ${name}`));

/**
 * @returns {{ RITZ_PYTHON: string, RITZ_PYTHON_LACKS: string }} what the tests are told: the Python that RITZ_PYTHON names,
 *   otherwise the candidate, 3.9 or later, that lacks the fewest modules, "" where there is none; and the modules it lacks
 */
export function pythonEnvironment() {
  const named = process.env.RITZ_PYTHON;
  let best = { python: '', missing: modules };
  for (const python of named ? [named] : candidates) {
    if (!runs(python, OLD)) continue;
    const missing = missingModules(python);
    if (best.python === '' || missing.length < best.missing.length) best = { python, missing };
    if (missing.length === 0) break;
  }
  return { RITZ_PYTHON: best.python, RITZ_PYTHON_LACKS: best.missing.join() };
}
