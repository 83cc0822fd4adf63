/**
 * `POST /ingest`: a stream of records, one JSON object a line (newline-delimited JSON), of any length. Lines are committed in
 * batches, and each is answered with a line that says what became of it, once that is committed. Nothing is read faster than it
 * is stored, nor stored faster than the client reads the answers, so memory stays what it is however long the stream.
 */
import { isUtf8 } from 'node:buffer';
import { ingest as store, type Database, type LineResult } from '@ritz/database';
import type { Request, RequestHandler, Response } from 'express';
import { grantOf } from '../access/authenticate.ts';
import { faultOf, INTERNAL } from '../http/faults.ts';
import type { Logger } from '../logger.ts';
import { answersTo } from './answers.ts';
import { inBatches, type BatchLimits } from './batches.ts';
import { linesOf, type Line } from './lines.ts';
import { bodyOf, unpackingFault } from './source.ts';

/** Longest line, in bytes. */
export const LINE_LIMIT = 20_000_000;

const BATCH: BatchLimits = { items: 500, size: 4_000_000, wait: 20 };

/** Milliseconds that a client whose stream was not read to its end gets to read the answer, before the connection is closed. */
const LINGER = 1000;

/** @param stopping what is being stored when it aborts is still answered; the rest of the stream is not read. */
export function ingest(logger: Logger, stopping: AbortSignal): RequestHandler {
  return async (request, response) => {
    const grant = grantOf(request);
    // Nothing to store yet, but whoever may not write is told so before anything is sent.
    await store(grant.database, []);
    const body = bodyOf(request, stopping);
    response.status(200).setHeader('Content-Type', 'application/x-ndjson; charset=utf-8');
    // At once: a client that waits for the headers before it sends on must not wait for ever.
    response.flushHeaders();
    const answers = answersTo(response, request.query['results'] === 'refused');
    try {
      for await (const batch of inBatches(linesOf(body, LINE_LIMIT), sizeOf, BATCH)) {
        const { database } = await grant.renew();
        await answers.results(await storeLines(database, batch));
      }
      await answers.done();
    } catch (error) {
      body.destroy();
      if (response.destroyed) return;
      const fault = faultOf(error) ?? unpackingFault(error) ?? INTERNAL;
      if (fault.status >= 500) logger.error({ err: error }, 'ingest');
      closeWhenRead(request, response);
      await answers.stopped(fault);
    }
  };
}

function sizeOf({ bytes }: Line): number {
  return bytes?.length ?? 0;
}

type NumberedResult = LineResult & { readonly line: number };

/** Commits what can be, and says of each line what became of it. */
async function storeLines(database: Database, batch: readonly Line[]): Promise<NumberedResult[]> {
  const texts = batch.map(({ bytes }) => (bytes !== null && isUtf8(bytes) ? bytes.toString('utf8') : null));
  const stored = await store(
    database,
    texts.filter((text) => text !== null),
  );
  let next = 0;
  return batch.map(({ number, bytes }, at) => {
    const result = texts[at] === null ? unreadable(bytes) : stored[next++];
    if (result === undefined) throw new Error('The database answered fewer lines than it was given.');
    return { line: number, ...result };
  });
}

function unreadable(bytes: Buffer | null): LineResult {
  const message =
    bytes === null
      ? `The line is longer than ${String(LINE_LIMIT / 1_000_000)} MB. Send fewer probes per spectrum.`
      : 'The line is not valid UTF-8.';
  return { status: 'REFUSED', kind: null, code: 'INVALID', field: null, message };
}

/** A stream that was given up is not read to its end, which may be far; the client may be sending still. */
function closeWhenRead(request: Request, response: Response): void {
  if (request.complete) return;
  response.once('finish', () => setTimeout(() => request.destroy(), LINGER).unref());
}
