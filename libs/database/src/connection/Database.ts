/** An open database: what every repository function takes first. */
import type { PgDatabase } from 'drizzle-orm/pg-core';
import type { NodePgQueryResultHKT } from 'drizzle-orm/node-postgres';
import type { Pool } from 'pg';
import type { Access } from '../access/Access.ts';
import type { RunChanges } from './RunChanges.ts';

/** The pool's query builder, or that of one transaction. */
export type Executor = PgDatabase<NodePgQueryResultHKT>;

export interface Database {
  readonly orm: Executor;
  readonly pool: Pool;
  /** `host:port/database as user`, for messages: never the password. */
  readonly address: string;
  /** What may be seen and done through it; see `withAccess`. */
  readonly access: Access;
  /** Which runs are written to, by any process. */
  readonly changes: RunChanges;
  /** Which jobs of the queue are written to. */
  readonly jobChanges: RunChanges;
  /** Closes every connection; queries in flight are awaited. A second call does nothing. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Most connections at once. Default 10. */
  readonly connections?: number;
  /** Longest wait for a connection, in milliseconds. Default 10 000. */
  readonly timeout?: number;
  /** Longest time for one statement, in milliseconds. Default: none. */
  readonly statementTimeout?: number;
  /** Called with the text of every statement, before it is sent. */
  readonly onStatement?: (statement: string) => void;
}
