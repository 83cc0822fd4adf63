/** Messages between a `WorkerLink` and its thread. */
import type { LanczosErrorCode } from '../error/LanczosError.ts';

export interface RequestMessage<Request> {
  readonly id: number;
  readonly request: Request;
}

export interface Failure {
  readonly message: string;
  /** Of a LanczosError. */
  readonly code?: LanczosErrorCode;
}

export type AnswerMessage<Answer> =
  { readonly id: number; readonly answer: Answer } | { readonly id: number; readonly failure: Failure };

/** Said once, when the thread has loaded what it needs and answers requests. */
export interface ReadyMessage {
  readonly ready: true;
}
