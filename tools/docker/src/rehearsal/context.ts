/** The files that `COPY . .` brings into an image: the repository without what its .dockerignore names. */
import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../dockerfile.ts';

/** Copies them to a folder that is not there yet. Throws an Error for a pattern other than `name` and `**\/name`. */
export async function copyContext(image: string, to: string): Promise<void> {
  const file = `docker/${image}.Dockerfile.dockerignore`;
  const patterns = (await readFile(path.join(root, file), 'utf8')).split('\n').filter((line) => line !== '');
  const isIgnored = ignoring(patterns, file);
  await cp(root, to, { recursive: true, filter: (source) => !isIgnored(path.relative(root, source)) });
}

/** Whether a path below the root, with slashes, is left out. */
export function ignoring(patterns: readonly string[], file: string): (relative: string) => boolean {
  for (const pattern of patterns) {
    if (!/^(\*\*\/)?[\w.-]+$/.test(pattern)) throw new Error(`${file}: expected name or **/name, got "${pattern}".`);
  }
  const anywhere = new Set(patterns.filter((pattern) => pattern.startsWith('**/')).map((pattern) => pattern.slice(3)));
  const top = new Set(patterns.filter((pattern) => !pattern.includes('/')));
  return (relative) => {
    const [first = '', ...rest] = relative.split(path.sep);
    return top.has(first) || anywhere.has(rest.at(-1) ?? first);
  };
}
