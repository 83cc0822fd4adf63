/** What clients are shown of an error, and what the log keeps of it. */
import { DatabaseError } from '@ritz/database';
import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import { requestId } from './request-id.ts';

const UNREACHABLE = 'DATABASE_UNREACHABLE';
const INTERNAL = 'INTERNAL_SERVER_ERROR';

function isUnreachable(error: unknown): boolean {
  const cause = unwrapResolverError(error);
  return cause instanceof DatabaseError && cause.code === 'UNREACHABLE';
}

/** Sums up what JSON does to numbers that are not finite, where GraphQL's own message leaves one guessing. */
const NON_FINITE_HINT =
  ' Every number must be finite. NaN and Infinity cannot be sent: JSON has neither, and JavaScript writes them as null.';
const NON_FINITE_FAULT = /"Float!?" not to be null|Float cannot represent non numeric value: (?:-?Infinity|NaN)/;

/**
 * Faults of the request are shown as they are. Faults of the server are masked: the client gets the id of the request,
 * under which the log has the cause.
 */
export function formatProblem(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const code = formatted.extensions?.['code'];
  if (isUnreachable(error)) {
    return mask(formatted, UNREACHABLE, 'The database cannot be reached at the moment. Try again later.');
  }
  if (code === undefined || code === INTERNAL) {
    return mask(
      formatted,
      INTERNAL,
      'Something went wrong on the server. Its log has the cause under this request id.',
    );
  }
  const message = NON_FINITE_FAULT.test(formatted.message) ? formatted.message + NON_FINITE_HINT : formatted.message;
  return { ...formatted, message };
}

function mask(formatted: GraphQLFormattedError, code: string, message: string): GraphQLFormattedError {
  const { locations, path } = formatted;
  return {
    message,
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: { code, requestId: requestId() },
  };
}

/** The HTTP status that the errors of an answer call for; null = leave it as it is. */
export function statusOf(errors: readonly GraphQLFormattedError[]): 500 | 503 | null {
  const codes = errors.map(({ extensions }) => extensions?.['code']);
  if (codes.includes(UNREACHABLE)) return 503;
  return codes.includes(INTERNAL) ? 500 : null;
}

/** True for errors that are nobody's fault but the server's: those are logged with their cause. */
export function isServerFault(error: Error & { readonly extensions?: Record<string, unknown> }): boolean {
  const code = error.extensions?.['code'];
  return code === undefined || code === INTERNAL || isUnreachable(error);
}
