/** How every path of the API says that it refused: an HTTP status, and the shape of a GraphQL answer. */
import type { Response } from 'express';

export interface Fault {
  readonly status: number;
  /** SCREAMING_CASE, for programs. */
  readonly code: string;
  /** What was given, what was expected and what to do. */
  readonly message: string;
  /** Seconds after which it may be tried again. */
  readonly retryAfter?: number | undefined;
}

export const shuttingDown: Fault = {
  status: 503,
  code: 'SHUTTING_DOWN',
  message: 'The server is being stopped. Send what has no answer again when it is back.',
};

/** Answers with the fault; `extensions` are added beside its code. */
export function sendFault(response: Response, fault: Fault, extensions: Readonly<Record<string, unknown>> = {}): void {
  const { status, code, message } = fault;
  response.status(status).json({ errors: [{ message, extensions: { code, ...extensions } }] });
}

/** Thrown where a request is refused; the application answers with it. */
export class RefusedError extends Error implements Fault {
  readonly status: number;
  readonly code: string;
  readonly retryAfter: number | undefined;

  constructor({ status, code, message, retryAfter }: Fault, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RefusedError';
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}
