/** Debian's packages: installed where this user may do so without being asked for a password. */
import { spawnSync } from 'node:child_process';

const succeeds = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

const isRoot = () => process.getuid?.() === 0;

/** @returns {string[] | undefined} what to put before apt-get; undefined where it is absent or would ask for a password */
function privilege() {
  if (!succeeds('apt-get', '--version')) return undefined;
  if (isRoot()) return [];
  return succeeds('sudo', '-n', 'true') ? ['sudo', '-n'] : undefined;
}

/** @returns {string} the line that installs the packages */
export function aptLine(packages) {
  return `${isRoot() ? '' : 'sudo '}apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

/**
 * @param {string[]} packages
 * @returns {boolean} whether they were installed; false, with apt-get's own words printed, where that failed
 */
export function aptInstall(packages) {
  const sudo = privilege();
  if (sudo === undefined) return false;
  console.log(`Installing ${packages.join(', ')} …`);
  const aptGet = (...args) => {
    const [command, ...rest] = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args];
    const { status, stdout, stderr } = spawnSync(command, rest, { encoding: 'utf8', maxBuffer: 2 ** 28 });
    if (status !== 0) process.stderr.write(stdout + stderr);
    return status === 0;
  };
  return aptGet('update') && aptGet('install', '-y', '--no-install-recommends', ...packages);
}
