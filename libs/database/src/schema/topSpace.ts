/** The space of the largest eigenvalues of a spectrum: its Ritz vectors in numbers, and its overlaps with those of other steps. */
import { jsonb, pgTable, uuid } from 'drizzle-orm/pg-core';
import type { RitzVectorValues, SpaceOverlapValues } from '@ritz/records';
import { spectrum } from './spectrum.ts';

export const topSpace = pgTable('top_space', {
  spectrumId: uuid('spectrum_id')
    .primaryKey()
    .references(() => spectrum.id, { onDelete: 'cascade' }),
  // Ascending by index: descending by eigenvalue.
  ritzVectors: jsonb('ritz_vectors').$type<readonly RitzVectorValues[]>().notNull(),
  // Ascending by step, then by K.
  spaceOverlaps: jsonb('space_overlaps').$type<readonly SpaceOverlapValues[]>().notNull(),
});
