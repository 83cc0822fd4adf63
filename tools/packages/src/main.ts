/** `npm run pack`: packs what can be installed elsewhere into dist/packages. */
import path from 'node:path';
import { packAll } from './pack.ts';
import { repository } from './workspace.ts';

const destination = path.join(repository, 'dist/packages');
for (const { tarball, size, files } of await packAll(destination)) {
  console.log(`${path.relative(repository, tarball)}  ${(size / 1024).toFixed(0)} kB, ${files.length} files`);
}
console.log('To install the command in another folder: npm install <all of these files>, then npx ritz --help.');
