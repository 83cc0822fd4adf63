/** `npm run demo` and `npm start`: builds what is out of date, then hands over to the `ritz` command. */
import path from 'node:path';
import { build } from './build.mjs';
import { root, run } from './nx.mjs';

const built = await build('@ritz/cli');
process.exitCode =
  built || (await run(process.execPath, [path.join(root, 'apps/cli/bin/ritz.js'), ...process.argv.slice(2)]));
