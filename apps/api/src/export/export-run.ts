/**
 * `GET /export/runs/<id>.jsonl` and `.csv`: everything that is stored of a run, in one order, as of one moment, streamed. The
 * lines of the first are those that `POST /ingest` takes.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportLines, type ExportedLine } from '@ritz/database';
import type { RequestHandler } from 'express';
import { grantOf } from '../access/grants.ts';
import { RefusedError } from '../http/fault.ts';
import { csvOf } from './csv.ts';

interface Format {
  readonly extension: string;
  readonly type: string;
  write(lines: AsyncIterable<ExportedLine>): AsyncGenerator<string, void>;
}

const FORMATS: readonly Format[] = [
  { extension: 'jsonl', type: 'application/x-ndjson; charset=utf-8', write: jsonLines },
  { extension: 'csv', type: 'text/csv; charset=utf-8; header=present', write: csvOf },
];

/** Each export holds a connection to the database for as long as its client takes to read it. */
const MOST_EXPORTS = 4;

/** The parameter `file` is `<id>.<format>`. */
export function exportRun(): RequestHandler<{ file: string }> {
  let running = 0;
  return async (request, response) => {
    const { database } = grantOf(request);
    const { id, format } = parsed(request.params.file);
    if (running >= MOST_EXPORTS) {
      const message = `This server is writing ${String(MOST_EXPORTS)} exports already. Try again in a few seconds.`;
      throw new RefusedError({ status: 503, code: 'TOO_MANY_EXPORTS', message, retryAfter: 5 });
    }
    running++;
    const lines = exportLines(database, [id]);
    try {
      const first = await lines.next();
      if (first.done) throw notFound(id);
      response.setHeader('Content-Type', format.type);
      response.setHeader('Content-Disposition', `attachment; filename="run-${id}.${format.extension}"`);
      await pipeline(Readable.from(format.write(joined(first.value, lines))), response);
    } catch (error) {
      // The client went away, or the connection was cut to tell it that the rest is missing.
      if (!response.headersSent) throw error;
    } finally {
      running--;
      // Gives the connection back, also where nothing was read to the end.
      await lines.return();
    }
  };
}

const FILE = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([a-z]+)$/i;

function parsed(file: string): { readonly id: string; readonly format: Format } {
  const [, id, extension] = FILE.exec(file) ?? [];
  const format = FORMATS.find((one) => one.extension === extension?.toLowerCase());
  if (id !== undefined && format !== undefined) return { id: id.toLowerCase(), format };
  const message = 'Exports are at /export/runs/<id>.jsonl and /export/runs/<id>.csv, where <id> is the UUID of a run.';
  throw new RefusedError({ status: 404, code: 'NOT_FOUND', message });
}

function notFound(id: string): RefusedError {
  return new RefusedError({ status: 404, code: 'NOT_FOUND', message: `There is no run ${id}.` });
}

async function* joined<Item>(first: Item, rest: AsyncIterable<Item>): AsyncGenerator<Item, void> {
  yield first;
  yield* rest;
}

async function* jsonLines(lines: AsyncIterable<ExportedLine>): AsyncGenerator<string, void> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`;
}
