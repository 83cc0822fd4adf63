/** Gradient overlaps: ‖P_K g‖² / ‖g‖², the share of the gradient inside the span of the top K Ritz vectors. */
import { sql } from 'drizzle-orm';
import { check, doublePrecision, integer, pgEnum, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { gradientKinds } from '@ritz/records';
import { spectrum } from './spectrum.ts';

export const gradientKind = pgEnum('gradient_kind', gradientKinds);

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
