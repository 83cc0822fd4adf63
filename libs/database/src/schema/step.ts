/** Steps: what was logged at one optimiser step of a run. `null` = not measured at that step. */
import { doublePrecision, integer, pgTable, unique, uuid } from 'drizzle-orm/pg-core';
import { run } from './run.ts';

export const step = pgTable(
  'step',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    runId: uuid('run_id')
      .notNull()
      .references(() => run.id, { onDelete: 'cascade' }),
    number: integer('number').notNull(),
    epoch: doublePrecision('epoch'),
    trainLoss: doublePrecision('train_loss'),
    trainAccuracy: doublePrecision('train_accuracy'),
    testLoss: doublePrecision('test_loss'),
    testAccuracy: doublePrecision('test_accuracy'),
    learningRate: doublePrecision('learning_rate'),
    gradientNorm: doublePrecision('gradient_norm'),
    sharpness: doublePrecision('sharpness'),
    sharpnessError: doublePrecision('sharpness_error'),
    preconditionedSharpness: doublePrecision('preconditioned_sharpness'),
    preconditionedSharpnessError: doublePrecision('preconditioned_sharpness_error'),
    gradientCurvature: doublePrecision('gradient_curvature'),
    updateCurvature: doublePrecision('update_curvature'),
  },
  (table) => [unique('step_run_number').on(table.runId, table.number)],
);
