/** The clients that people use, with their own defaults, and the audit of the GraphQL over HTTP specification. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client/core';
import { cacheExchange, createClient as createUrql, fetchExchange } from '@urql/core';
import { auditServer } from 'graphql-http';
import { createClient as createSse } from 'graphql-sse';
import { printedSchema } from '@ritz/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApi, type TestApi } from '../testing/api.ts';
import { runRecord, sendRecords } from '../testing/ndjson.ts';

const run = runRecord({ name: 'asked by clients' });
let api: TestApi;
beforeAll(async () => {
  api = await testApi();
  await sendRecords(api.url, [run]);
});
afterAll(() => api.stop());

const text = 'query Run($id: ID!) { run(id: $id) { id name } }';
const expected = { run: { id: run.id, name: run.name } };

it('passes the audit of GraphQL over HTTP, but for three recommendations', async () => {
  const results = await auditServer({ url: `${api.url}/graphql` });
  const failed = results.filter(({ status }) => status !== 'ok').map(({ name, status }) => `${status}: ${name}`);
  expect(results.length).toBeGreaterThan(50);
  // For clients that know 200 only; ours, proxies and logs read 400.
  expect(failed).toEqual([
    'warn: SHOULD use 200 status code on document parsing failure when accepting application/json',
    'warn: SHOULD use 200 status code on document validation failure when accepting application/json',
    'warn: SHOULD use a status code of 200 on variable coercion failure when accepting application/json',
  ]);
});

it('answers urql, which sends short queries with GET', async () => {
  const client = createUrql({ url: `${api.url}/graphql`, exchanges: [cacheExchange, fetchExchange] });
  const { data, error } = await client.query(text, { id: run.id }).toPromise();
  expect(error).toBeUndefined();
  expect(data).toMatchObject({ run: { id: run.id, name: run.name } });
});

it('answers Apollo Client', async () => {
  const client = new ApolloClient({ link: new HttpLink({ uri: `${api.url}/graphql` }), cache: new InMemoryCache() });
  const { data } = await client.query({ query: gql(text), variables: { id: run.id } });
  expect(data).toMatchObject(expected);
  client.stop();
});

describe('graphql-sse', () => {
  it.each([
    ['one connection for each subscription', false],
    ['one connection for all', true],
  ])('with %s', async (_mode, singleConnection) => {
    const client = createSse({ url: `${api.url}/graphql/stream`, singleConnection, retryAttempts: 0 });
    const query = `subscription($id: ID!) { runUpdated(id: $id) { name tags } }`;
    const [one, other] = [run.id, run.id].map((id) => client.iterate({ query, variables: { id } }));
    expect((await one?.next())?.value).toMatchObject({ data: { runUpdated: { name: run.name } } });
    expect((await other?.next())?.value).toMatchObject({ data: { runUpdated: { name: run.name } } });
    const next = other?.next();
    const tag = `tag-${String(singleConnection)}`;
    await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: `mutation { tagRun(input: { id: "${run.id}", add: ["${tag}"] }) { run { id } } }`,
      }),
    });
    expect(JSON.stringify((await next)?.value)).toContain(tag);
    await one?.return?.();
    await other?.return?.();
    client.dispose();
  });
});

it('has a schema that the Relay compiler takes, with its nodes and connections', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'ritz-relay-'));
  try {
    await mkdir(path.join(folder, 'src/__generated__'), { recursive: true });
    await writeFile(path.join(folder, 'schema.graphql'), printedSchema());
    await writeFile(
      path.join(folder, 'src/Runs.ts'),
      `graphql\`
        fragment Runs_list on Query @refetchable(queryName: "RunsPagination")
        @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }) {
          runs(first: $count, after: $cursor) @connection(key: "Runs_runs") { edges { node { id ...Runs_row } } }
        }\`;
      graphql\`fragment Runs_row on Run @refetchable(queryName: "RunRow") { name status spectrumCount }\`;
      graphql\`query RunsQuery { ...Runs_list }\`;\n`,
    );
    const config = { src: './src', schema: './schema.graphql', language: 'typescript', eagerEsModules: true };
    await writeFile(path.join(folder, 'relay.config.json'), JSON.stringify(config));
    const compiler = createRequire(import.meta.url)('relay-compiler') as string;
    await promisify(execFile)(compiler, ['relay.config.json', '--repersist'], { cwd: folder });
    const made = await readdir(folder, { recursive: true });
    expect(made.filter((name) => name.endsWith('.graphql.ts'))).toHaveLength(5);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
