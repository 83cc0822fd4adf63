/** Spectra: the settings and costs of one Lanczos measurement; what it measured is in its probes. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import {
  curvatureOperators,
  lossReductions,
  precisions,
  preconditioners,
  probeLaws,
  reorthogonalisations,
  type ConstantTensor,
  type ParameterTensor,
} from '@ritz/records';
import { batchNormMode } from './run.ts';
import { step } from './step.ts';

export const curvatureOperator = pgEnum('curvature_operator', curvatureOperators);
export const preconditioner = pgEnum('preconditioner', preconditioners);
export const probeLaw = pgEnum('probe_law', probeLaws);
export const reorthogonalisation = pgEnum('reorthogonalisation', reorthogonalisations);
export const precision = pgEnum('precision', precisions);
export const lossReduction = pgEnum('loss_reduction', lossReductions);

export const spectrum = pgTable(
  'spectrum',
  {
    id: uuid('id').primaryKey(),
    runId: uuid('run_id').notNull(),
    stepNumber: integer('step_number').notNull(),
    operator: curvatureOperator('operator').notNull(),
    block: text('block').notNull(),
    preconditioner: preconditioner('preconditioner').notNull().default('none'),
    parameterCount: bigint('parameter_count', { mode: 'number' }).notNull(),
    lanczosSteps: integer('lanczos_steps').notNull(),
    probeLaw: probeLaw('probe_law').notNull(),
    seed: bigint('seed', { mode: 'number' }).notNull(),
    reorthogonalisation: reorthogonalisation('reorthogonalisation').notNull(),
    precision: precision('precision').notNull(),
    dataSize: bigint('data_size', { mode: 'number' }).notNull(),
    dataFingerprint: text('data_fingerprint').notNull(),
    lossReduction: lossReduction('loss_reduction').notNull(),
    weightDecayIncluded: boolean('weight_decay_included').notNull(),
    batchNorm: batchNormMode('batch_norm').notNull(),
    // null = not recorded, or of no effect.
    batchSize: bigint('batch_size', { mode: 'number' }),
    hvpCount: bigint('hvp_count', { mode: 'number' }).notNull(),
    seconds: doublePrecision('seconds').notNull(),
    engine: text('engine').notNull(),
    warnings: text('warnings')
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    // null = not recorded.
    parameterTensors: jsonb('parameter_tensors').$type<readonly ParameterTensor[]>(),
    constants: jsonb('constants').$type<readonly ConstantTensor[]>(),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
    // When this database last stored anything of it: the spectrum itself, or an overlap that came later.
    updatedAt: timestamp('updated_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
    // Digest of everything that makes a measurement (see spectra/measurement.ts): the same again is no new spectrum, another
    // seed, data set or engine makes one.
    measurement: uuid('measurement').notNull(),
    // Names what is stored, not who stored it: a spectrum removed and recorded again under its id has another revision.
    revision: uuid('revision').notNull().defaultRandom(),
  },
  (table) => [
    foreignKey({
      name: 'spectrum_step',
      columns: [table.runId, table.stepNumber],
      foreignColumns: [step.runId, step.number],
    })
      .onDelete('cascade')
      // A rewind moves steps to another run.
      .onUpdate('cascade'),
    unique('spectrum_measurement').on(table.runId, table.stepNumber, table.measurement),
    index('spectrum_updated_at').on(table.updatedAt, table.id),
  ],
);
