/** The one error of this package: a code to act on, a message for people, the field it is about, and the cause. */

export type RecordErrorCode =
  /** A value is outside its range, of the wrong length, or not of its format. */
  | 'INVALID'
  /** NaN or an infinity where a finite number belongs. */
  | 'NON_FINITE'
  /** A file cannot be read, or is not what it should be. */
  | 'UNREADABLE'
  /** A file cannot be written. */
  | 'UNWRITABLE'
  /** The API cannot be reached, or the connection was lost. */
  | 'UNREACHABLE'
  /** The API answered and did not accept the request: no valid token, no such path. */
  | 'NOT_ACCEPTED';

export interface RecordErrorOptions {
  /** The path of the value: `['probes', '0', 'alpha', '3']`. */
  readonly field?: readonly string[];
  readonly cause?: unknown;
}

export class RecordError extends Error {
  override readonly name = 'RecordError';
  readonly code: RecordErrorCode;
  readonly field: readonly string[] | null;

  constructor(code: RecordErrorCode, message: string, { field, cause }: RecordErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.field = field ?? null;
  }
}
