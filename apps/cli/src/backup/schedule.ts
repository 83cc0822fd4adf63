/** Backups in a folder, one every so often, the oldest removed. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';

/** Named by when it was begun, so that the names sort by age. */
const backupName = /^ritz-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z\.jsonl\.gz$/;

function nameAt(time: Date): string {
  return `ritz-${time.toISOString().replaceAll(/[:.]/g, '-')}.jsonl.gz`;
}

/** The backups of the folder, oldest first; other files are none. */
async function backupsIn(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return (await readdir(folder)).filter((name) => backupName.test(name)).sort();
}

export interface Schedule {
  /** Milliseconds from one backup to the next. */
  readonly every: number;
  /** Backups that are kept. */
  readonly keep: number;
}

/** Milliseconds until the next one is due; 0 = now. */
export async function untilDue(folder: string, { every }: Schedule, now: Date): Promise<number> {
  const newest = (await backupsIn(folder)).at(-1);
  if (newest === undefined) return 0;
  const [day = '', time = ''] = newest.slice('ritz-'.length, -'.jsonl.gz'.length).split('T');
  const [hour, minute, second, rest] = time.split('-');
  const begun = Date.parse(`${day}T${String(hour)}:${String(minute)}:${String(second)}.${String(rest)}`);
  return Math.max(0, begun + every - now.getTime());
}

/** Writes the backup that is due, then removes the oldest beyond those that are kept. Returns the new file. */
export async function backUp(
  folder: string,
  { keep }: Schedule,
  now: Date,
  write: (file: string) => Promise<unknown>,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, nameAt(now));
  await write(file);
  const all = await backupsIn(folder);
  for (const name of all.slice(0, Math.max(0, all.length - keep))) await rm(path.join(folder, name), { force: true });
  return file;
}
