/** Files named by the SHA-256 of their bytes, so that what arrives is what was meant. */
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

/** Puts the bytes there, once. @returns their SHA-256. */
export async function putContent(store: ObjectStore, content: Uint8Array): Promise<string> {
  const hash = hashOf(content);
  if (!(await store.has(keyOf(hash)))) await store.put(keyOf(hash), content);
  return hash;
}

/**
 * Brings a file to a folder of this machine and compares it with its name, as it does with one that is there already.
 * @returns its path. Throws a StoreError: STORE_MISSING, HASH_DIFFERS, or that the store cannot be read.
 */
export async function fetchContent(store: ObjectStore, hash: string, folder: string): Promise<string> {
  const file = path.join(folder, hash);
  const known = await fs.readFile(file).catch(() => null);
  if (known && hashOf(known) === hash) return file;
  const content = await store.get(keyOf(hash));
  if (!content) {
    const advice = 'Put it there: ritz store put <file>.';
    throw new StoreError('STORE_MISSING', `${store.place} has no ${keyOf(hash)}. ${advice}`);
  }
  const found = hashOf(content);
  if (found !== hash) {
    throw new StoreError(
      'HASH_DIFFERS',
      `${store.place}: ${keyOf(hash)} holds other bytes, of SHA-256 ${found}. Remove it and put the right file there.`,
    );
  }
  await fs.mkdir(folder, { recursive: true });
  const partial = `${file}.${process.pid}.partial`;
  await fs.writeFile(partial, content);
  await fs.rename(partial, file);
  return file;
}
