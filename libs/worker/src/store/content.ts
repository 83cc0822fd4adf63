/** Files named by the SHA-256 of their content, which is verified when they are fetched. */
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { StoreError, type ObjectStore } from './ObjectStore.ts';

function keyOf(hash: string): string {
  return `objects/${hash.slice(0, 2)}/${hash}`;
}

function hashOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Stores the bytes unless they are already stored. @returns their SHA-256. */
export async function putContent(store: ObjectStore, content: Uint8Array): Promise<string> {
  const hash = hashOf(content);
  if (!(await store.has(keyOf(hash)))) await store.put(keyOf(hash), content);
  return hash;
}

/**
 * Fetches a file into a folder and verifies its hash; a copy that is already there is verified too.
 * @returns its path. Throws a StoreError: STORE_MISSING, HASH_DIFFERS or STORE_UNREACHABLE.
 */
export async function fetchContent(store: ObjectStore, hash: string, folder: string): Promise<string> {
  const file = path.join(folder, hash);
  const known = await fs.readFile(file).catch(() => null);
  if (known && hashOf(known) === hash) return file;
  const content = await store.get(keyOf(hash));
  if (!content) {
    const advice = 'Add it with ritz store put <file>.';
    throw new StoreError('STORE_MISSING', `${store.place} has no ${keyOf(hash)}. ${advice}`);
  }
  const found = hashOf(content);
  if (found !== hash) {
    throw new StoreError(
      'HASH_DIFFERS',
      `${store.place}: the content of ${keyOf(hash)} has SHA-256 ${found}. Remove it and store the right file.`,
    );
  }
  await fs.mkdir(folder, { recursive: true });
  const partial = `${file}.${process.pid}.partial`;
  await fs.writeFile(partial, content);
  await fs.rename(partial, file);
  return file;
}
