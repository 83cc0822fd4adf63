/** The body of `POST /ingest` as a stream of bytes: of the right type, unpacked, and ended at once when the server stops. */
import { PassThrough, type Duplex, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Request } from 'express';
import { RefusedError, shuttingDown, type Fault } from '../http/fault.ts';
import { late } from '../http/timeouts.ts';

/** None of them can be sent by a form of another web site. */
const types = ['application/x-ndjson', 'application/ndjson', 'application/jsonl'];

/** @throws RefusedError UNSUPPORTED_MEDIA_TYPE */
export function bodyOf(request: Request, stopping: AbortSignal): Readable {
  if (!request.is(types)) {
    throw unsupported(`Content-Type: expected ${String(types[0])}, one JSON object a line.`);
  }
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip') {
    throw unsupported('Content-Encoding: expected gzip, or none.');
  }
  const body = encoding === 'gzip' ? unpacked(request) : new PassThrough({ highWaterMark: 1 << 18 });
  const stop = (): void => void body.destroy(new RefusedError(shuttingDown));
  if (stopping.aborted) stop();
  stopping.addEventListener('abort', stop, { once: true });
  body.once('close', () => stopping.removeEventListener('abort', stop));
  request.once('error', (error) => body.destroy(error));
  // Nothing came for so long that the connection counts as idle; without this the server would close it without a word.
  request.on('timeout', () =>
    body.destroy(new RefusedError(late('Nothing was sent for too long. Send the rest again.'))),
  );
  request.pipe(body);
  return body;
}

/** A body whose size is above this, in bytes, may be … */
const freeBytes = 64 * 2 ** 20;

/** … so many times as large as what was sent of it. Records compress to a tenth, gzip at its best to a thousandth. */
const mostExpansion = 200;

/** Ends with a RefusedError when little was sent and much comes of it. */
function unpacked(request: Request): Duplex {
  let [sent, received] = [0, 0];
  request.on('data', (chunk: Buffer) => (sent += chunk.length));
  const gunzip = createGunzip();
  gunzip.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received <= Math.max(freeBytes, mostExpansion * sent)) return;
    gunzip.destroy(new RefusedError(expands));
  });
  // Listening for data must not begin before somebody reads.
  return gunzip.pause();
}

const expands: Fault = {
  status: 413,
  code: 'PAYLOAD_TOO_LARGE',
  message: `The body unpacks to more than ${String(mostExpansion)} times what was sent. Send it without gzip.`,
};

function unsupported(message: string): RefusedError {
  return new RefusedError({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', message });
}

/** What zlib says of a body that is not what its Content-Encoding promised; `null` for other errors. */
export function unpackingFault(error: unknown): Fault | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!code.startsWith('Z_')) return null;
  return {
    status: 400,
    code: 'BAD_REQUEST',
    message: 'The body is not valid gzip, though its Content-Encoding says so.',
  };
}
