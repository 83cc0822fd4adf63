/** Builds a package and what it depends on, with a line that says how far it is; prints Nx's own output only if it fails. */
import { clearInterval, setInterval } from 'node:timers';
import { nx } from './nx.mjs';

/**
 * @param {string} name the package, such as `@ritz/cli`
 * @returns {Promise<number>} the exit code
 */
export async function build(name) {
  const started = Date.now();
  const live = process.stdout.isTTY;
  let output = '';
  let shown = '';
  const progress = progressLine();
  const show = () => {
    const dependencies = /Running target build for project .* and (\d+) tasks? it depends on/.exec(output)?.[1];
    const total = dependencies === undefined ? undefined : Number(dependencies) + 1;
    const done = output.match(/^> nx run .*:build/gm)?.length ?? 0;
    const line = `Building Ritz (about a minute the first time, then cached) … ${progress(done, total, (Date.now() - started) / 1000)}`;
    if (line !== shown) process.stdout.write(`\r\x1b[2K${line}`);
    shown = line;
  };
  if (!live) process.stdout.write('Building Ritz (about a minute the first time, then cached) … ');
  const clock = live ? setInterval(show, 500) : undefined;
  const code = await nx(['run', `${name}:build`, '--output-style=static'], {
    quiet: true,
    onOutput: (text) => (output += text),
  });
  clearInterval(clock);
  if (live) process.stdout.write('\r\x1b[2K');
  if (code === 0) {
    const seconds = ((Date.now() - started) / 1000).toFixed(0);
    console.log(live ? `Built Ritz in ${seconds} s.` : `done in ${seconds} s.`);
  } else {
    console.error(code === 130 ? '\nInterrupted.' : '\nThe build failed; its output is above.');
  }
  return code;
}

/**
 * Packages differ in size, so the remaining time is a guess, updated whenever one is built and counted down in between.
 * @returns {(done: number, total: number | undefined, elapsed: number) => string} elapsed in seconds
 */
function progressLine() {
  let known = 0;
  let end = 0;
  return (done, total, elapsed) => {
    if (total === undefined) return 'checking for changes';
    if (done > known) {
      known = done;
      end = (elapsed * total) / done;
    }
    const bar = '█'.repeat(Math.round((20 * done) / total)).padEnd(20, '░');
    const left = Math.ceil(end - elapsed);
    const when = done < 2 ? '' : left > 0 ? `, about ${left} s left` : ', almost done';
    return `${bar} ${done} of ${total} packages${when}`;
  };
}
