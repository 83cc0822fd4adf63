/** Which rules runs were made to be judged by: fixed before the runs, or changed after their numbers were seen. */
import { createHash } from 'node:crypto';
import { claims } from '@ritz/spectra';

const prefix = 'rules ';

/** The tag of runs: a digest of every claim's statement and rule. */
export function rulesTag(): string {
  const text = JSON.stringify(claims.map(({ id, statement, rule }) => ({ id, statement, rule })));
  return `${prefix}${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
}

/** The tag among those of a run; null for a run without one. */
export function rulesOf(tags: readonly string[]): string | null {
  return tags.find((tag) => tag.startsWith(prefix)) ?? null;
}
