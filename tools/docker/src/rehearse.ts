/**
 * `npm run docker:rehearse`: runs as much of the images as is possible without a Docker engine. The steps of their build stages are run in a clean
 * folder, then their commands and health checks against a real PostgreSQL. `--keep` leaves the folder.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readDockerfile } from './dockerfile.ts';
import { build } from './rehearsal/build.ts';
import { readImage } from './rehearsal/image.ts';
import { rehearsePlatform } from './rehearsal/platform.ts';

const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false } } });
const names = ['api', 'dashboard', 'worker', 'worker-gpu'];
const images = await Promise.all(names.map(async (name) => readImage(name, await readDockerfile(name))));
const folder = await mkdtemp(path.join(os.tmpdir(), 'ritz-rehearsal-'));
// Commands run as another user when this one is root.
await chmod(folder, 0o755);
try {
  const built = await build(images, folder);
  console.log('');
  await rehearsePlatform(images, built, folder);
  console.log('\nNot run:');
  for (const { name, base } of images) console.log(`  ${name}: the base image ${base}`);
  for (const { image, line, text, reason } of images.flatMap(({ omitted }) => omitted)) {
    console.log(`  ${image}, line ${line} (${reason}): ${text}`);
  }
  console.log('  worker-gpu: its command and its health check, which want its base image');
} catch (error) {
  console.error(`\nThe rehearsal failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  if (values.keep) console.log(`\nKept: ${folder}`);
  else await rm(folder, { recursive: true, force: true });
}
