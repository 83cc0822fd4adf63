/**
 * Statistics of spectra, stored once computed: derived, never the only copy. Rows of another version than `summaryVersion` of
 * @ritz/spectra are as good as missing.
 */
import type { SpectrumSummary } from '@ritz/spectra';
import { jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { spectrum } from './spectrum.ts';

export const spectrumSummary = pgTable('spectrum_summary', {
  spectrumId: uuid('spectrum_id')
    .primaryKey()
    .references(() => spectrum.id, { onDelete: 'cascade' }),
  version: text('version').notNull(),
  // By the name of the statistic; those that the spectrum does not have are left out.
  statistics: jsonb('statistics').$type<SpectrumSummary>().notNull(),
});
