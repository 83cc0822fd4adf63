/**
 * Results derived from what is stored, kept while there is room: never the only copy, and named by everything they depend
 * on. What is stored is named by its revision, which changes when a spectrum is removed and recorded again, so that no
 * entry is ever wrong and none has to be taken back.
 */
import { LRUCache } from 'lru-cache';

/** What an entry depends on: its kind, the revisions of what it was computed from, and every option. */
export type DerivedKey = readonly (string | number | boolean | null | undefined | object)[];

/** What a cache holds, and how often it helped. */
export interface CacheUse {
  readonly entries: number;
  /** Held, about. */
  readonly bytes: number;
  /** Most bytes that it holds, about. */
  readonly capacity: number;
  /** Questions answered from it, and those that were computed. */
  readonly hits: number;
  readonly misses: number;
}

export interface DerivedCache {
  /** As of now. */
  use(): CacheUse;
  /**
   * The entry, or what `compute` makes. Many who ask at once wait for one computation; a failure is not kept.
   * @param sizeOf bytes that the entry holds, about.
   */
  get<Value>(key: DerivedKey, sizeOf: (value: Value) => number, compute: () => Promise<Value>): Promise<Value>;
}

/** Approximate overhead of an entry. */
const overhead = 500;

/** @param capacity bytes, about; the entries used longest ago go first. */
export function derivedCache(capacity: number): DerivedCache {
  const kept = new LRUCache<string, { readonly value: unknown }>({ maxSize: capacity });
  const computing = new Map<string, Promise<unknown>>();
  let hits = 0;
  let misses = 0;

  return {
    use: () => ({ entries: kept.size, bytes: kept.calculatedSize, capacity, hits, misses }),
    get<Value>(key: DerivedKey, sizeOf: (value: Value) => number, compute: () => Promise<Value>): Promise<Value> {
      const name = JSON.stringify(key);
      const entry = kept.get(name);
      const known = entry ? Promise.resolve(entry.value) : computing.get(name);
      if (known) {
        hits++;
        // The key names the kind of the value, so that what is found under it is a Value.
        return known as Promise<Value>;
      }
      misses++;
      const value = compute();
      computing.set(name, value);
      value.then(
        (computed) => {
          computing.delete(name);
          kept.set(name, { value: computed }, { size: Math.ceil(overhead + 2 * name.length + sizeOf(computed)) });
        },
        () => computing.delete(name),
      );
      return value;
    },
  };
}

/** A cache that keeps nothing. */
export const noCache: DerivedCache = {
  use: () => ({ entries: 0, bytes: 0, capacity: 0, hits: 0, misses: 0 }),
  get: (_key, _sizeOf, compute) => compute(),
};
