/** Access tokens: only the SHA-256 of each is stored, so that the table gives nobody access. */
import { sql } from 'drizzle-orm';
import { check, customType, pgEnum, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { tokenScopes } from '@ritz/records';
import { project } from './project.ts';

export const tokenScope = pgEnum('token_scope', tokenScopes);

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

export const token = pgTable(
  'token',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    name: text('name').notNull(),
    // null = every project.
    projectId: uuid('project_id').references(() => project.id, { onDelete: 'cascade' }),
    scope: tokenScope('scope').notNull(),
    hash: bytea('hash').notNull().unique(),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
    lastUsedAt: timestamp('last_used_at', { withTimezone: true, precision: 3 }),
    revokedAt: timestamp('revoked_at', { withTimezone: true, precision: 3 }),
  },
  (table) => [check('token_hash', sql`octet_length(${table.hash}) = 32`)],
);
