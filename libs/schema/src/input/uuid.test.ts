import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { isUuid, requireUuid } from './uuid.ts';

describe('requireUuid', () => {
  it('accepts a UUID in either case and returns it in lower case', () => {
    expect(requireUuid('id', '3F2504E0-4F89-41D3-9A0C-0305E82C3301')).toBe('3f2504e0-4f89-41d3-9a0c-0305e82c3301');
  });

  it.each(['', 'x', '3f2504e0-4f89-41d3-9a0c-0305e82c330', '{3f2504e0-4f89-41d3-9a0c-0305e82c3301}', "'; drop table"])(
    'refuses %j as BAD_USER_INPUT, naming the argument',
    (text) => {
      expect(isUuid(text)).toBe(false);
      expect(() => requireUuid('run', text)).toThrow(GraphQLError);
      expect(() => requireUuid('run', text)).toThrow(/^run: got .* expected a UUID/);
    },
  );

  it('does not echo a long text', () => {
    expect(() => requireUuid('id', 'z'.repeat(10_000))).toThrow(/^.{0,200}$/);
  });
});
