/** What every resolver is given: the database, and the loaders that live for one request. */
import type { Database } from '@ritz/database';
import { createLoaders, type Loaders } from './loaders.ts';

export interface RequestContext {
  readonly database: Database;
  readonly loaders: Loaders;
}

/** Makes the context of one request. Never share one between requests: its loaders remember what they read. */
export function createContext(database: Database): RequestContext {
  return { database, loaders: createLoaders(database) };
}
