/** Tokens: made, recognised, listed, revoked. */
import { and, asc, eq, getTableColumns, isNull, lt, or, sql } from 'drizzle-orm';
import { fields, isUuid, tokenScopes } from '@ritz/records';
import { z } from 'zod';
import type { Access } from '../access/Access.ts';
import { requireEveryProject, requireKnown, requireProject, requireScope, visibleProject } from '../access/rule.ts';
import type { Database, Executor } from '../connection/Database.ts';
import { query, transaction } from '../connection/execute.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { parse } from '../input/parse.ts';
import { ensureProject } from '../projects/ensureProject.ts';
import { project } from '../schema/project.ts';
import { token } from '../schema/token.ts';
import { hashSecret, makeSecret } from './secret.ts';

/** An access token as its owner and administrators see it: everything but the hash. */
export type Token = Readonly<Omit<typeof token.$inferSelect, 'hash'>> & { readonly projectName: string | null };

const tokenSchema = z.strictObject({
  /** What it is for, such as the name of a person or a machine. */
  name: fields.name,
  scope: fields.word(tokenScopes),
  /** Name of the one project it is for, created when new; left out = every project. */
  project: fields.optional(fields.name),
});

export type NewToken = Readonly<z.input<typeof tokenSchema>>;

const { hash: _hash, ...shown } = getTableColumns(token);

function selectTokens(orm: Executor) {
  return orm
    .select({ ...shown, projectName: project.name })
    .from(token)
    .leftJoin(project, eq(project.id, token.projectId))
    .$dynamic();
}

export interface CreatedToken {
  readonly token: Token;
  /** To be handed to whoever will use it, now: it is stored nowhere. */
  readonly secret: string;
}

/** @throws DatabaseError FORBIDDEN without ADMIN, for another project, or where nobody said who they are; INVALID naming the field. */
export async function create(database: Database, newToken: NewToken): Promise<CreatedToken> {
  requireScope(database, 'admin');
  requireKnown(database);
  const { project: projectName, ...values } = parse(tokenSchema, newToken);
  if (projectName === null) requireEveryProject(database, 'A token for every project');
  else requireProject(database, projectName);
  const secret = makeSecret();
  const hash = hashSecret(secret);
  if (hash === null) throw new Error('A fresh secret has no hash.');
  const id = await transaction(database, async (orm) => {
    const projectId = projectName === null ? null : await ensureProject(orm, projectName);
    const [row] = await orm
      .insert(token)
      .values({ ...values, projectId, hash })
      .returning({ id: token.id });
    return row?.id ?? '';
  });
  return { token: await get(database, id), secret };
}

/**
 * What the holder of a secret may do, or `null` when it is unknown or revoked. Notes the use, at most once a minute, so that
 * reading stays reading.
 */
export async function recognise(database: Database, secret: string): Promise<(Access & { tokenId: string }) | null> {
  const hash = hashSecret(secret);
  if (hash === null) return null;
  return query(database, async (orm) => {
    const [found] = await selectTokens(orm).where(and(eq(token.hash, hash), isNull(token.revokedAt)));
    if (found === undefined) return null;
    const stale = or(isNull(token.lastUsedAt), lt(token.lastUsedAt, sql`now() - interval '1 minute'`));
    if (found.lastUsedAt === null || Date.now() - found.lastUsedAt.getTime() > 60_000) {
      await orm
        .update(token)
        .set({ lastUsedAt: sql`now()` })
        .where(and(eq(token.id, found.id), stale));
    }
    const { id, scope, projectId, projectName } = found;
    const only = projectId === null ? null : { id: projectId, name: projectName ?? '' };
    return { tokenId: id, scope, project: only };
  });
}

/** The tokens of the projects that exist for this access, oldest first, the revoked ones too. Throws FORBIDDEN without ADMIN. */
export async function list(database: Database): Promise<Token[]> {
  requireScope(database, 'admin');
  return query(database, (orm) =>
    selectTokens(orm).where(visibleProject(database, token.projectId)).orderBy(asc(token.createdAt), asc(token.id)),
  );
}

/** Ends a token's use, for good; a second call changes nothing. Throws FORBIDDEN without ADMIN; NOT_FOUND. */
export async function revoke(database: Database, id: string): Promise<Token> {
  requireScope(database, 'admin');
  if (isUuid(id)) {
    await query(database, (orm) =>
      orm
        .update(token)
        .set({ revokedAt: sql`now()` })
        .where(and(eq(token.id, id), isNull(token.revokedAt), visibleProject(database, token.projectId))),
    );
  }
  return get(database, id);
}

/** Whether any token can be used: without one nobody is let in, but from the machine itself. */
export async function anyUsable(database: Database): Promise<boolean> {
  const rows = await query(database, (orm) =>
    orm.select({ id: token.id }).from(token).where(isNull(token.revokedAt)).limit(1),
  );
  return rows.length > 0;
}

/** Whether any token was ever made, revoked or not: from then on a server asks everybody who they are. */
export async function anyMade(database: Database): Promise<boolean> {
  const rows = await query(database, (orm) => orm.select({ id: token.id }).from(token).limit(1));
  return rows.length > 0;
}

async function get(database: Database, id: string): Promise<Token> {
  const rows = isUuid(id)
    ? await query(database, (orm) =>
        selectTokens(orm).where(and(eq(token.id, id), visibleProject(database, token.projectId))),
      )
    : [];
  const [found] = rows;
  if (found) return found;
  throw new DatabaseError('NOT_FOUND', `There is no token ${JSON.stringify(id)}.`, { field: ['id'] });
}
