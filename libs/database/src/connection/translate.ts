/** Turns what the driver and the server throw into a DatabaseError that says what happened and what to check. */
import { DatabaseError, type DatabaseErrorCode } from '../error/DatabaseError.ts';

interface DriverError {
  readonly code: string | undefined;
  readonly message: string;
  /** The driver, which has no codes for these: the connection was lost, or did not come in time. */
  readonly lost: boolean;
  readonly late: boolean;
}

/** What to check, by the driver's or the server's code (PostgreSQL manual, appendix A). */
const unreachable: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there: check that the server is running and that DATABASE_URL has its host and port',
  ENOTFOUND: 'the host name is unknown: check the host in DATABASE_URL',
  EAI_AGAIN: 'the host name could not be looked up: check the host in DATABASE_URL and the network',
  EHOSTUNREACH: 'there is no route to the host: check the host in DATABASE_URL and the network',
  ENETUNREACH: 'there is no route to the host: check the host in DATABASE_URL and the network',
  ETIMEDOUT: 'no answer in time: check the host and port in DATABASE_URL and any firewall between',
  ECONNRESET: 'the connection was closed: check the server and its log',
  EPIPE: 'the connection was closed: check the server and its log',
  ENOENT: 'the server has no such socket: check the host in DATABASE_URL',
  '28P01': 'the password was refused: check user and password in DATABASE_URL',
  '28000': 'the server refuses this user: check the user in DATABASE_URL and the pg_hba.conf of the server',
  '3D000': 'the server has no such database: create it, or check the name in DATABASE_URL',
  '53300': 'the server has no connection left: close other clients or raise max_connections',
  '57P01': 'the server is being shut down',
  '57P02': 'the server crashed',
  '57P03': 'the server is starting up or shutting down: try again in a moment',
};

const dropped = /connection terminated|connection ended|not queryable/i;
const overdue = /timeout exceeded when trying to connect|connection timeout|timeout expired/i;

const refused: Readonly<Record<string, DatabaseErrorCode>> = {
  '23503': 'NOT_FOUND',
  '23505': 'CONFLICT',
  '23514': 'INVALID',
  '22003': 'INVALID',
  '22007': 'INVALID',
  '22008': 'INVALID',
  '22021': 'INVALID',
  '22P02': 'INVALID',
  '22P05': 'INVALID',
  '57014': 'TIMEOUT',
};

/** The first code along the chain of causes, and what the innermost error says. */
function driverError(error: unknown): DriverError {
  let code: string | undefined;
  const messages: string[] = [];
  for (let current = error; current !== undefined; current = current instanceof Error ? current.cause : undefined) {
    messages.push(current instanceof Error ? current.message : String(current));
    if (current instanceof Error && 'code' in current && typeof current.code === 'string') code ??= current.code;
  }
  return {
    code,
    message: messages.at(-1) ?? 'no reason given',
    lost: messages.some((text) => dropped.test(text)),
    late: messages.some((text) => overdue.test(text)),
  };
}

export function translate(error: unknown, address: string): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const { code, message, lost, late } = driverError(error);
  const advice =
    code === undefined ? undefined : (unreachable[code] ?? unreachable[code.startsWith('08') ? 'EPIPE' : '']);
  if (advice !== undefined || lost || late) {
    const check = advice ?? unreachable[late ? 'ETIMEDOUT' : 'ECONNRESET'];
    return new DatabaseError('UNREACHABLE', `Cannot reach PostgreSQL at ${address}: ${check ?? message}.`, {
      cause: error,
    });
  }
  const known = code === undefined ? undefined : refused[code];
  // Of what the caller sent: it is told so, and not where the server is.
  if (known === 'INVALID') return new DatabaseError(known, `PostgreSQL refused a value: ${message}.`, { cause: error });
  return new DatabaseError(known ?? 'QUERY_FAILED', `A query at ${address} failed: ${message}.`, { cause: error });
}
