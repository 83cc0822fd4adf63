/** The one error this package throws: a code to act on, a message for people, the field it is about, the cause kept. */

export type DatabaseErrorCode =
  /** The run, step or spectrum that was named does not exist. */
  | 'NOT_FOUND'
  /** The same identity was written before with other values. */
  | 'CONFLICT'
  /** The token that was used may not do this. */
  | 'FORBIDDEN'
  /** NaN or an infinity where a finite number belongs. */
  | 'NON_FINITE'
  /** A value outside its range, of the wrong length, or not of its format. */
  | 'INVALID'
  /** The server cannot be reached, or refuses this user, or went away. */
  | 'UNREACHABLE'
  /** The server ended a statement that took longer than `statementTimeout`. */
  | 'TIMEOUT'
  /** The embedded PostgreSQL cannot be run on this machine. */
  | 'EMBEDDED_UNAVAILABLE'
  /** The data directory cannot be used. */
  | 'DATA_DIRECTORY'
  /** The tables could not be brought to the version this release needs. */
  | 'MIGRATION'
  /** Anything else the server refused; the cause has its words. */
  | 'QUERY_FAILED';

export interface DatabaseErrorOptions {
  /** Where in the input: `['probes', '0', 'alpha', '3']`. */
  readonly field?: readonly string[] | undefined;
  readonly cause?: unknown;
}

export class DatabaseError extends Error {
  readonly code: DatabaseErrorCode;
  readonly field: readonly string[] | null;

  constructor(code: DatabaseErrorCode, message: string, options: DatabaseErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DatabaseError';
    this.code = code;
    this.field = options.field ?? null;
  }
}
