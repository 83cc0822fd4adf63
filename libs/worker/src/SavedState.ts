/**
 * The Lanczos journal of a part, as pieces in the store: each piece is stored under the lease that measured it, so that no two workers
 * ever write the same object. The worker that resumes the part concatenates the pieces.
 */
import fs from 'node:fs/promises';
import { jobs, type Database } from '@ritz/database';
import type { ObjectStore } from './store/ObjectStore.ts';

/** Which state: that of a part, under the lease that measured it. */
export interface StateName {
  readonly jobId: string;
  readonly index: number;
  readonly lease: string;
}

function prefixOf({ jobId, index, lease }: StateName): string {
  return `states/${jobId}/${index}/${lease}/`;
}

/** Writes the first `bytes` of a saved state to a file. @returns false when the store does not have all of them. */
export async function fetchState(store: ObjectStore, name: StateName, bytes: number, file: string): Promise<boolean> {
  const pieces: Buffer[] = [];
  let length = 0;
  for (const key of await store.list(prefixOf(name))) {
    const piece = await store.get(key);
    if (!piece || Number(key.slice(key.lastIndexOf('/') + 1)) !== length) break;
    pieces.push(piece);
    length += piece.length;
  }
  if (length < bytes) return false;
  await fs.writeFile(file, Buffer.concat(pieces));
  return true;
}

/**
 * Removes the states of jobs that are finished, or deleted with their run, whose last worker was stopped before it removed them. States
 * of failed and cancelled jobs are kept for `retry`. @returns the number of jobs.
 */
export async function removeStaleStates(store: ObjectStore, database: Database): Promise<number> {
  const ids = [...new Set((await store.list('states/')).map((key) => key.split('/')[1] ?? ''))];
  const known = await jobs.byIds(database, ids);
  const stale = ids.filter((_, at) => (known[at]?.status ?? 'finished') === 'finished');
  for (const id of stale) await removeStates(store, id);
  return stale.length;
}

/** Removes the states of all parts of a job. */
export function removeStates(store: ObjectStore, jobId: string): Promise<void> {
  return store.removeAll(`states/${jobId}/`);
}

export class SavedState {
  private readonly store: ObjectStore;
  private readonly name: StateName;
  private readonly file: string;
  private length = 0;
  private saving: Promise<void> | null = null;

  constructor(store: ObjectStore, name: StateName, file: string) {
    this.store = store;
    this.name = name;
    this.file = file;
  }

  /** Bytes in the store; `null` when there are none. */
  get savedBytes(): number | null {
    return this.length > 0 ? this.length : null;
  }

  /** Stores what was appended to the journal since the last save; one save at a time. Throws a StoreError. */
  async save(): Promise<void> {
    await this.saving;
    this.saving = this.saveOnce().finally(() => {
      this.saving = null;
    });
    await this.saving;
  }

  private async saveOnce(): Promise<void> {
    const handle = await fs.open(this.file, 'r').catch(() => null); // not there before the first record
    if (!handle) return;
    try {
      const { size } = await handle.stat();
      if (size <= this.length) return;
      const piece = Buffer.alloc(size - this.length);
      const { bytesRead } = await handle.read(piece, 0, piece.length, this.length);
      await this.store.put(
        `${prefixOf(this.name)}${String(this.length).padStart(16, '0')}`,
        piece.subarray(0, bytesRead),
      );
      this.length += bytesRead;
    } finally {
      await handle.close();
    }
  }
}
