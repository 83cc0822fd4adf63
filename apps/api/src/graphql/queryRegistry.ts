/**
 * The queries that a locked-down server answers: a file of texts by the SHA-256 of each, as build tools of clients write them
 * (Relay's `persistConfig`, Apollo's `generate-persisted-query-manifest` reduced to id and body). Clients send the digest
 * alone, by the protocol of automatic persisted queries, or the whole text.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { ApiError } from '../apiError.ts';

/** Texts of queries by their SHA-256 in lower-case hexadecimal. */
export type QueryRegistry = ReadonlyMap<string, string>;

function digestOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Reads `{ "<sha256>": "query …" }`. Throws ApiError BAD_SETTING for a file that is not that. */
export async function readQueryRegistry(file: string): Promise<QueryRegistry> {
  const bad = (problem: string, cause?: unknown): ApiError =>
    new ApiError(
      'BAD_SETTING',
      `RITZ_QUERIES: expected a JSON file of queries by their SHA-256, got ${file}: ${problem}.`,
      cause instanceof Error ? { cause } : undefined,
    );
  let given: unknown;
  try {
    given = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw bad(error instanceof Error ? error.message : String(error), error);
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw bad('it holds no object');
  const entries = Object.entries(given).map(([digest, text]: [string, unknown]) => {
    if (typeof text !== 'string') throw bad(`the entry ${digest} is no text`);
    if (digestOf(text) !== digest) throw bad(`the entry ${digest} has the SHA-256 ${digestOf(text)}`);
    return [digest, text] as const;
  });
  if (entries.length === 0) throw bad('it holds no query');
  return new Map(entries);
}

/** A cache for Apollo Server's persisted queries that knows the registered ones and takes no others. */
export function registryCache(registry: QueryRegistry) {
  const digestIn = (key: string): string => key.slice(key.lastIndexOf(':') + 1);
  return {
    get: (key: string) => Promise.resolve(registry.get(digestIn(key))),
    set: () => Promise.resolve(),
    delete: () => Promise.resolve(false),
  };
}

/** Refuses every text that is not registered, before anything of it is executed. */
export function registeredOnly<Context extends object>(registry: QueryRegistry): ApolloServerPlugin<Context> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ source }) => {
          if (registry.has(digestOf(source))) return Promise.resolve();
          throw new GraphQLError(
            'This server answers registered queries only, and this one is not. Ask whoever runs it to add the query to ' +
              'RITZ_QUERIES.',
            { extensions: { code: 'QUERY_NOT_REGISTERED', http: { status: 403 } } },
          );
        },
      }),
  };
}
