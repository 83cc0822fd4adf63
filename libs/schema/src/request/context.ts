/** What every resolver is given: the database, the loaders that live for one request, and what is kept between requests. */
import type { Database } from '@ritz/database';
import { createBudget, type Budget } from './budget.ts';
import { derivedCache, type DerivedCache } from './DerivedCache.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import { AnswerRows } from './rows.ts';

export interface RequestContext {
  /** As the caller may see it (see `withAccess` of @ritz/database). */
  readonly database: Database;
  readonly loaders: Loaders;
  readonly cache: DerivedCache;
  /** What the request may still take. */
  readonly budget: Budget;
  /** What the answer is made of, for its errors. */
  readonly rows: AnswerRows;
  /** Forgets what was read: a subscription looks again after each change. */
  renew(): void;
}

/** Of this process, shared by all requests: about 64 MB of measured spectra and what was computed from them. */
const shared = derivedCache(64 * 2 ** 20);

export interface ContextOptions {
  readonly cache?: DerivedCache;
  readonly budget?: Budget;
}

/**
 * Makes the context of one request. Never share one between requests: its loaders remember what they read.
 * @param database seen with the access of whoever asks.
 */
export function createContext(
  database: Database,
  { cache = shared, budget = createBudget() }: ContextOptions = {},
): RequestContext {
  let loaders = createLoaders(database, cache, budget);
  return {
    database,
    cache,
    budget,
    rows: new AnswerRows(),
    get loaders() {
      return loaders;
    },
    renew() {
      loaders = createLoaders(database, cache, budget);
    },
  };
}
