/** The thread's side of a `WorkerLink`. */
import { parentPort } from 'node:worker_threads';
import { LanczosError } from '../error/LanczosError.ts';
import type { AnswerMessage, Failure, ReadyMessage, RequestMessage } from './protocol.ts';

/** Answers every request; whatever is thrown becomes the failure of that request. */
export function serve<Request, Answer>(answer: (request: Request) => Answer | Promise<Answer>): void {
  parentPort?.on('message', async ({ id, request }: RequestMessage<Request>) => {
    let message: AnswerMessage<Answer>;
    try {
      message = { id, answer: await answer(request) };
    } catch (error) {
      message = { id, failure: failureOf(error) };
    }
    parentPort?.postMessage(message);
  });
  parentPort?.postMessage({ ready: true } satisfies ReadyMessage);
}

function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof LanczosError ? { message, code: error.code } : { message };
}
