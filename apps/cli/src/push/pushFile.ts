/** Sends a file of records, however often the connection breaks: it goes on after the last line that was acknowledged. */
import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { CliError } from '../terminal/cli-error.ts';
import { readLines, type FileLine } from './FileLines.ts';
import type { Refused } from './IngestAnswer.ts';
import { readMark, writeMark } from './PushMark.ts';
import { NotAcceptedError, sendLines, type Target } from './sendLines.ts';

export interface Pushed {
  /** Lines by what became of them. */
  readonly counts: Readonly<Record<Outcome, number>>;
  /** Bytes that an earlier push had sent already. */
  readonly skipped: number;
}

type Outcome = 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'REFUSED';

export interface PushOptions {
  /** Attempts in a row that acknowledge nothing, before it is given up. Default 8. */
  readonly attempts?: number;
  /** Bytes acknowledged so far, of the size of the file. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly onRefused?: (refused: Refused) => void;
  /** The connection was lost for this reason; it is tried again after so many seconds. */
  readonly onRetry?: (reason: string, seconds: number) => void;
}

const DEFAULT_ATTEMPTS = 8;
const FIRST_PAUSE = 0.5;
const LONGEST_PAUSE = 30;

/** Refusals that another token, or what is sent in between, may mend. */
const MENDABLE: ReadonlySet<string> = new Set(['NOT_FOUND', 'FORBIDDEN']);

/** Milliseconds between two notes of how far it is. */
const MARK_EVERY = 2000;

/** @throws CliError when there is no such file, the server does not accept it, or cannot be reached for long. */
export async function pushFile(file: string, target: Target, options: PushOptions = {}): Promise<Pushed> {
  const { size } = await stat(file).catch((cause: unknown) => {
    throw new CliError(`${file} cannot be read: there is no such file, or it may not be read.`, { cause });
  });
  const { attempts = DEFAULT_ATTEMPTS } = options;
  const skipped = await readMark(file, target.url);
  const counts: Record<Outcome, number> = { CREATED: 0, UPDATED: 0, UNCHANGED: 0, REFUSED: 0 };
  let end = skipped;
  // Where the next push begins: before the first line that it may get accepted.
  let settled = skipped;
  let mendable = false;
  let marked = performance.now();
  const mark = async (): Promise<void> => writeMark(file, target.url, settled);
  for (let failures = 0, pause = FIRST_PAUSE; ;) {
    const before = end;
    try {
      const waiting: FileLine[] = [];
      await sendLines(target, sentLines(file, end, waiting), (answer) => {
        if (answer.status === 'DONE' || answer.status === 'STOPPED') return;
        counts[answer.status]++;
        if (answer.status === 'REFUSED') {
          options.onRefused?.(answer);
          mendable ||= MENDABLE.has(answer.code);
        }
        end = waiting.shift()?.end ?? end;
        if (!mendable) settled = end;
        options.onProgress?.(end, size);
        if (performance.now() - marked < MARK_EVERY) return;
        marked = performance.now();
        // It only saves time, and the last one is awaited below.
        mark().catch(() => undefined);
      });
      await mark();
      return { counts, skipped };
    } catch (error) {
      if (settled > skipped) await mark();
      if (error instanceof NotAcceptedError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      if (end > before) [failures, pause] = [0, FIRST_PAUSE];
      if (++failures >= attempts) throw givenUp(target.url, attempts, reason, error);
      options.onRetry?.(reason, pause);
      await sleep(1000 * pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
  }
}

/** Lines that were sent and not answered wait in `waiting`, in order. */
async function* sentLines(file: string, from: number, waiting: FileLine[]): AsyncGenerator<Buffer, void> {
  for await (const line of readLines(file, from)) {
    waiting.push(line);
    yield line.bytes;
  }
}

function givenUp(url: string, attempts: number, reason: string, cause: unknown): CliError {
  const often = attempts === 1 ? '' : ` ${attempts} times in a row`;
  return new CliError(
    `${url} could not be reached${often} (${reason}). Is the API running there? ` +
      'What was acknowledged is stored; the same command goes on after it.',
    { cause },
  );
}
