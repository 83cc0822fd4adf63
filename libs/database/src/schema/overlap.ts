/** Gradient overlaps: ‖P_K g‖² / ‖g‖², the share of the gradient inside the span of the top K Ritz vectors. */
import { sql } from 'drizzle-orm';
import { check, doublePrecision, integer, pgEnum, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { spectrum } from './spectrum.ts';

export const gradientKind = pgEnum('gradient_kind', ['FULL_BATCH', 'MINI_BATCH']);
export type GradientKind = (typeof gradientKind.enumValues)[number];

export const overlap = pgTable(
  'overlap',
  {
    spectrumId: uuid('spectrum_id')
      .notNull()
      .references(() => spectrum.id, { onDelete: 'cascade' }),
    k: integer('k').notNull(),
    gradient: gradientKind('gradient').notNull(),
    fraction: doublePrecision('fraction').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.spectrumId, table.k, table.gradient] }),
    check('overlap_k', sql`${table.k} >= 1`),
  ],
);
