/** Addresses of the dashboard that people gave a name: what a table or a comparison shows. */
import { sql } from 'drizzle-orm';
import { pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { project } from './project.ts';

/** Stands for "every project" among the keys: an index takes two nulls for different. */
const everyProject = sql.raw(`'00000000-0000-0000-0000-000000000000'::uuid`);

export const savedView = pgTable(
  'saved_view',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    name: text('name').notNull(),
    // null = saved by and for those who see every project.
    projectId: uuid('project_id').references(() => project.id, { onDelete: 'cascade' }),
    address: text('address').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [uniqueIndex('saved_view_name').on(sql`coalesce(${table.projectId}, ${everyProject})`, table.name)],
);
