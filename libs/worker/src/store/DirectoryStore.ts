/** A store in a folder that is mounted on every machine. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { StoreError, type ObjectStore } from './ObjectStore.ts';

/** Error codes of a full disk, an exhausted quota and a file size limit. */
const outOfSpace: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

export class DirectoryStore implements ObjectStore {
  readonly place: string;

  constructor(directory: string) {
    this.place = path.resolve(directory);
  }

  /** Written under a temporary name until it is on disk. */
  async put(key: string, content: Uint8Array): Promise<void> {
    const file = this.fileOf(key);
    const partial = `${file}.${process.pid}.${Date.now()}.partial`;
    try {
      await fs.mkdir(path.dirname(file), { recursive: true });
      const handle = await fs.open(partial, 'w');
      try {
        await handle.writeFile(content);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await fs.rename(partial, file);
    } catch (cause) {
      await fs.rm(partial, { force: true }).catch(() => undefined); // the first error is the one to report
      throw this.failure('written', cause);
    }
  }

  async get(key: string): Promise<Buffer | null> {
    try {
      return await fs.readFile(this.fileOf(key));
    } catch (cause) {
      if (isMissing(cause)) return null;
      throw this.failure('read', cause);
    }
  }

  async has(key: string): Promise<boolean> {
    try {
      return (await fs.stat(this.fileOf(key))).isFile();
    } catch (cause) {
      if (isMissing(cause)) return false;
      throw this.failure('read', cause);
    }
  }

  async list(prefix: string): Promise<string[]> {
    try {
      const entries = await fs.readdir(this.fileOf(prefix), { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.partial'));
      return files
        .map(({ parentPath, name }) => path.relative(this.place, path.join(parentPath, name)).split(path.sep).join('/'))
        .sort();
    } catch (cause) {
      if (isMissing(cause)) return [];
      throw this.failure('read', cause);
    }
  }

  /** Includes files that a killed process left half-written. */
  async removeAll(prefix: string): Promise<void> {
    await fs.rm(this.fileOf(prefix), { recursive: true, force: true });
  }

  private fileOf(key: string): string {
    return path.join(this.place, ...key.split('/'));
  }

  private failure(what: string, cause: unknown): StoreError {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    if (outOfSpace.has(code)) {
      return new StoreError('STORE_FULL', `${this.place} is full (${code}). Free some space there.`, { cause });
    }
    const advice = 'Check that the folder is mounted here and that this user has access to it.';
    return new StoreError('STORE_UNREACHABLE', `${this.place} could not be ${what} (${code}). ${advice}`, { cause });
  }
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
}
