/**
 * Fails on source files whose names are not in camelCase (functions, hooks) or PascalCase (a class, a component, an interface):
 * `node naming/fileNames.mjs`, part of the lint of this package. Names that another tool prescribes are listed.
 */
import { execFileSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');
const rightName = /^[A-Za-z][A-Za-z0-9]*(\.[a-z]+)*\.(ts|tsx|mjs)$/;
/** Pages of Next.js. */
const prescribed = new Set(['not-found.tsx']);
/** Copied into images by their names. */
const folders = ['docker/'];

const wrong = execFileSync('git', ['ls-files', '*.ts', '*.tsx', '*.mjs'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && !folders.some((folder) => file.startsWith(folder)))
  .filter((file) => !rightName.test(path.basename(file)) && !prescribed.has(path.basename(file)));

for (const file of wrong) console.error(`${file}: expected a name in camelCase or PascalCase. Rename the file.`);
process.exitCode = wrong.length > 0 ? 1 : 0;
