/** Takes in lines of the interchange format, many at a time: each is stored once, however often it is sent. */
import { checkLine, readLine, type Line, type LineKind, type LineOf } from '@ritz/records';
import { requireScope } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { transaction } from '../connection/execute.ts';
import { DatabaseError, type DatabaseErrorCode } from '../error/DatabaseError.ts';
import { asDatabaseError } from '../input/parse.ts';
import { writeOverlaps } from '../overlaps/write.ts';
import { finish } from '../runs/change.ts';
import { createChecked } from '../runs/create.ts';
import { get } from '../runs/find.ts';
import { rewind } from '../runs/rewind.ts';
import { spectrumRows } from '../spectra/SpectrumRows.ts';
import { writeSpectra } from '../spectra/write.ts';
import type { Contradicted } from '../steps/contradicted.ts';
import { writeSteps } from '../steps/write.ts';

/** What became of one line, at the same position as the line. `UPDATED`: numbers of a step were filled in. */
export type LineResult =
  { readonly status: 'CREATED' | 'UPDATED' | 'UNCHANGED'; readonly kind: LineKind; readonly id: string } | Refusal;

/** Why a line was not stored. */
interface Refusal {
  readonly status: 'REFUSED';
  readonly kind: LineKind | null;
  readonly code: DatabaseErrorCode;
  readonly field: readonly string[] | null;
  readonly message: string;
}

/** A line that was read and checked, or why it is refused. */
export type CheckedLine = { readonly line: Line } | { readonly refusal: Refusal };

/** Faults of a line itself; all others, such as a lost connection, are faults of the whole call. */
const lineFaults: ReadonlySet<DatabaseErrorCode> = new Set([
  'NOT_FOUND',
  'CONFLICT',
  'FORBIDDEN',
  'NON_FINITE',
  'INVALID',
]);

interface Placed<Kind extends LineKind> {
  readonly at: number;
  readonly line: LineOf<Kind>;
}

/**
 * Reads and checks lines: what of the work needs no database.
 * @param lines each a line of text, or the object that was on it.
 */
export function readLines(lines: readonly unknown[]): CheckedLine[] {
  return lines.map((given) => {
    try {
      return { line: asDatabaseError(() => (typeof given === 'string' ? readLine(given) : checkLine(given))) };
    } catch (error) {
      return { refusal: refusal(error, null) };
    }
  });
}

/**
 * Reads lines and stores what is new among them: `readLines`, then `storeLines`.
 * @throws DatabaseError FORBIDDEN without WRITE; UNREACHABLE and other faults of the server.
 */
export async function ingest(database: Database, lines: readonly unknown[]): Promise<LineResult[]> {
  requireScope(database, 'write');
  return storeLines(database, readLines(lines));
}

/**
 * Stores what is new among the lines: runs first, then steps, spectra, overlaps and ends of runs, whatever their order; but what
 * stands before a rewind is stored before it, and what stands behind it after it. A result says that its line is committed; after
 * an error any line may be sent again. About 100 spectra at a time are quickest.
 * @throws DatabaseError FORBIDDEN without WRITE; UNREACHABLE and other faults of the server.
 */
export async function storeLines(database: Database, lines: readonly CheckedLine[]): Promise<LineResult[]> {
  requireScope(database, 'write');
  const results = new Map<number, LineResult>();
  const read: ReadLine[] = [];
  lines.forEach((one, at) => {
    if ('line' in one) read.push({ at, line: one.line });
    else results.set(at, one.refusal);
  });
  for (const stretch of betweenRewinds(read)) await storeStretch(database, stretch, results);
  return lines.map(
    (_, at) => results.get(at) ?? refusal(new DatabaseError('INVALID', 'The line could not be read.'), null),
  );
}

interface ReadLine {
  readonly at: number;
  readonly line: Line;
}

/** A rewind alone, and what stands between two of them together. */
function betweenRewinds(read: readonly ReadLine[]): ReadLine[][] {
  const stretches: ReadLine[][] = [[]];
  for (const one of read) {
    if (one.line.kind === 'rewind') stretches.push([one], []);
    else stretches.at(-1)?.push(one);
  }
  return stretches.filter((stretch) => stretch.length > 0);
}

async function storeStretch(
  database: Database,
  read: readonly ReadLine[],
  results: Map<number, LineResult>,
): Promise<void> {
  const of = <Kind extends LineKind>(kind: Kind): Placed<Kind>[] =>
    read.flatMap(({ at, line }) => (isKind(line, kind) ? [{ at, line }] : []));

  for (const { at, line } of of('run')) results.set(at, await attempt('run', () => ingestRun(database, line)));
  for (const { at, line } of of('rewind')) {
    results.set(at, await attempt('rewind', () => ingestRewind(database, line)));
  }
  const contradicted: Contradicted = new Map();
  await together(of('step'), (some) => ingestSteps(database, some, contradicted), results);
  const trusted = before(of('spectrum'), of('step'), results, contradicted);
  await together(of('spectrum'), (some) => ingestSpectra(database, some, trusted), results);
  await together(of('overlap'), (some) => ingestOverlaps(database, some), results);
  for (const { at, line } of of('finish')) results.set(at, await attempt('finish', () => ingestFinish(database, line)));
}

/** Spectra of runs that were contradicted by these lines, which stand before the line that did it. */
function before(
  spectra: readonly Placed<'spectrum'>[],
  steps: readonly Placed<'step'>[],
  results: ReadonlyMap<number, LineResult>,
  contradicted: Contradicted,
): ReadonlySet<LineOf<'spectrum'>> {
  if (contradicted.size === 0) return new Set();
  const firstRefused = new Map<string, number>();
  for (const { at, line } of steps) {
    const result = results.get(at);
    if (result?.status !== 'REFUSED' || result.code !== 'CONFLICT' || firstRefused.has(line.runId)) continue;
    firstRefused.set(line.runId, at);
  }
  const stoodBefore = ({ at, line: { runId } }: Placed<'spectrum'>): boolean =>
    contradicted.has(runId) && at < (firstRefused.get(runId) ?? -1);
  return new Set(spectra.filter(stoodBefore).map(({ line }) => line));
}

function isKind<Kind extends LineKind>(line: Line, kind: Kind): line is LineOf<Kind> {
  return line.kind === kind;
}

/** All in one transaction; one by one when the server refuses them together, so that one bad line fails alone. */
async function together<Kind extends LineKind>(
  placed: readonly Placed<Kind>[],
  write: (some: readonly LineOf<Kind>[]) => Promise<LineResult[]>,
  results: Map<number, LineResult>,
): Promise<void> {
  const [first] = placed;
  if (first === undefined) return;
  try {
    const written = await write(placed.map(({ line }) => line));
    written.forEach((result, index) => results.set(placed[index]?.at ?? 0, result));
  } catch (error) {
    if (!isLineFault(error)) throw error;
    if (placed.length === 1) results.set(first.at, refusal(error, first.line.kind));
    else for (const one of placed) await together([one], write, results);
  }
}

async function ingestRun(database: Database, line: LineOf<'run'>): Promise<LineResult> {
  const { v: _v, kind, createdAt, editedAt, archived, supersededAt, ...run } = line;
  const origin = {
    ...(createdAt && { createdAt }),
    ...(editedAt && { editedAt }),
    ...(archived && { archived }),
    ...(supersededAt && { supersededAt }),
  };
  const { created } = await createChecked(database, run, origin);
  return { status: created ? 'CREATED' : 'UNCHANGED', kind, id: line.id };
}

async function ingestFinish(
  database: Database,
  { kind, runId, status, finishedAt }: LineOf<'finish'>,
): Promise<LineResult> {
  if (status === 'interrupted') {
    // A run that was interrupted and went on to its end is sent again with both lines.
    const { id, status: now } = await get(database, runId);
    if (now !== 'running') return { status: 'UNCHANGED', kind, id };
  }
  const { run, changed } = await finish(database, runId, status, finishedAt);
  return { status: changed ? 'UPDATED' : 'UNCHANGED', kind, id: run.id };
}

async function ingestRewind(database: Database, { kind, id, runId, step }: LineOf<'rewind'>): Promise<LineResult> {
  const { changed } = await rewind(database, { id, runId, step });
  return { status: changed ? 'CREATED' : 'UNCHANGED', kind, id };
}

function ingestSteps(
  database: Database,
  lines: readonly LineOf<'step'>[],
  contradicted: Contradicted,
): Promise<LineResult[]> {
  const steps = lines.map(({ v: _v, kind: _kind, ...step }) => step);
  return transaction(database, async (orm) =>
    (await writeSteps(database, orm, steps, contradicted)).map((written): LineResult =>
      written.status === 'REFUSED'
        ? refusal(written.error, 'step')
        : { status: written.status, kind: 'step', id: written.step.id },
    ),
  );
}

function ingestSpectra(
  database: Database,
  lines: readonly LineOf<'spectrum'>[],
  trusted: ReadonlySet<LineOf<'spectrum'>>,
): Promise<LineResult[]> {
  const spectra = lines.map(({ v: _v, kind: _kind, createdAt, ...spectrum }) => ({
    ...spectrumRows(spectrum),
    createdAt,
  }));
  const stoodBefore = new Set(spectra.filter((_, at) => lines[at] && trusted.has(lines[at])));
  return transaction(database, async (orm) =>
    (await writeSpectra(database, orm, spectra, stoodBefore)).map((written): LineResult =>
      written.status === 'REFUSED'
        ? refusal(written.error, 'spectrum')
        : { status: written.status, kind: 'spectrum', id: written.spectrum.id },
    ),
  );
}

function ingestOverlaps(database: Database, lines: readonly LineOf<'overlap'>[]): Promise<LineResult[]> {
  return transaction(database, async (orm) =>
    (await writeOverlaps(database, orm, lines)).map((written): LineResult =>
      written.status === 'REFUSED'
        ? refusal(written.error, 'overlap')
        : { status: written.status, kind: 'overlap', id: written.spectrumId },
    ),
  );
}

async function attempt(kind: LineKind, work: () => Promise<LineResult>): Promise<LineResult> {
  try {
    return await work();
  } catch (error) {
    return refusal(error, kind);
  }
}

function isLineFault(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && (lineFaults.has(error.code) || error.code === 'QUERY_FAILED');
}

function refusal(error: unknown, kind: LineKind | null): Refusal {
  if (!(error instanceof DatabaseError) || !lineFaults.has(error.code)) throw error;
  const { code, field, message } = error;
  return { status: 'REFUSED', kind, code, field, message };
}
