/**
 * Gradient energy spectra: the Lanczos tridiagonal started at g / ‖g‖. Its Ritz values and squared first components say how
 * the gradient's energy is spread over the eigenvalues.
 */
import { sql } from 'drizzle-orm';
import { check, doublePrecision, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { gradientKind } from './overlap.ts';
import { spectrum } from './spectrum.ts';

export const gradientEnergy = pgTable(
  'gradient_energy',
  {
    spectrumId: uuid('spectrum_id')
      .notNull()
      .references(() => spectrum.id, { onDelete: 'cascade' }),
    gradient: gradientKind('gradient').notNull(),
    gradientNorm: doublePrecision('gradient_norm'),
    alpha: doublePrecision('alpha').array().notNull(),
    beta: doublePrecision('beta').array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.spectrumId, table.gradient] }),
    check(
      'gradient_energy_measurement',
      sql`(cardinality(${table.alpha}) >= 1
        and cardinality(${table.beta}) between cardinality(${table.alpha}) - 1 and cardinality(${table.alpha})) is true`,
    ),
  ],
);
