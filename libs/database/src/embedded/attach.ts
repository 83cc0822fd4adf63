/** Joins the server that runs on a cluster, or starts it: whichever of several processes is first starts it for all. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError } from '../error/DatabaseError.ts';
import type { Cluster } from './cluster.ts';
import { diagnose, freePort, launch, type Launched } from './launch.ts';
import { findPostmaster, removeStaleLock } from './postmaster.ts';
import { join, NotReady, type Presence } from './presence.ts';

/** Longest silence, and longest recovery of a server that says it is at work, in milliseconds. */
const silence = 60_000;
const recovery = 600_000;

/** @param preferred the port to start on if the server must be started; any free one without it. */
export async function attach(cluster: Cluster, preferred?: number): Promise<Presence> {
  const began = Date.now();
  let deadline = began + silence;
  let port = preferred;
  let launched: Launched | undefined;
  for (;;) {
    const running = await findPostmaster(cluster.directory);
    if (running === null && (launched === undefined || launched.outcome() !== null)) {
      const why = launched === undefined ? undefined : await diagnose(cluster, launched);
      if (why instanceof DatabaseError) throw why;
      if (why !== undefined) await sleep(100);
      await removeStaleLock(cluster.directory);
      port = port === undefined || why === 'PORT_TAKEN' ? await freePort() : port;
      launched = await launch(cluster, port);
    } else if (running !== null && running.port !== null) {
      try {
        return await join(running.port, cluster.password);
      } catch (error) {
        if (!(error instanceof NotReady)) throw error;
        if (error.answered) deadline = Math.min(Date.now() + silence, began + recovery);
      }
    }
    if (Date.now() > deadline) {
      throw new DatabaseError(
        'EMBEDDED_UNAVAILABLE',
        `The embedded PostgreSQL in ${cluster.directory} did not answer within ${Math.round((deadline - began) / 1000)} s ` +
          `(its log: ${cluster.logFile}). Stop the process named in postmaster.pid there, or set DATABASE_URL.`,
      );
    }
    await sleep(20);
  }
}
