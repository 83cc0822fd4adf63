/** Runs: one training of one network, with every setting that two runs can differ in. */
import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, jsonb, pgEnum, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { experiment } from './experiment.ts';

export const runStatus = pgEnum('run_status', ['RUNNING', 'FINISHED', 'FAILED', 'INTERRUPTED']);
export const batchNormMode = pgEnum('batch_norm_mode', ['NONE', 'MINIBATCH', 'POPULATION', 'RUNNING']);

export type RunStatus = (typeof runStatus.enumValues)[number];
export type BatchNormMode = (typeof batchNormMode.enumValues)[number];
export type ScheduleKind = 'CONSTANT' | 'STEP' | 'COSINE' | 'WARMUP_COSINE';

/** A learning-rate schedule as data, so that it can be compared and drawn. `null` = the kind does not use it. */
export interface Schedule {
  readonly kind: ScheduleKind;
  readonly initial: number;
  readonly factor: number | null;
  readonly steps: readonly number[] | null;
  readonly totalSteps: number | null;
  readonly warmupSteps: number | null;
}

/** Free-form settings: anything JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type Config = Readonly<Record<string, Json>>;

export const run = pgTable(
  'run',
  {
    id: uuid('id').primaryKey(),
    experimentId: uuid('experiment_id')
      .notNull()
      .references(() => experiment.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    status: runStatus('status').notNull().default('RUNNING'),
    architecture: text('architecture').notNull(),
    dataset: text('dataset').notNull(),
    batchNorm: batchNormMode('batch_norm').notNull().default('NONE'),
    residual: boolean('residual').notNull().default(false),
    optimiser: text('optimiser').notNull(),
    schedule: jsonb('schedule').$type<Schedule>().notNull(),
    seed: bigint('seed', { mode: 'number' }).notNull(),
    classes: integer('classes'),
    parameterCount: bigint('parameter_count', { mode: 'number' }),
    plannedSteps: integer('planned_steps'),
    gitRevision: text('git_revision'),
    engine: text('engine'),
    config: jsonb('config').$type<Config>().notNull().default({}),
    tags: text('tags')
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    notes: text('notes'),
    archived: boolean('archived').notNull().default(false),
    // When name, tags or notes were last changed after the run was created; null = they are as the client sent them.
    editedAt: timestamp('edited_at', { withTimezone: true, precision: 3 }),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
    finishedAt: timestamp('finished_at', { withTimezone: true, precision: 3 }),
  },
  (table) => [
    index('run_created_at').on(table.createdAt, table.id),
    index('run_name').on(table.name, table.id),
    index('run_experiment').on(table.experimentId),
    index('run_tags').using('gin', table.tags),
  ],
);
