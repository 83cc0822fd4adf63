/** Why a request to the API failed. */

/**
 * UNREACHABLE: nothing answered. HTTP: something answered, but not with GraphQL (the status is in `status`).
 * GRAPHQL: the API refused the query, or failed on it (each message is in `messages`).
 */
export type ClientErrorCode = 'UNREACHABLE' | 'HTTP' | 'GRAPHQL';

export interface ClientErrorDetails {
  readonly cause?: unknown;
  readonly status?: number;
  readonly messages?: readonly string[];
}

/** The one error of this package; its message says what to do. Faults of a mutation's input are `userErrors`, not this. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly code: ClientErrorCode;
  /** The HTTP status, where something answered. */
  readonly status: number | null;
  /** The messages of the GraphQL errors, in order. */
  readonly messages: readonly string[];

  constructor(code: ClientErrorCode, message: string, details: ClientErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.status = details.status ?? null;
    this.messages = details.messages ?? [];
  }
}
