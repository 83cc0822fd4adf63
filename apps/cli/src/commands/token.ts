/** `ritz token`: manages API access tokens. */
import { tokens, type Token } from '@ritz/database';
import type { TokenScope } from '@ritz/records';
import pc from 'picocolors';
import { withDatabase } from '../services/withDatabase.ts';
import { renderTable } from '../terminal/table.ts';

export interface CreateTokenOptions {
  readonly name: string;
  readonly scope: TokenScope;
  /** `undefined` = every project. */
  readonly project?: string;
}

/** Prints the secret alone on standard output, so that a script can keep it; it is shown this once. */
export async function createToken({ name, scope, project }: CreateTokenOptions): Promise<void> {
  const { token, secret } = await withDatabase((database) =>
    tokens.create(database, { name, scope, ...(project && { project }) }),
  );
  console.log(secret);
  const where = token.projectName === null ? 'every project' : `project ${token.projectName}`;
  console.error(
    pc.dim(`Token ${token.id}: ${scope} in ${where}. Keep the secret: it is not stored and cannot be shown again.`),
  );
}

/** Prints every token, revoked ones included, without their secrets. */
export async function listTokens(): Promise<void> {
  const all = await withDatabase((database) => tokens.list(database));
  if (all.length === 0) {
    console.error('No tokens. Create one with `ritz token create --name <name> --scope write`.');
    return;
  }
  console.log(renderTable(['id', 'name', 'scope', 'project', 'created', 'last used', 'state'], all.map(row)));
}

function row(token: Token): string[] {
  return [
    token.id,
    token.name,
    token.scope,
    token.projectName ?? 'every project',
    minute(token.createdAt),
    token.lastUsedAt === null ? 'never' : minute(token.lastUsedAt),
    token.revokedAt === null ? 'in use' : `revoked ${minute(token.revokedAt)}`,
  ];
}

function minute(time: Date): string {
  return time.toISOString().slice(0, 16).replace('T', ' ');
}

/** Takes effect at once, on running servers too. */
export async function revokeToken(id: string): Promise<void> {
  const token = await withDatabase((database) => tokens.revoke(database, id));
  console.log(`Token ${token.id} (${token.name}) is revoked.`);
}
