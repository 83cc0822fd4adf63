/** No client of main's schema is broken by this one: what is no longer wanted is deprecated, not removed. */
import { execFileSync } from 'node:child_process';
import { strictSchema } from '@ritz/testing';
import { buildASTSchema, buildSchema, findBreakingChanges } from 'graphql';
import { describe, expect, it } from 'vitest';
import { printedSchema } from './schema.ts';
import { allowedBreaks } from './testing/allowedBreaks.ts';

/** The schema as committed on main, or, in a clone without that branch, on what is checked out; null outside of git. */
function committedSchema(): string | null {
  for (const revision of ['main', 'origin/main', 'HEAD']) {
    try {
      return execFileSync('git', ['show', `${revision}:libs/schema/schema.graphql`], {
        cwd: import.meta.dirname,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    } catch {
      continue;
    }
  }
  return null;
}

const committed = committedSchema();

describe('against the schema of main', () => {
  it.skipIf(committed === null)('no change breaks a client, but for those that are allowed with a reason', () => {
    // As clients see them that treat errors as errors: to others a null beside an error is what was nothing at all before.
    const [before, after] = [committed ?? '', printedSchema()].map((text) => buildASTSchema(strictSchema(text)));
    const breaks = before && after ? findBreakingChanges(before, after).map(({ description }) => description) : [];
    expect(breaks.filter((change) => !allowedBreaks.some((allowed) => allowed.change === change))).toEqual([]);
    expect(allowedBreaks.filter(({ reason }) => reason.trim() === '')).toEqual([]);
  });

  it('a removed field would be found', () => {
    const before = buildSchema('type Query { a: Int, b: Int! }');
    const after = buildSchema('type Query { b: Int }');
    expect(findBreakingChanges(before, after).map(({ type }) => type)).toEqual(['FIELD_REMOVED', 'FIELD_CHANGED_KIND']);
  });
});
