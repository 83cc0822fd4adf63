/** Workers: processes that measure spectra for others. All times are of the database's clock. */
import { index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const worker = pgTable(
  'worker',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    // Of its machine and process, for people.
    name: text('name').notNull(),
    engine: text('engine').notNull(),
    // Parts that it measures at a time.
    concurrency: integer('concurrency').notNull(),
    startedAt: timestamp('started_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
    heartbeatAt: timestamp('heartbeat_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
    // When it said that it stops; null = it did not, whether it lives or not.
    stoppedAt: timestamp('stopped_at', { withTimezone: true, precision: 3 }),
  },
  (table) => [index('worker_heartbeat_at').on(table.heartbeatAt)],
);
