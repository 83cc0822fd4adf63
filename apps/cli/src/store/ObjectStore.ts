/** Where checkpoints, models and saved states lie for every machine to reach: objects under names. */

export interface ObjectStore {
  /** For messages: a folder, or `s3://bucket/prefix`. */
  readonly place: string;
  /** Written whole or not at all. Throws a StoreError. */
  put(key: string, content: Uint8Array): Promise<void>;
  /** `null` when there is no such object. */
  get(key: string): Promise<Buffer | null>;
  has(key: string): Promise<boolean>;
  /** Keys that begin so, in the order of their characters; `prefix` ends with a slash. */
  list(prefix: string): Promise<string[]>;
  /** Everything whose key begins so; `prefix` ends with a slash. */
  removeAll(prefix: string): Promise<void>;
}

export type StoreErrorCode =
  | 'STORE_SETTING' // the place is none
  | 'STORE_UNREACHABLE' // it cannot be read or written now
  | 'STORE_FULL' // there is no room
  | 'STORE_MISSING' // an object is not there
  | 'HASH_DIFFERS'; // an object is not what its name says

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
