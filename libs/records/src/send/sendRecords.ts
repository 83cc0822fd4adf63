/** Sends a few records to an API at once, all of which it must accept. */
import type { LineKind, RecordLine } from '../line/line.ts';
import { RecordError } from '../RecordError.ts';
import type { Refused } from './IngestAnswer.ts';
import { sendLines, type Target } from './sendLines.ts';

const names: Readonly<Record<LineKind, string>> = {
  run: 'the run',
  step: 'a step',
  spectrum: 'the spectrum',
  overlap: 'a gradient overlap',
  rewind: 'a rewind',
  finish: 'the end of the run',
};

/** @throws RecordError NOT_ACCEPTED with the API's own words when it refuses a record; UNREACHABLE. */
export async function sendRecords(target: Target, records: readonly RecordLine[]): Promise<void> {
  const refused: Refused[] = [];
  try {
    await sendLines(target, written(records), (answer) => {
      if (answer.status === 'REFUSED') refused.push(answer);
    });
  } catch (cause) {
    if (cause instanceof RecordError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RecordError('UNREACHABLE', `${target.url} could not be reached (${reason}). Is the API running there?`, {
      cause,
    });
  }
  const [first] = refused;
  if (!first) return;
  const kind = records[first.line - 1]?.kind ?? 'run';
  throw new RecordError('NOT_ACCEPTED', `The API refused ${names[kind]} (${first.code}): ${first.message}`);
}

async function* written(records: readonly RecordLine[]): AsyncGenerator<Buffer, void> {
  for (const record of records) yield Buffer.from(JSON.stringify(record));
}
