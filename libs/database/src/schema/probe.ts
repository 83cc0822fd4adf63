/**
 * Probes: what one random start vector measured, as float64 arrays. Either the Lanczos tridiagonal (alpha: m diagonals;
 * beta: m or m − 1 off-diagonals, the m-th being the last residual's norm), or the nodes and weights of a peer that kept
 * no more.
 */
import { sql } from 'drizzle-orm';
import { bigint, check, doublePrecision, integer, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { spectrum } from './spectrum.ts';

export const probe = pgTable(
  'probe',
  {
    spectrumId: uuid('spectrum_id')
      .notNull()
      .references(() => spectrum.id, { onDelete: 'cascade' }),
    index: integer('index').notNull(),
    seed: bigint('seed', { mode: 'number' }).notNull(),
    alpha: doublePrecision('alpha').array(),
    beta: doublePrecision('beta').array(),
    nodes: doublePrecision('nodes').array(),
    weights: doublePrecision('weights').array(),
  },
  (table) => [
    primaryKey({ columns: [table.spectrumId, table.index] }),
    check('probe_index', sql`${table.index} >= 0`),
    check(
      'probe_measurement',
      sql`(cardinality(${table.alpha}) >= 1
        and cardinality(${table.beta}) between cardinality(${table.alpha}) - 1 and cardinality(${table.alpha})
        and ${table.nodes} is null and ${table.weights} is null) is true
      or (cardinality(${table.nodes}) >= 1 and cardinality(${table.weights}) = cardinality(${table.nodes})
        and ${table.alpha} is null and ${table.beta} is null) is true`,
    ),
  ],
);
