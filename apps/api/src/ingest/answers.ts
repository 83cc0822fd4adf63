/** The answer to `POST /ingest`: one JSON object a line, written no faster than the client reads. */
import { once } from 'node:events';
import type { Response } from 'express';
import type { LineResult } from '@ritz/database';
import type { Fault } from '../http/fault.ts';

export type Status = LineResult['status'];

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

  const write = async (lines: readonly object[]): Promise<void> => {
    if (response.destroyed) return;
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    if (response.write(text)) return;
    // `close` when the client is gone: then there is nobody to wait for.
    await Promise.race([once(response, 'drain'), once(response, 'close')]);
  };
  const end = async (line: object): Promise<void> => {
    await write([line]);
    response.end();
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
