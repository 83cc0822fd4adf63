/**
 * `GET /export/runs/<id>.jsonl` and `.csv`: everything that is stored of a run, in one order, as of one moment, streamed. The
 * lines of the first are those that `POST /ingest` takes.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportLines, type ExportedLine } from '@ritz/database';
import type { Request, RequestHandler } from 'express';
import { grantOf } from '../access/grants.ts';
import { shares } from '../access/shares.ts';
import { RefusedError } from '../http/fault.ts';
import { Spool } from '../http/Spool.ts';
import { csvOf } from './csv.ts';

interface Format {
  readonly extension: string;
  readonly type: string;
  write(lines: AsyncIterable<ExportedLine>): AsyncGenerator<string, void>;
}

const formats: readonly Format[] = [
  { extension: 'jsonl', type: 'application/x-ndjson; charset=utf-8', write: jsonLines },
  { extension: 'csv', type: 'text/csv; charset=utf-8; header=present', write: csvOf },
];

/**
 * Each export holds a connection to the database until all of it was read, no longer: what its client has not read yet waits in a
 * file.
 */
const limits = { what: 'exports', code: 'TOO_MANY_EXPORTS', total: 4, each: 2 };

/** The parameter `file` is `<id>.<format>`. */
export function exportRun(): RequestHandler<{ file: string }> {
  const take = shares(limits);
  return async (request, response) => {
    const { database } = grantOf(request);
    const { id, format } = parsed(request.params.file);
    const giveBack = take(request as Request);
    const lines = exportLines(database, [id]);
    const spool = new Spool();
    const fill = async (first: ExportedLine): Promise<void> => {
      try {
        for await (const text of format.write(joined(first, lines))) await spool.write(text);
        spool.end();
      } catch (error) {
        spool.fail(error instanceof Error ? error : new Error(String(error)));
      } finally {
        // Gives the connection back, also where nothing was read to the end.
        await lines.return();
        giveBack();
      }
    };
    try {
      const first = await lines.next();
      if (first.done) throw notFound(id);
      response.setHeader('Content-Type', format.type);
      response.setHeader('Content-Disposition', `attachment; filename="run-${id}.${format.extension}"`);
      await Promise.all([fill(first.value), pipeline(Readable.from(spool.read()), response)]);
    } catch (error) {
      await lines.return();
      giveBack();
      // The client went away, or the connection was cut to tell it that the rest is missing.
      if (!response.headersSent) throw error;
    }
  };
}

const runFile = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([a-z]+)$/i;

function parsed(file: string): { readonly id: string; readonly format: Format } {
  const [, id, extension] = runFile.exec(file) ?? [];
  const format = formats.find((one) => one.extension === extension?.toLowerCase());
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
