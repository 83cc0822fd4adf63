/** Experiments: a named group of runs inside one project. */
import { pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import { project } from './project.ts';

export const experiment = pgTable(
  'experiment',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => project.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [unique('experiment_project_name').on(table.projectId, table.name)],
);
