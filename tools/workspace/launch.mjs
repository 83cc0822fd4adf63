/** `npm run demo` and `npm start`: builds what is out of date, then hands over to the `ritz` command. */
import path from 'node:path';
import { nx, root, run } from './nx.mjs';

const started = Date.now();
process.stdout.write('Building Ritz (first time about a minute, then cached) … ');
const built = await nx(['run-many', '-t', 'build', '--output-style=static'], { quiet: true });
if (built !== 0) {
  console.error('\nThe build failed; its output is above.');
  process.exit(built);
}
console.log(`done in ${((Date.now() - started) / 1000).toFixed(0)} s`);
process.exitCode = await run(process.execPath, [path.join(root, 'apps/cli/bin/ritz.js'), ...process.argv.slice(2)]);
