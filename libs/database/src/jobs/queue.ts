/**
 * The queue: pg-boss in a schema of its own of the same database, one queue for each engine. It says who gets what next, waits
 * longer after every failure, and puts what failed too often aside; leases and results are in our own tables, and both change in
 * one transaction.
 */
import { engineNames } from '@ritz/records';
import PgBoss from 'pg-boss';
import type { PoolClient } from 'pg';
import type { Database } from '../connection/Database.ts';
import { translate } from '../connection/translate.ts';

/** The schema of pg-boss. */
export const queueSchema = 'ritz_queue';
const deadLetters = 'spectra-given-up';

/** Attempts after the first, the seconds before the second, doubled with each one: the last is some four minutes after the first. */
const retryLimit = 7;
const retryDelay = 1;
/** Leases end long before: nothing expires by the time since its start. */
const expireInSeconds = 10 * 365 * 24 * 3600;
/** Nor does anything that waits. */
const retentionMinutes = expireInSeconds / 60;

/** PostgreSQL's code, and how often a queue is tried to be made. */
const deadlockDetected = '40P01';
const mostAttempts = 10;

export interface QueueEntry {
  readonly id: string;
  readonly engine: string;
  readonly jobId: string;
  readonly index: number;
}

/** Every function takes part in the transaction of the client. */
export interface Queue {
  add(client: PoolClient, entries: readonly QueueEntry[]): Promise<void>;
  /** The next entry, locked for this transaction; `null` when nothing is due. */
  next(client: PoolClient, engine: string): Promise<QueueEntry | null>;
  complete(client: PoolClient, entry: QueueEntry): Promise<void>;
  /** Puts it back for a later attempt; false when there were enough, and it was put aside. */
  fail(client: PoolClient, entry: QueueEntry, message: string): Promise<boolean>;
  /** Puts it aside at once. */
  giveUp(client: PoolClient, entry: QueueEntry): Promise<void>;
  /** Back to the front, to be taken at once. */
  release(client: PoolClient, entry: QueueEntry): Promise<void>;
  cancel(client: PoolClient, entry: QueueEntry): Promise<void>;
}

const queues = new WeakMap<Database['pool'], Promise<Queue>>();

/** The queue of a database, made when it is first asked for; `engine`'s own queue is there once this resolves. */
export async function queueOf(database: Database, engine: string): Promise<Queue> {
  const { pool, address } = database;
  try {
    const opening = queues.get(pool) ?? open(pool);
    queues.set(pool, opening);
    opening.catch(() => queues.delete(pool));
    const queue = await opening;
    await ensure(pool, engine);
    return queue;
  } catch (error) {
    throw translate(error, address);
  }
}

/** Makes the queues of every engine, for servers that may make no tables. */
export async function prepareQueues(database: Database): Promise<void> {
  for (const engine of engineNames) await queueOf(database, engine);
}

function queueName(engine: string): string {
  return `spectra-${engine}`;
}

const bosses = new WeakMap<Database['pool'], { readonly boss: PgBoss; readonly known: Set<string> }>();

async function open(pool: Database['pool']): Promise<Queue> {
  const boss = new PgBoss({ schema: queueSchema, db: pgBossDb(pool), supervise: false, schedule: false });
  boss.on('error', () => undefined); // each call reports its own
  await boss.start();
  await makeQueue(boss, deadLetters);
  bosses.set(pool, { boss, known: new Set() });
  return transactional(boss);
}

async function ensure(pool: Database['pool'], engine: string): Promise<void> {
  const state = bosses.get(pool);
  if (!state || state.known.has(engine)) return;
  await makeQueue(state.boss, queueName(engine));
  state.known.add(engine);
}

/**
 * Does nothing for one that is there. Processes that make queues of a new database at once lock each other out, as pg-boss first
 * writes to a table and then locks it exclusively: PostgreSQL ends all but one after a second, and those try again.
 */
async function makeQueue(boss: PgBoss, name: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await boss.createQueue(name, { name, retentionMinutes });
    } catch (error) {
      const isDeadlock = error instanceof Error && 'code' in error && error.code === deadlockDetected;
      if (!isDeadlock || attempt === mostAttempts) throw error;
    }
  }
}

/** Removes what was completed long ago from the queue's own tables. */
export async function tidyQueue(database: Database): Promise<void> {
  await bosses.get(database.pool)?.boss.maintain();
}

function pgBossDb(client: Pick<PoolClient, 'query'>): PgBoss.Db {
  return { executeSql: (text, values) => client.query(text, values) };
}

function transactional(boss: PgBoss): Queue {
  const on = (client: PoolClient): { db: PgBoss.Db } => ({ db: pgBossDb(client) });
  const insert = (client: PoolClient, name: string, entries: readonly QueueEntry[]): Promise<void> =>
    boss.insert(
      entries.map(({ id, ...data }) => ({
        ...{ id, name, data, retryLimit, retryDelay, retryBackoff: true, expireInSeconds },
        ...(name !== deadLetters && { deadLetter: deadLetters }),
      })),
      on(client),
    );
  const cancel = (client: PoolClient, { id, engine }: QueueEntry): Promise<void> =>
    boss.cancel(queueName(engine), id, on(client));
  return {
    add: async (client, entries) => {
      const [first] = entries;
      if (first) await insert(client, queueName(first.engine), entries);
    },
    next: async (client, engine) => {
      const [job] = await boss.fetch<Omit<QueueEntry, 'id'>>(queueName(engine), { batchSize: 1, ...on(client) });
      return job ? { id: job.id, ...job.data } : null;
    },
    complete: (client, { id, engine }) => boss.complete(queueName(engine), id, {}, on(client)),
    fail: async (client, { id, engine }, message) => {
      await boss.fail(queueName(engine), id, { message }, on(client));
      const job = await boss.getJobById(queueName(engine), id, { includeArchive: false, ...on(client) });
      return job?.state === 'retry';
    },
    giveUp: async (client, entry) => {
      await cancel(client, entry);
      await insert(client, deadLetters, [entry]);
    },
    release: async (client, entry) => {
      await cancel(client, entry);
      await boss.resume(queueName(entry.engine), entry.id, on(client));
    },
    cancel,
  };
}
