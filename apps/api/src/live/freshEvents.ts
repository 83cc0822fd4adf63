/**
 * Runs a subscription so that each event is answered as if it were a request of its own: with the rights that its sender has
 * at that moment, and with loaders that remember nothing of the event before.
 */
import type { RequestContext } from '@ritz/schema';
import { createSourceEventStream, execute, type ExecutionArgs, type ExecutionResult } from 'graphql';

type Events = AsyncGenerator<ExecutionResult, void>;

/**
 * @param renew the context of the next event; when it throws, `failed` makes the last event of the stream
 * @param finished makes the result as it is sent
 * @returns the stream, or the one result that says why there is none
 */
export async function freshEvents(
  args: ExecutionArgs,
  renew: () => Promise<RequestContext>,
  failed: (error: unknown) => ExecutionResult,
  finished: (result: ExecutionResult, context: RequestContext) => ExecutionResult,
): Promise<Events | ExecutionResult> {
  const source = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in source)) return source;
  const events = source[Symbol.asyncIterator]();
  // Straight to the source: a stream that waits for its next event must end when nobody listens any more.
  const end = async (): Promise<void> => {
    await events.return?.();
  };
  const stream: Events = {
    async next() {
      const event = await events.next();
      if (event.done) return { done: true, value: undefined };
      try {
        const contextValue = await renew();
        try {
          const result = await execute({ ...args, rootValue: event.value, contextValue });
          return { done: false, value: finished(result, contextValue) };
        } finally {
          contextValue.budget.end();
        }
      } catch (error) {
        await end();
        return { done: false, value: failed(error) };
      }
    },
    async return() {
      await end();
      return { done: true, value: undefined };
    },
    async throw(error) {
      await end();
      throw error;
    },
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;
}
