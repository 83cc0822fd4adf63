/** Storage for checkpoints, models and saved states that every machine can reach: objects under keys. */

export interface ObjectStore {
  /** For messages: a folder, or `s3://bucket/prefix`. */
  readonly place: string;
  /** Written whole or not at all. Throws a StoreError. */
  put(key: string, content: Uint8Array): Promise<void>;
  /** Null when there is no such object. */
  get(key: string): Promise<Buffer | null>;
  has(key: string): Promise<boolean>;
  /** Keys with this prefix, sorted; `prefix` ends with a slash. */
  list(prefix: string): Promise<string[]>;
  /** Removes everything under a prefix, which ends with a slash. */
  removeAll(prefix: string): Promise<void>;
}

export type StoreErrorCode =
  | 'STORE_SETTING' // not a valid location
  | 'STORE_UNREACHABLE' // it cannot be read or written at the moment
  | 'STORE_FULL' // it is out of space
  | 'STORE_MISSING' // there is no such object
  | 'HASH_DIFFERS'; // the content of an object does not match its name

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
