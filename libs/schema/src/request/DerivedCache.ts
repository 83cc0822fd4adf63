/**
 * Results derived from what is stored, kept while there is room: never the only copy, and named by everything they depend
 * on. What is stored is named by its revision, which changes when a spectrum is removed and recorded again, so that no
 * entry is ever wrong and none has to be taken back.
 */

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

interface Entry {
  readonly value: Promise<unknown>;
  size: number;
}

/** Every entry costs about this much by itself. */
const overhead = 500;

/** @param capacity bytes, about; the entries used longest ago go first. */
export function derivedCache(capacity: number): DerivedCache {
  // A Map remembers the order of insertion: an entry that is used is inserted again, so the first is the oldest.
  const entries = new Map<string, Entry>();
  let total = 0;
  let hits = 0;
  let misses = 0;

  const remove = (name: string, entry: Entry): void => {
    if (entries.get(name) !== entry) return;
    entries.delete(name);
    total -= entry.size;
  };

  return {
    use: () => ({ entries: entries.size, bytes: total, capacity, hits, misses }),
    get<Value>(key: DerivedKey, sizeOf: (value: Value) => number, compute: () => Promise<Value>): Promise<Value> {
      const name = JSON.stringify(key);
      const known = entries.get(name);
      if (known) {
        hits++;
        entries.delete(name);
        entries.set(name, known);
        // The key names the kind of the value, so that what is found under it is a Value.
        return known.value as Promise<Value>;
      }
      misses++;
      const value = compute();
      const entry: Entry = { value, size: 0 };
      entries.set(name, entry);
      value.then(
        (computed) => {
          if (entries.get(name) !== entry) return;
          entry.size = overhead + 2 * name.length + sizeOf(computed);
          total += entry.size;
          for (const [oldest, old] of entries) {
            if (total <= capacity) break;
            remove(oldest, old);
          }
        },
        () => remove(name, entry),
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
