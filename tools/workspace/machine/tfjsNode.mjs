/** Installs TensorFlow.js' native engine for the tests of engines, where pip finds TensorFlow's wheel. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root } from '../nx.mjs';

/** Longer than a download of 274 MB and a build take; the tests do not wait for more. */
const limit = 150_000;

/**
 * Takes the built command, and tells the tests by RITZ_ENGINES where the engine is. They run on it as on every engine that is usable.
 * @returns {string} one line: whether it is there, or why not
 */
export function installTfjsNode() {
  const engines = path.join(root, 'node_modules/.cache/ritz/engines');
  const command = [path.join(root, 'apps/cli/dist/main.js'), 'engines', 'install', 'tfjs-node'];
  const env = { ...process.env, RITZ_ENGINES: engines, PIP_RETRIES: '1', PIP_DEFAULT_TIMEOUT: '15' };
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { env, encoding: 'utf8', timeout: limit });
  if (status !== 0)
    return `tfjs-node is not tested here. ${lastLine(stderr) || `It took longer than ${limit / 1000} s.`}`;
  process.env.RITZ_ENGINES = engines;
  return lastLine(stdout);
}

function lastLine(text) {
  return text?.trim().split('\n').at(-1) ?? '';
}
