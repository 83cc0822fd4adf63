/** The last word of the application: every error becomes an answer that says what to do, and never says too much. */
import { DatabaseError } from '@ritz/database';
import type { ErrorRequestHandler } from 'express';
import { GraphQLError } from 'graphql';
import type { Logger } from '../logger.ts';
import { bodyFault } from './body.ts';
import { RefusedError, sendFault, type Fault } from './fault.ts';
import { requestId } from './requestId.ts';

/** What the person who asked can do something about; `null` for a fault of the server. */
export function faultOf(error: unknown): Fault | null {
  if (error instanceof RefusedError) return error;
  if (error instanceof DatabaseError) return databaseFault(error);
  if (error instanceof GraphQLError) {
    const { message, extensions } = error;
    return { status: 400, code: String(extensions['code'] ?? 'GRAPHQL_VALIDATION_FAILED'), message };
  }
  return typeof error === 'object' && error !== null ? bodyFault(error) : null;
}

const statusOf: Readonly<Partial<Record<DatabaseError['code'], number>>> = {
  NOT_FOUND: 404,
  CONFLICT: 409,
  FORBIDDEN: 403,
  NON_FINITE: 400,
  INVALID: 400,
};

function databaseFault({ code, message }: DatabaseError): Fault | null {
  if (code === 'UNREACHABLE') return databaseUnreachable;
  if (code === 'TIMEOUT') return databaseTimeout;
  const status = statusOf[code];
  return status === undefined ? null : { status, code, message };
}

/** Says neither where the database is nor why it cannot be reached: the log does. */
export const databaseUnreachable: Fault = {
  status: 503,
  code: 'DATABASE_UNREACHABLE',
  message: 'The database cannot be reached at the moment. Try again later.',
};

/** A statement that PostgreSQL ended because it took too long. */
export const databaseTimeout: Fault = {
  status: 503,
  code: 'QUERY_TIMEOUT',
  message: 'The database did not answer in time. Ask for less at once, or try again later.',
};

export const internal: Fault = {
  status: 500,
  code: 'INTERNAL_SERVER_ERROR',
  message: 'Something went wrong on the server. Its log has the cause under this request id.',
};

/** Of the server, though the client is told what to do. */
const masked: ReadonlySet<Fault> = new Set([databaseUnreachable, databaseTimeout]);

/** Answers with the fault of the request, or masks and logs one of the server. */
export function answerFaults(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const fault = faultOf(error);
    if (fault === null || masked.has(fault)) logger.error({ err: error }, 'request failed');
    if (response.headersSent) {
      next(error);
      return;
    }
    if (fault?.retryAfter !== undefined) response.setHeader('Retry-After', String(fault.retryAfter));
    if (fault?.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="ritz"');
    if (fault === null) sendFault(response, internal, { requestId: requestId() });
    else sendFault(response, fault, masked.has(fault) ? { requestId: requestId() } : {});
  };
}
