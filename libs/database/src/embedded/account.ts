/**
 * Who PostgreSQL runs as. It refuses to run as root, so a root process wraps it in a user namespace, in which root's
 * files belong to an ordinary user; where namespaces are not allowed it runs as an unprivileged user.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';
import { DatabaseError } from '../error/DatabaseError.ts';

const execute = promisify(execFile);

export interface Account {
  /** For messages. */
  readonly description: string;
  /** The user and group that must own the server's files, when they are not this process's own. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
  /** The command line that runs `program` under this account. */
  command(program: string, args: readonly string[]): { readonly file: string; readonly args: readonly string[] };
}

const own: Account = {
  description: 'this user',
  owner: null,
  command: (file, args) => ({ file, args }),
};

/** initdb looks its user up, so the user it is to see must have an entry in the user database. */
function namespace(): Account {
  const user = String(someOrdinaryUser());
  return {
    description: 'a user namespace',
    owner: null,
    command: (program, args) => ({
      file: 'unshare',
      args: ['--user', `--map-user=${user}`, `--map-group=${user}`, program, ...args],
    }),
  };
}

function otherUser(uid: number, gid: number): Account {
  return {
    description: `user ${uid}`,
    owner: { uid, gid },
    command: (file, args) => ({ file, args }),
  };
}

function someOrdinaryUser(): number {
  try {
    const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
    return lines.map((line) => Number(line.split(':')[2])).find((uid) => uid > 0) ?? 1000;
  } catch {
    return 1000;
  }
}

/** The accounts to try, best first. `clusterOwner`: the user that the server's files belong to, if there are any. */
export function candidates(clusterOwner: { readonly uid: number; readonly gid: number } | null): Account[] {
  const uid = process.geteuid?.();
  if (uid === undefined) return [own];
  if (uid !== 0) return hasEntry() ? [own] : [namespace(), own];
  if (clusterOwner !== null && clusterOwner.uid !== 0) return [otherUser(clusterOwner.uid, clusterOwner.gid)];
  if (clusterOwner !== null) return [namespace()];
  const [sudoUid, sudoGid] = [Number(process.env['SUDO_UID']), Number(process.env['SUDO_GID'])];
  const behindSudo = sudoUid > 0 && sudoGid > 0 ? [otherUser(sudoUid, sudoGid)] : [];
  return [namespace(), ...behindSudo, otherUser(65534, 65534)];
}

function hasEntry(): boolean {
  try {
    userInfo();
    return true;
  } catch {
    return false;
  }
}

export interface RunnableAccount {
  readonly account: Account;
  /** Major version of the binaries. */
  readonly major: string;
}

/**
 * The first of the accounts under which `postgres` runs.
 * @throws DatabaseError EMBEDDED_UNAVAILABLE with what was tried.
 */
export async function chooseAccount(postgres: string, accounts: readonly Account[]): Promise<RunnableAccount> {
  const failures: string[] = [];
  for (const account of accounts) {
    const { file, args } = account.command(postgres, ['--version']);
    try {
      const { stdout } = await execute(file, args, { ...account.owner, cwd: '/', env: serverEnvironment() });
      const major = /PostgreSQL\) (\d+)/.exec(stdout)?.[1];
      if (major !== undefined) return { account, major };
      failures.push(`as ${account.description}: unexpected answer ${JSON.stringify(stdout.trim())}`);
    } catch (error) {
      const reason = error instanceof Error ? lastLine(error.message) : String(error);
      failures.push(`as ${account.description}: ${reason}`);
    }
  }
  throw new DatabaseError(
    'EMBEDDED_UNAVAILABLE',
    `The embedded PostgreSQL cannot run on this machine (${failures.join('; ')}). ` +
      'Run Ritz as an ordinary user, reinstall the dependencies, or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? '';
}

/** This process's environment without what would redirect PostgreSQL, with messages in English. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('PG') && name !== 'LANGUAGE');
  return { ...Object.fromEntries(inherited), LC_ALL: 'C' };
}
