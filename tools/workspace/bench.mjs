/** `npm run bench:<name>`: builds what is out of date, then runs the benchmark of that name (tools/benchmark/src/<name>). */
import fs from 'node:fs';
import path from 'node:path';
import { nx, root, run } from './nx.mjs';

const source = path.join(root, 'tools/benchmark/src');
const known = fs.readdirSync(source).filter((name) => fs.existsSync(path.join(source, name, 'main.ts')));
const [name, ...args] = process.argv.slice(2);
if (!name || !known.includes(name)) {
  console.error(`No benchmark is named "${name ?? ''}". Known: ${known.join(', ')}.`);
  process.exit(2);
}
/** What a benchmark starts beside what it imports. */
const started = name === 'ui' ? ['@ritz/dashboard'] : [];
const projects = ['@ritz/benchmark', ...started].join(',');
const built = await nx(['run-many', '-t', 'build', '-p', projects, '--output-style=static'], { quiet: true });
process.exitCode =
  built || (await run(process.execPath, [path.join(root, 'tools/benchmark/dist', name, 'main.js'), ...args]));
