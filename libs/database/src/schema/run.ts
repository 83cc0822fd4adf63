/** Runs: one training of one network, with every setting that two runs can differ in. */
import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, jsonb, pgEnum, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { batchNormModes, normalisations, runStatuses, type RunConfig, type Schedule } from '@ritz/records';
import { experiment } from './experiment.ts';

export const runStatus = pgEnum('run_status', runStatuses);
export const batchNormMode = pgEnum('batch_norm_mode', batchNormModes);
export const normalisation = pgEnum('normalisation', normalisations);

export const run = pgTable(
  'run',
  {
    id: uuid('id').primaryKey(),
    experimentId: uuid('experiment_id')
      .notNull()
      .references(() => experiment.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    status: runStatus('status').notNull().default('running'),
    architecture: text('architecture').notNull(),
    dataset: text('dataset').notNull(),
    batchNorm: batchNormMode('batch_norm').notNull().default('none'),
    // null = not said.
    normalisation: normalisation('normalisation'),
    residual: boolean('residual').notNull().default(false),
    optimiser: text('optimiser').notNull(),
    schedule: jsonb('schedule').$type<Schedule>().notNull(),
    seed: bigint('seed', { mode: 'number' }).notNull(),
    classes: integer('classes'),
    parameterCount: bigint('parameter_count', { mode: 'number' }),
    plannedSteps: integer('planned_steps'),
    gitRevision: text('git_revision'),
    engine: text('engine'),
    config: jsonb('config').$type<RunConfig>().notNull().default({}),
    // Sorted, each once.
    tags: text('tags')
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    notes: text('notes'),
    // Of a fork, and of what a rewind superseded. No foreign key: a parent may be sent later, or have been deleted.
    parentId: uuid('parent_id'),
    parentStep: integer('parent_step'),
    // When a rewind of the parent superseded it; null = a run as any other.
    supersededAt: timestamp('superseded_at', { withTimezone: true, precision: 3 }),
    // The lowest step that was sent again with other values; null = none since the run was created, rewound or forked before it.
    contradictedStep: integer('contradicted_step'),
    archived: boolean('archived').notNull().default(false),
    // When name, tags or notes were last changed after the run was created; null = they are as the client sent them.
    editedAt: timestamp('edited_at', { withTimezone: true, precision: 3 }),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
    // When this database last stored anything of it: the run, a step, a spectrum; kept by triggers.
    updatedAt: timestamp('updated_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
    // When the run ended; null while it is running.
    finishedAt: timestamp('finished_at', { withTimezone: true, precision: 3 }),
  },
  (table) => [
    index('run_created_at').on(table.createdAt, table.id),
    index('run_name').on(table.name, table.id),
    index('run_parent').on(table.parentId),
    index('run_experiment').on(table.experimentId),
    index('run_tags').using('gin', table.tags),
  ],
);
