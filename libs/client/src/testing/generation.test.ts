import { describe, expect, it } from 'vitest';
import { generate, generateIntrospection, generateNames } from './generation.ts';

describe('the generated types', () => {
  it('are what the schema and the operations make today (if not: npm run generate -w libs/client)', async () => {
    await expect(await generate()).toMatchFileSnapshot('../generated/graphql.ts');
    await expect(await generateIntrospection()).toMatchFileSnapshot('../generated/introspection.ts');
    await expect(await generateNames()).toMatchFileSnapshot('../generated/names.ts');
  });
});
