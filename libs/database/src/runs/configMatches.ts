/** A condition on a free-form setting of a run, by its path. */
import { runConfigSchema, type Json } from '@ritz/records';
import { and, sql, type SQL } from 'drizzle-orm';
import { DatabaseError } from '../error/DatabaseError.ts';
import { parse } from '../input/parse.ts';
import { requireText } from '../input/require.ts';
import { run } from '../schema/run.ts';
import type { ConfigCondition } from './Run.ts';

/** @throws DatabaseError INVALID for an empty path, or a condition that asks for nothing. */
export function configMatches(condition: ConfigCondition, field: readonly string[]): SQL | undefined {
  const { path, is, equals, atLeast, atMost, exists } = condition;
  const names = pathNames(path, [...field, 'path']);
  const value = sql`(${run.config} #> ${names})`;
  const text = sql`(${run.config} #>> ${names})`;
  // Non-numeric text must not reach the cast.
  const number = sql`(case when jsonb_typeof${value} = 'number' then ${text}::double precision end)`;
  const conditions = [
    is === undefined ? undefined : sql`${value} = ${JSON.stringify(storable(is, field))}::jsonb`,
    typeof equals === 'string' ? sql`${text} = ${requireText(equals, [...field, 'equals'])}` : undefined,
    typeof atLeast === 'number' ? sql`${number} >= ${atLeast}` : undefined,
    typeof atMost === 'number' ? sql`${number} <= ${atMost}` : undefined,
    typeof exists === 'boolean' ? sql`(${value} is not null) = ${exists}` : undefined,
  ];
  if (conditions.every((one) => one === undefined)) {
    throw new DatabaseError(
      'INVALID',
      `${field.join('.')}: expected is, equals, atLeast, atMost or exists for ${JSON.stringify(path)}, got none.`,
      { field },
    );
  }
  return and(...conditions);
}

/** A path as PostgreSQL takes it. @throws DatabaseError INVALID for an empty name. */
export function pathNames(path: string, field: readonly string[]): SQL {
  const names = requireText(path, field).split('.');
  if (!names.includes('')) return sql`${sql.param(names)}::text[]`;
  throw new DatabaseError(
    'INVALID',
    `${field.join('.')}: expected names joined by dots, such as "optimiser.beta2", got ${JSON.stringify(path)}.`,
    { field },
  );
}

/** A value as the settings of a run hold it. @throws DatabaseError INVALID, or NON_FINITE. */
function storable(is: Json, field: readonly string[]): Json | undefined {
  return parse(runConfigSchema, { is }, field)['is'];
}
