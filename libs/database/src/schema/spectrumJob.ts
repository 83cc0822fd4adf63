/**
 * Spectra that were asked for, and the parts they are measured in: groups of probes, and last the assembly of what they
 * measured. Who works on a part holds a lease; the queue itself (pg-boss, in a schema of its own) decides who gets it next.
 */
import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { jobStatuses, type SpectrumRequest } from '@ritz/records';
import type { PartResult } from '../jobs/PartResult.ts';
import { run } from './run.ts';
import { worker } from './worker.ts';

export const jobStatus = pgEnum('job_status', jobStatuses);

export const spectrumJob = pgTable(
  'spectrum_job',
  {
    // Made by the client; the spectrum is recorded under it.
    id: uuid('id').primaryKey(),
    runId: uuid('run_id')
      .notNull()
      .references(() => run.id, { onDelete: 'cascade' }),
    stepNumber: integer('step_number').notNull(),
    request: jsonb('request').$type<SpectrumRequest>().notNull(),
    status: jobStatus('status').notNull().default('queued'),
    // Why it failed, in words for people.
    failure: text('failure'),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
    finishedAt: timestamp('finished_at', { withTimezone: true, precision: 3 }),
  },
  (table) => [
    index('spectrum_job_created_at').on(table.createdAt, table.id),
    index('spectrum_job_status').on(table.status),
    index('spectrum_job_run').on(table.runId),
  ],
);

export const spectrumPart = pgTable(
  'spectrum_part',
  {
    jobId: uuid('job_id').notNull(),
    // 0, 1, … for the groups of probes; the last one is the assembly and has no probes.
    index: integer('index').notNull(),
    firstProbe: integer('first_probe').notNull(),
    probeCount: integer('probe_count').notNull(),
    status: jobStatus('status').notNull().default('queued'),
    // Its entry in the queue.
    queueId: uuid('queue_id').notNull(),
    attempts: integer('attempts').notNull().default(0),
    lease: uuid('lease'),
    leaseUntil: timestamp('lease_until', { withTimezone: true, precision: 3 }),
    workerId: uuid('worker_id').references(() => worker.id, { onDelete: 'set null' }),
    startedAt: timestamp('started_at', { withTimezone: true, precision: 3 }),
    finishedAt: timestamp('finished_at', { withTimezone: true, precision: 3 }),
    stepsDone: integer('steps_done').notNull().default(0),
    // The Lanczos step that the last attempt went on from; null = it began at the beginning.
    resumedFrom: integer('resumed_from'),
    // The lease that saved the state which the next attempt goes on from, and its length.
    savedLease: uuid('saved_lease'),
    savedBytes: bigint('saved_bytes', { mode: 'number' }),
    result: jsonb('result').$type<PartResult>(),
    failure: text('failure'),
  },
  (table) => [
    primaryKey({ columns: [table.jobId, table.index] }),
    foreignKey({ name: 'spectrum_part_job', columns: [table.jobId], foreignColumns: [spectrumJob.id] }).onDelete(
      'cascade',
    ),
    index('spectrum_part_lease_until')
      .on(table.leaseUntil)
      .where(sql`${table.status} = 'running'`),
    index('spectrum_part_worker').on(table.workerId),
    check('spectrum_part_probes', sql`${table.index} >= 0 and ${table.firstProbe} >= 0 and ${table.probeCount} >= 0`),
  ],
);
