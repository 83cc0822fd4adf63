/** Messages between a `WorkerLink` and its thread. */
import type { EstimationErrorCode } from '../error/EstimationError.ts';

export interface RequestMessage<Request> {
  readonly id: number;
  readonly request: Request;
}

export interface Failure {
  readonly message: string;
  /** When it was an EstimationError. */
  readonly code?: EstimationErrorCode;
}

export type AnswerMessage<Answer> =
  { readonly id: number; readonly answer: Answer } | { readonly id: number; readonly failure: Failure };
