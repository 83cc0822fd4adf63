/** Sets the machine up for the tests: looks for each part by using it and installs what is missing where that is allowed. */
import { spawnSync } from 'node:child_process';
import { aptInstall, aptLine } from './apt.mjs';
import { chromiumEnvironment } from './chromium.mjs';
import { pythonEnvironment } from './python.mjs';
import { swiftShaderEnvironment } from './swiftShader.mjs';

const works = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;

/**
 * @typedef {object} Part
 * @property {string} name what the tests need
 * @property {string} tests what does not run without it
 * @property {string[]} packages Debian's packages that bring it
 * @property {string} [variable] the environment variable that names another one
 * @property {boolean} found
 *
 * @returns {{ parts: Part[], environment: Record<string, string> }} every part, and what the tests are told about them
 */
function look() {
  const environment = { ...chromiumEnvironment(), ...swiftShaderEnvironment(), ...pythonEnvironment() };
  const lacking = environment.RITZ_PYTHON_LACKS.split(',');
  const lacks = (...modules) => modules.some((name) => lacking.includes(name));
  const parts = [
    {
      name: 'Chromium',
      tests: 'the browser tests',
      packages: ['chromium', 'fonts-liberation'],
      variable: 'RITZ_CHROMIUM',
      found: environment.RITZ_CHROMIUM !== '',
    },
    {
      name: "Vulkan on Chromium's software driver",
      tests: 'the tests of the WebGPU engine',
      packages: ['chromium', 'libvulkan1'],
      found: environment.RITZ_SWIFTSHADER !== '',
    },
    {
      name: 'Python 3.9 or later',
      tests: 'the tests of the Python client',
      packages: ['python3'],
      variable: 'RITZ_PYTHON',
      found: environment.RITZ_PYTHON !== '',
    },
    {
      name: 'NumPy and PyTorch for Python',
      tests: 'the tests of measuring in Python and of the recipes',
      packages: ['python3-numpy', 'python3-torch'],
      variable: 'RITZ_PYTHON',
      found: !lacks('numpy', 'torch'),
    },
    {
      name: 'setuptools, wheel and pip for Python',
      tests: 'the tests of the Python package',
      packages: ['python3-setuptools', 'python3-wheel', 'python3-pip'],
      variable: 'RITZ_PYTHON',
      found: !lacks('setuptools', 'wheel', 'pip'),
    },
    { name: 'curl', tests: "the README's examples for the shell", packages: ['curl'], found: works('curl') },
    { name: 'git', tests: "the comparison of the GraphQL schema with main's", packages: ['git'], found: works('git') },
  ];
  return { parts, environment };
}

const packagesOf = (missing) => [...new Set(missing.flatMap(({ packages }) => packages))];
const missingOf = ({ parts }) => parts.filter(({ found }) => !found);

/**
 * Installs what is missing where that is allowed, and tells the tests by environment variables what there is.
 * @returns {Part[]} the parts that are missing after all
 */
export function setUpMachine() {
  let seen = look();
  const missing = missingOf(seen);
  if (missing.length > 0 && aptInstall(packagesOf(missing))) seen = look();
  Object.assign(process.env, seen.environment);
  return missingOf(seen);
}

/**
 * @param {Part[]} missing
 * @returns {string} what is missing, what does not run for it, and what to type
 */
export function describeMissing(missing) {
  const lines = missing.map(({ name, tests, variable }) => {
    const instead = variable ? ` ${variable} can name another one.` : '';
    return `Not found: ${name}. Not run: ${tests}.${instead}`;
  });
  return [...lines, `To install what is missing on Debian: ${aptLine(packagesOf(missing))}`].join('\n');
}
