/** A real PostgreSQL in a directory of the user's, shared by every process that asks for it. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError } from '../error/DatabaseError.ts';
import { attach } from './attach.ts';
import { type Cluster, ensureCluster, superuser } from './cluster.ts';
import { findPostmaster, signal, waitUntilGone } from './postmaster.ts';
import { databaseName, type Presence } from './presence.ts';

export interface EmbeddedPostgres {
  /** For `openDatabase`; has the password. */
  readonly url: string;
  /** Gives the server up; the last process that does so stops it and waits for its end. A second call does nothing. */
  stop(): Promise<void>;
}

/** A fast shutdown that takes longer than this, in milliseconds, is made an immediate one. */
const patience = 20_000;

/**
 * Joins the PostgreSQL that runs on `dataDirectory`, or starts it there, making its files on first use. It listens on a
 * free port of the loopback interface only, and asks for a password that is kept in the directory (mode 0600). When it
 * is killed while in use, it is started again on the same port; nothing that was committed is lost.
 * @throws DatabaseError DATA_DIRECTORY, EMBEDDED_UNAVAILABLE.
 */
export async function startEmbeddedPostgres(options: { readonly dataDirectory: string }): Promise<EmbeddedPostgres> {
  const cluster = await ensureCluster(path.resolve(options.dataDirectory));
  const first = await attach(cluster);
  const url = `postgres://${superuser}:${cluster.password}@127.0.0.1:${first.port}/${databaseName}`;
  const stay = keepAttached(cluster, first);
  let stopped: Promise<void> | undefined;
  return { url, stop: () => (stopped ??= stay.end()) };
}

/** Holds a presence, and brings the server back when it is lost. */
function keepAttached(cluster: Cluster, first: Presence): { end(): Promise<void> } {
  let ending = false;
  let presence: Presence | undefined = first;
  let revival: Promise<void> = Promise.resolve();

  const watch = (watched: Presence): void => {
    void watched.ended.then(() => {
      if (ending) return;
      presence = undefined;
      revival = revive(watched.port);
    });
  };

  const revive = async (port: number): Promise<void> => {
    for (let pause = 100; !ending; pause = Math.min(2 * pause, 30_000)) {
      try {
        presence = await attach(cluster, port);
        watch(presence);
        return;
      } catch {
        // Queries meanwhile say that the server cannot be reached.
        await sleep(pause, undefined, { ref: false });
      }
    }
  };

  watch(first);
  return {
    async end() {
      ending = true;
      if (presence === undefined) await revival;
      if (presence !== undefined) await leave(cluster, presence);
    },
  };
}

async function leave(cluster: Cluster, presence: Presence): Promise<void> {
  try {
    // A connection that is gone has left already.
    const last = await presence.leave().catch(() => false);
    if (last) await shutDown(cluster);
  } finally {
    await presence.close();
  }
}

async function shutDown(cluster: Cluster): Promise<void> {
  const running = await findPostmaster(cluster.directory);
  if (running === null) return;
  for (const name of ['INT', 'QUIT'] as const) {
    await signal(running.pid, name, cluster.binaries.pgCtl);
    if (await waitUntilGone(running.pid, patience)) return;
  }
  throw new DatabaseError(
    'EMBEDDED_UNAVAILABLE',
    `The embedded PostgreSQL (process ${running.pid}) does not stop; its log is ${cluster.logFile}.`,
  );
}
