/** The answer to `POST /ingest`: one JSON object a line, kept for a client that sends everything before it reads. */
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { Response } from 'express';
import type { LineResult } from '@ritz/database';
import type { Fault } from '../http/fault.ts';
import { Spool } from '../http/Spool.ts';

type Status = LineResult['status'];

export interface Answers {
  /** What became of the lines of a batch, which is committed. `line` counts from 1. */
  results(results: readonly (LineResult & { readonly line: number })[]): Promise<void>;
  /** All lines were read. */
  done(): Promise<void>;
  /** It cannot go on: lines that have no result must be sent again. */
  stopped(fault: Fault): Promise<void>;
}

/** @param onlyRefused the other results are summed up by one `{"status":"COMMITTED","through":line}` a batch. */
export function answersTo(response: Response, onlyRefused: boolean): Answers {
  const counts: Record<Status, number> = { CREATED: 0, UPDATED: 0, UNCHANGED: 0, REFUSED: 0 };
  const spool = new Spool();
  // It ends when the client is gone: then there is nobody to answer.
  const reading = pipeline(Readable.from(spool.read()), response).catch(() => undefined);

  const write = async (lines: readonly object[]): Promise<void> => {
    if (response.destroyed || lines.length === 0) return;
    try {
      await spool.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    } catch (error) {
      if (!response.destroyed) throw error;
    }
  };
  const end = async (line: object): Promise<void> => {
    await write([line]);
    spool.end();
    await reading;
  };

  return {
    async results(results) {
      for (const { status } of results) counts[status]++;
      const shown = onlyRefused ? results.filter(({ status }) => status === 'REFUSED') : results;
      const through = results.at(-1)?.line;
      await write([...shown.map(ordered), ...(onlyRefused ? [{ status: 'COMMITTED', through }] : [])]);
    },
    done: () => end({ status: 'DONE', ...counts }),
    stopped: ({ code, message }) => end({ status: 'STOPPED', code, message, ...counts }),
  };
}

/** The number of the line first, for people who read along. */
function ordered({ line, ...result }: LineResult & { readonly line: number }): object {
  return { line, ...result };
}
