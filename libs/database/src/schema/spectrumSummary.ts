/**
 * Statistics of spectra, stored once computed: derived, never the only copy. Rows of another version than `summaryVersion` of
 * @ritz/spectra are as good as missing.
 */
import { doublePrecision, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { spectrum } from './spectrum.ts';

export const spectrumSummary = pgTable('spectrum_summary', {
  spectrumId: uuid('spectrum_id')
    .primaryKey()
    .references(() => spectrum.id, { onDelete: 'cascade' }),
  version: text('version').notNull(),
  // One entry for each of `summaryKeys`; null for those that the spectrum does not have. As arrays, an entry of 10,000 rows is read in
  // half the time of one of a JSON document.
  values: doublePrecision('values').array().notNull(),
  standardErrors: doublePrecision('standard_errors').array().notNull(),
});
