/**
 * `POST /ingest`: a stream of records, one JSON object a line (newline-delimited JSON), of any length. Lines are committed in
 * batches, and each is answered with a line that says what became of it, once that is committed. While a batch is being stored the
 * next one is read and checked, and no more than that: nothing is read faster than it is stored, and answers that the client does
 * not read yet wait in a file, so memory stays what it is however long the stream.
 */
import { isUtf8 } from 'node:buffer';
import { readLines, storeLines, type CheckedLine, type Database, type LineResult } from '@ritz/database';
import type { Request, RequestHandler, Response } from 'express';
import { grantOf } from '../access/grants.ts';
import { faultOf, internal } from '../http/faults.ts';
import type { Metrics } from '../http/metrics.ts';
import type { Logger } from '../logger.ts';
import { traced } from '../tracing.ts';
import { answersTo } from './answers.ts';
import { inBatches, type BatchLimits } from './batches.ts';
import { linesOf, type Line } from './lines.ts';
import { bodyOf, unpackingFault } from './source.ts';

/** Longest line, in bytes. */
const lineLimit = 20_000_000;

const batch: BatchLimits = { items: 500, size: 4_000_000, wait: 20 };

/** Milliseconds that a client whose stream was not read to its end gets to read the answer, before the connection is closed. */
const linger = 1000;

/** @param stopping what is being stored when it aborts is still answered; the rest of the stream is not read. */
export function ingest(logger: Logger, metrics: Metrics, stopping: AbortSignal): RequestHandler {
  return async (request, response) => {
    const grant = grantOf(request);
    // Nothing to store yet, but whoever may not write is told so before anything is sent.
    await storeLines(grant.database, []);
    const body = bodyOf(request, stopping);
    response.status(200).setHeader('Content-Type', 'application/x-ndjson; charset=utf-8');
    // At once: a client that waits for the headers before it sends on must not wait for ever.
    response.flushHeaders();
    const answers = answersTo(response, request.query['results'] === 'refused');
    let storing = Promise.resolve();
    const store = async (batch: readonly NumberedLine[]): Promise<void> => {
      const { database } = await grant.renew();
      const results = await traced('ingest batch', () => storedLines(database, batch));
      for (const [status, some] of countBy(results)) metrics.noteLines(status, some);
      await answers.results(results);
    };
    try {
      for await (const lines of inBatches(linesOf(body, lineLimit), sizeOf, batch)) {
        const batch = checked(lines);
        await storing;
        storing = store(batch);
        // At once, even where the client waits for the answer before it sends on.
        storing.catch((error: unknown) => body.destroy(error instanceof Error ? error : new Error(String(error))));
      }
      await storing;
      await answers.done();
    } catch (error) {
      body.destroy();
      // What is being stored is answered before the end.
      await storing.catch(() => undefined);
      if (response.destroyed) return;
      const fault = faultOf(error) ?? unpackingFault(error) ?? internal;
      if (fault.status >= 500) logger.error({ err: error }, 'ingest');
      closeWhenRead(request, response);
      await answers.stopped(fault);
    }
  };
}

function countBy(results: readonly NumberedResult[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { status } of results) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
}

function sizeOf({ bytes }: Line): number {
  return bytes?.length ?? 0;
}

type NumberedLine = CheckedLine & { readonly number: number };
type NumberedResult = LineResult & { readonly line: number };

function checked(lines: readonly Line[]): NumberedLine[] {
  return lines.map(({ number, bytes }) => {
    if (bytes === null) {
      const limit = String(lineLimit / 1_000_000);
      return { number, ...unreadable(`The line is longer than ${limit} MB. Send fewer probes per spectrum.`) };
    }
    if (!isUtf8(bytes)) return { number, ...unreadable('The line is not valid UTF-8.') };
    const [line = unreadable('The line was not read.')] = readLines([bytes.toString('utf8')]);
    return { number, ...line };
  });
}

function unreadable(message: string): CheckedLine {
  return { refusal: { status: 'REFUSED', kind: null, code: 'INVALID', field: null, message } };
}

/** Commits what can be, and says of each line what became of it. */
async function storedLines(database: Database, batch: readonly NumberedLine[]): Promise<NumberedResult[]> {
  const results = await storeLines(database, batch);
  return results.map((result, at) => ({ line: batch[at]?.number ?? 0, ...result }));
}

/** A stream that was given up is not read to its end, which may be far; the client may be sending still. */
function closeWhenRead(request: Request, response: Response): void {
  if (request.complete) return;
  response.once('finish', () => setTimeout(() => request.destroy(), linger).unref());
}
