/** A body that is passed on as it comes, up to a limit: nothing of it is kept. */

/** Thrown into the stream by a body that is too long. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

/** @param limit most bytes that are passed on. */
export function limited(body: ReadableStream<Uint8Array>, limit: number): ReadableStream<Uint8Array> {
  let passed = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      passed += chunk.byteLength;
      if (passed > limit) controller.error(new TooLargeError(`The body is longer than ${String(limit)} bytes.`));
      else controller.enqueue(chunk);
    },
  });
  return body.pipeThrough(counter);
}
