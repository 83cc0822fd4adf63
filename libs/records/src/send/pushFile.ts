/** Sends a file of records, however often the connection breaks: it continues after the last line that was acknowledged. */
import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileLines, type FileLine } from '../file/fileLines.ts';
import { RecordError } from '../RecordError.ts';
import type { Refused } from './IngestAnswer.ts';
import { readMark, writeMark } from './PushMark.ts';
import { sendLines, type Target } from './sendLines.ts';

export interface Pushed {
  /** Lines by what became of them. */
  readonly counts: Readonly<Record<Outcome, number>>;
  /** Bytes that an earlier push had sent already. */
  readonly skipped: number;
}

type Outcome = 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'REFUSED';

export interface PushOptions {
  /** Attempts in a row that acknowledge nothing before giving up. Default 8. */
  readonly attempts?: number;
  /** Bytes acknowledged so far, of the size of the file. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly onRefused?: (refused: Refused) => void;
  /** The connection was lost for this reason; the next attempt follows after so many seconds. */
  readonly onRetry?: (reason: string, seconds: number) => void;
}

const defaultAttempts = 8;
const firstPause = 0.5;
const longestPause = 30;

/** Refusals that another token, or what is sent in between, may mend. */
const mendableCodes: ReadonlySet<string> = new Set(['NOT_FOUND', 'FORBIDDEN']);

/** Milliseconds between two notes of how far it is. */
const markEveryMs = 2000;

/** @throws RecordError UNREADABLE, NOT_ACCEPTED, or UNREACHABLE after all attempts. */
export async function pushFile(file: string, target: Target, options: PushOptions = {}): Promise<Pushed> {
  const found = await stat(file).catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  if (!found.isFile()) throw new RecordError('UNREADABLE', `${file}: expected a file of records, got something else.`);
  const { size } = found;
  const { attempts = defaultAttempts } = options;
  const skipped = await readMark(file, target.url);
  const counts: Record<Outcome, number> = { CREATED: 0, UPDATED: 0, UNCHANGED: 0, REFUSED: 0 };
  let end = skipped;
  // Where the next push begins: before the first line that it may get accepted.
  let settled = skipped;
  let mendable = false;
  let marked = performance.now();
  const mark = async (): Promise<void> => writeMark(file, target.url, settled);
  for (let failures = 0, pause = firstPause; ;) {
    const before = end;
    const source: Source = { fault: null };
    try {
      const waiting: FileLine[] = [];
      await sendLines(target, sentLines(file, end, waiting, source), (answer) => {
        if (answer.status === 'DONE' || answer.status === 'STOPPED') return;
        counts[answer.status]++;
        if (answer.status === 'REFUSED') {
          options.onRefused?.(answer);
          mendable ||= mendableCodes.has(answer.code);
        }
        end = waiting.shift()?.end ?? end;
        if (!mendable) settled = end;
        options.onProgress?.(end, size);
        if (performance.now() - marked < markEveryMs) return;
        marked = performance.now();
        // It only saves time, and the last one is awaited below.
        mark().catch(() => undefined);
      });
      await mark();
      return { counts, skipped };
    } catch (error) {
      if (settled > skipped) await mark();
      // What is wrong with the file, or with the request, does not change by trying again.
      if (source.fault) throw source.fault;
      if (error instanceof RecordError && error.code === 'NOT_ACCEPTED') throw error;
      const reason = error instanceof Error ? error.message : String(error);
      if (end > before) [failures, pause] = [0, firstPause];
      if (++failures >= attempts) throw givenUp(target.url, attempts, reason, error);
      options.onRetry?.(reason, pause);
      await sleep(1000 * pause);
      pause = Math.min(2 * pause, longestPause);
    }
  }
}

/** Why the file could not be read to its end: the request then breaks off as if the connection were lost. */
interface Source {
  fault: RecordError | null;
}

/** Lines that were sent and not answered wait in `waiting`, in order. */
async function* sentLines(
  file: string,
  from: number,
  waiting: FileLine[],
  source: Source,
): AsyncGenerator<Buffer, void> {
  try {
    for await (const line of fileLines(file, from)) {
      waiting.push(line);
      yield line.bytes;
    }
  } catch (cause) {
    source.fault = unreadable(file, cause);
    throw source.fault;
  }
}

function unreadable(file: string, cause: unknown): RecordError {
  const reason = cause instanceof Error ? ` (${cause.message})` : '';
  return new RecordError(
    'UNREADABLE',
    `${file}: expected a readable file${reason}. Check the name and the permissions.`,
    {
      cause,
    },
  );
}

function givenUp(url: string, attempts: number, reason: string, cause: unknown): RecordError {
  const often = attempts === 1 ? '' : ` ${attempts} times in a row`;
  return new RecordError(
    'UNREACHABLE',
    `${url} could not be reached${often} (${reason}). Is the API running there? ` +
      'What was acknowledged is stored; the same command continues after it.',
    { cause },
  );
}
