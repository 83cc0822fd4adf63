/** What clients are shown of a GraphQL error, and what the log keeps of it. */
import { DatabaseError } from '@ritz/database';
import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import type { Fault } from '../http/fault.ts';
import { databaseTimeout, databaseUnreachable, internal } from '../http/faults.ts';
import { requestId } from '../http/requestId.ts';

function databaseCode(error: unknown): DatabaseError['code'] | null {
  const cause = unwrapResolverError(error);
  return cause instanceof DatabaseError ? cause.code : null;
}

/** Sums up what JSON does to numbers that are not finite, where GraphQL's own message leaves one guessing. */
const nonFiniteHint =
  ' Every number must be finite. NaN and Infinity cannot be sent: JSON has neither, and JavaScript writes them as null.';
const nonFiniteFault = /"Float!?" not to be null|Float cannot represent non numeric value: (?:-?Infinity|NaN)/;

/** Apollo Server's words, which have no code. */
const wrongDigest = 'provided sha does not match query';
const aboutDigest =
  'extensions.persistedQuery.sha256Hash: expected the SHA-256 of the query that is sent with it, got another.';

/**
 * Faults of the request are shown as they are, and so is what a token may not do. Faults of the server are masked: the client
 * gets the id of the request, under which the log has the cause.
 */
export function formatProblem(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const code = formatted.extensions?.['code'];
  const database = databaseCode(error);
  if (database === 'UNREACHABLE') return mask(formatted, databaseUnreachable);
  if (database === 'TIMEOUT') return mask(formatted, databaseTimeout);
  if (database === 'FORBIDDEN') return { ...formatted, extensions: { ...formatted.extensions, code: database } };
  if (formatted.message === wrongDigest)
    return { ...formatted, message: aboutDigest, extensions: { code: 'BAD_REQUEST' } };
  if (code === undefined || code === internal.code) return mask(formatted, internal);
  const message = nonFiniteFault.test(formatted.message) ? formatted.message + nonFiniteHint : formatted.message;
  return { ...formatted, message };
}

function mask(formatted: GraphQLFormattedError, { code, message }: Fault): GraphQLFormattedError {
  const { locations, path, extensions } = formatted;
  const row: unknown = extensions?.['row'];
  return {
    message,
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: { code, requestId: requestId(), ...(row === undefined ? {} : { row }) },
  };
}

/** The HTTP status that the errors of an answer call for; null = leave it as it is. */
export function statusOf(errors: readonly GraphQLFormattedError[]): number | null {
  const codes = new Set(errors.map(({ extensions }) => extensions?.['code']));
  return statuses.find(([code]) => codes.has(code))?.[1] ?? null;
}

/** By code, the gravest first. */
const statuses: readonly (readonly [string, number])[] = [
  [databaseUnreachable.code, 503],
  [internal.code, 500],
  ['SERVER_BUSY', 503],
  ['QUERY_TIMEOUT', 503],
  ['FORBIDDEN', 403],
  ['QUERY_NOT_REGISTERED', 403],
  ['QUERY_TOO_LARGE', 400],
];

/** True for errors that are nobody's fault but the server's: those are logged with their cause. */
export function isServerFault(error: Error & { readonly extensions?: Record<string, unknown> }): boolean {
  const code = error.extensions?.['code'];
  const database = databaseCode(error);
  if (database === 'UNREACHABLE' || database === 'TIMEOUT') return true;
  return database !== 'FORBIDDEN' && error.message !== wrongDigest && (code === undefined || code === internal.code);
}
