/**
 * The server's files: made once by initdb under another name and moved into place whole, so that a crash or a rival
 * process never leaves half of them.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chown,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { DatabaseError } from '../error/DatabaseError.ts';
import { type Account, candidates, chooseAccount, serverEnvironment } from './account.ts';
import { type Binaries, findBinaries } from './binaries.ts';

const execute = promisify(execFile);

export interface Cluster {
  /** Absolute, without symbolic links. */
  readonly directory: string;
  readonly logFile: string;
  readonly password: string;
  readonly account: Account;
  readonly binaries: Binaries;
}

export const superuser = 'ritz';

const passwordFile = 'ritz.password';

/** An unfinished directory this old, in milliseconds, was left by a process that was killed. */
const abandonedAfter = 10 * 60_000;

/**
 * Finds the cluster in the data directory, or makes it.
 * @throws DatabaseError DATA_DIRECTORY naming it when it cannot be used; EMBEDDED_UNAVAILABLE when PostgreSQL cannot run.
 */
export async function ensureCluster(dataDirectory: string): Promise<Cluster> {
  const binaries = await findBinaries();
  const parent = await usable(dataDirectory, async () => {
    await mkdir(dataDirectory, { recursive: true });
    await removeAbandoned(dataDirectory);
    return realpath(dataDirectory);
  });
  const directory = path.join(parent, 'postgres');
  const existing = await usable(dataDirectory, () => findExisting(directory));
  const { account, major } = await chooseAccount(binaries.postgres, candidates(existing));
  if (existing === null) await usable(dataDirectory, () => initialise(parent, directory, binaries, account));
  const [version, password] = await usable(dataDirectory, () =>
    Promise.all([
      readFile(path.join(directory, 'PG_VERSION'), 'utf8'),
      readFile(path.join(directory, passwordFile), 'utf8'),
    ]),
  );
  if (version.trim() !== major) {
    throw unusable(
      dataDirectory,
      `its data was written by PostgreSQL ${version.trim()}, and this release brings PostgreSQL ${major}: \`ritz backup\` with the release before and \`ritz restore\` with this one move it`,
    );
  }
  return { directory, logFile: path.join(parent, 'postgres.log'), password: password.trim(), account, binaries };
}

/** The owner of the cluster's files; `null` when there are none yet. */
async function findExisting(directory: string): Promise<{ uid: number; gid: number } | null> {
  try {
    if ((await readdir(directory)).length === 0) return null;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
  const { uid, gid } = await stat(directory);
  return { uid, gid };
}

async function initialise(parent: string, directory: string, binaries: Binaries, account: Account): Promise<void> {
  const workshop = await mkdtemp(path.join(parent, 'postgres.new-'));
  try {
    const [made, secret] = [path.join(workshop, 'data'), path.join(workshop, passwordFile)];
    await writeFile(secret, randomBytes(32).toString('hex'), { mode: 0o600, flush: true });
    if (account.owner !== null) {
      for (const file of [workshop, secret]) await chown(file, account.owner.uid, account.owner.gid);
    }
    const { file, args } = account.command(binaries.initdb, [
      `--pgdata=${made}`,
      `--username=${superuser}`,
      `--pwfile=${secret}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ]);
    await execute(file, args, { ...account.owner, cwd: path.parse(made).root, env: serverEnvironment() });
    await rename(secret, path.join(made, passwordFile));
    await rename(made, directory).catch((error: unknown) => {
      // A rival process was first; its cluster is as good as this one.
      if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(codeOf(error) ?? '')) throw error;
    });
    await synchronise(parent);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

async function removeAbandoned(parent: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith('postgres.new-'));
  for (const name of names) {
    const age = await stat(path.join(parent, name)).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > abandonedAfter) await rm(path.join(parent, name), { recursive: true, force: true });
  }
}

/** Makes a rename inside `directory` survive a power cut. */
async function synchronise(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function usable<Result>(dataDirectory: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DatabaseError) throw error;
    throw unusable(dataDirectory, reasonOf(error), error);
  }
}

/** A DATA_DIRECTORY error that names the directory and what to do. */
export function unusable(dataDirectory: string, reason: string, cause?: unknown): DatabaseError {
  return new DatabaseError(
    'DATA_DIRECTORY',
    `The data directory ${dataDirectory} cannot be used: ${reason}. ` +
      'Set RITZ_DATA to a directory that can be written, or DATABASE_URL to a PostgreSQL of your own.',
    { cause },
  );
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'its file system is read-only',
  ENOSPC: 'its disk is full',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'it is a file',
  ENOENT: 'a part of what should be in it is missing',
};

function reasonOf(error: unknown): string {
  const known = reasons[codeOf(error) ?? ''];
  if (known !== undefined) return known;
  if (!(error instanceof Error)) return String(error);
  const said = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr : error.message;
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  return (lines.find((line) => /error:|fatal/i.test(line)) ?? lines.at(-1) ?? 'unknown').trim();
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
