/**
 * The one rule of who may see and do what; every repository function asks it. A scope includes the ones before it, and to
 * the holder of one project's token nothing outside that project exists.
 */
import { tokenScopes, type TokenScope } from '@ritz/records';
import { eq, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Database } from '../connection/Database.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { experiment } from '../schema/experiment.ts';
import { run } from '../schema/run.ts';
import { spectrum } from '../schema/spectrum.ts';
import type { Access } from './Access.ts';

/** The same database, seen with the eyes and the hands of `access`. */
export function withAccess(database: Database, access: Access): Database {
  return { ...database, access };
}

/** Throws FORBIDDEN when the scope does not reach. */
export function requireScope({ access }: Database, needed: TokenScope): void {
  if (tokenScopes.indexOf(access.scope) >= tokenScopes.indexOf(needed)) return;
  throw new DatabaseError(
    'FORBIDDEN',
    `token: expected scope ${needed}, got ${access.scope}. ` +
      'Create a token with `ritz token create`, or ask an administrator for one.',
  );
}

/** Throws FORBIDDEN for whoever did not say who they are. */
export function requireKnown({ access }: Database): void {
  if (!access.anonymous) return;
  throw new DatabaseError(
    'FORBIDDEN',
    'Tokens are not made over HTTP before there is one: a program in a browser could make it. ' +
      'Run `ritz token create --name <you> --scope admin` on the machine of the API.',
  );
}

/** Throws FORBIDDEN when `name` is not the project that the access is for. */
export function requireProject({ access }: Database, name: string): void {
  if (access.project === null || access.project.name === name) return;
  throw new DatabaseError(
    'FORBIDDEN',
    `project: expected ${JSON.stringify(access.project.name)}, the only project of this token, got ${JSON.stringify(name)}.`,
    { field: ['project'] },
  );
}

/** Throws FORBIDDEN unless the access is to all projects. */
export function requireEveryProject({ access }: Database, what: string): void {
  if (access.project === null) return;
  throw new DatabaseError(
    'FORBIDDEN',
    `${what} requires a token for all projects; this one is for ${JSON.stringify(access.project.name)} only.`,
  );
}

/** The project whose id is in `projectId` exists for the access; `undefined` = all do. */
export function visibleProject({ access }: Database, projectId: PgColumn): SQL | undefined {
  return access.project === null ? undefined : eq(projectId, access.project.id);
}

/** The run whose id is in `runId` exists for the access; `undefined` = all do. */
export function visibleRun({ access }: Database, runId: PgColumn): SQL | undefined {
  if (access.project === null) return undefined;
  return sql`exists (select 1 from ${run} as seen join ${experiment} as place on place.id = seen.experiment_id
    where seen.id = ${runId} and place.project_id = ${access.project.id})`;
}

/** The spectrum whose id is in `spectrumId` exists for the access; `undefined` = all do. */
export function visibleSpectrum({ access }: Database, spectrumId: PgColumn): SQL | undefined {
  if (access.project === null) return undefined;
  return sql`exists (select 1 from ${spectrum} as shown join ${run} as seen on seen.id = shown.run_id
    join ${experiment} as place on place.id = seen.experiment_id
    where shown.id = ${spectrumId} and place.project_id = ${access.project.id})`;
}
