/** Documents of a user's own: what the compiler knows of them. Vitest runs this, `npm run typecheck` judges the types. */
import { initGraphQLTada, type ResultOf, type VariablesOf } from 'gql.tada';
import { expect, expectTypeOf, it } from 'vitest';
import { createClient } from './createClient.ts';
import type { RitzSchema } from './schema.ts';

const graphql = initGraphQLTada<RitzSchema>();

const SettingsOfRuns = graphql('query($first: Int!) { runs(first: $first) { nodes { id name createdAt status } } }');

it('have variables and a result of the types of the schema', () => {
  expectTypeOf<VariablesOf<typeof SettingsOfRuns>>().toEqualTypeOf<{ first: number }>();
  type Node = ResultOf<typeof SettingsOfRuns>['runs']['nodes'][number];
  expectTypeOf<Node['name']>().toEqualTypeOf<string>();
  expectTypeOf<Node['createdAt']>().toEqualTypeOf<string>();
  expectTypeOf<Node['status']>().toEqualTypeOf<'RUNNING' | 'FINISHED' | 'FAILED' | 'INTERRUPTED'>();
});

it('have no type where the schema lacks a field', () => {
  const misspelt = graphql('{ runs { nodes { nome } } }');
  expect(misspelt.kind).toBe('Document');
  expectTypeOf<ResultOf<typeof misspelt>['runs']['nodes'][number]>().toEqualTypeOf<{ nome: unknown }>();
});

it('are sent as their text', async () => {
  const sent: unknown[] = [];
  const client = createClient({
    url: 'http://127.0.0.1:4000/graphql',
    fetch: (_, init) => {
      sent.push(JSON.parse(String(init?.body)));
      return Promise.resolve(Response.json({ data: { runs: { nodes: [] } } }));
    },
  });
  const { runs } = await client.request(SettingsOfRuns, { first: 3 });
  expect(runs.nodes).toEqual([]);
  expect(sent).toEqual([
    { query: expect.stringMatching(/query \(\$first: Int!\) \{\s+runs/), variables: { first: 3 } },
  ]);
});
