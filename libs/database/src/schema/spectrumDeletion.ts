/** Spectra that were deleted: a correction leaves a trace of what was there, who removed it, and why. */
import { index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { run } from './run.ts';
import { curvatureOperator, preconditioner } from './spectrum.ts';

export const spectrumDeletion = pgTable(
  'spectrum_deletion',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    spectrumId: uuid('spectrum_id').notNull(),
    runId: uuid('run_id')
      .notNull()
      .references(() => run.id, { onDelete: 'cascade' }),
    stepNumber: integer('step_number').notNull(),
    operator: curvatureOperator('operator').notNull(),
    block: text('block').notNull(),
    preconditioner: preconditioner('preconditioner').notNull().default('none'),
    reason: text('reason').notNull(),
    // Name of the token; null = a server without tokens.
    deletedBy: text('deleted_by'),
    deletedAt: timestamp('deleted_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [index('spectrum_deletion_run').on(table.runId)],
);
