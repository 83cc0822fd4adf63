import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApi, type TestApi } from '../testing/api.ts';
import { readQueryRegistry } from './queryRegistry.ts';

const known = '{ runs { totalCount } }';
const other = '{ projects { name } }';
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'ritz-queries-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function ask(api: TestApi, body: object): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

const byDigest = (text: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: digest(text) } } });

describe('automatic persisted queries', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await testApi();
  });
  afterAll(() => api.stop());

  it('are asked for once, then known by their digest', async () => {
    expect(await ask(api, byDigest(known))).toMatchObject({
      body: { errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] },
    });
    expect(await ask(api, { query: known, ...byDigest(known) })).toMatchObject({ status: 200 });
    expect(await ask(api, byDigest(known))).toMatchObject({ status: 200, body: { data: { runs: { totalCount: 0 } } } });
  });

  it('are refused under the digest of another text', async () => {
    const { status } = await ask(api, { query: other, ...byDigest(known) });
    expect(status).toBe(400);
  });
});

describe('a registry', () => {
  it('is the only thing a locked-down server answers', async () => {
    const file = path.join(directory, 'queries.json');
    await writeFile(file, JSON.stringify({ [digest(known)]: known }));
    const api = await testApi({ queries: await readQueryRegistry(file) });
    try {
      expect(await ask(api, byDigest(known))).toMatchObject({
        status: 200,
        body: { data: { runs: { totalCount: 0 } } },
      });
      expect(await ask(api, { query: known })).toMatchObject({ status: 200 });
      const refused = { status: 403, body: { errors: [{ extensions: { code: 'QUERY_NOT_REGISTERED' } }] } };
      expect(await ask(api, { query: other })).toMatchObject(refused);
      expect(await ask(api, { query: other, ...byDigest(other) })).toMatchObject(refused);
      expect(await ask(api, { query: known.replace('{', '{ ') })).toMatchObject(refused);
    } finally {
      await api.stop();
    }
  });

  it.each([
    ['no file', null, /ENOENT/],
    ['no JSON', '{', /JSON/],
    ['a list', '[]', /holds no object/],
    ['nothing', '{}', /holds no query/],
    ['a wrong digest', JSON.stringify({ abc: known }), /the entry abc has the SHA-256 [0-9a-f]{64}/],
    ['no text', JSON.stringify({ abc: 1 }), /the entry abc is no text/],
  ])('of %s is refused with what is wrong', async (name, content, message) => {
    const file = path.join(directory, `${name}.json`);
    if (content !== null) await writeFile(file, content);
    await expect(readQueryRegistry(file)).rejects.toMatchObject({
      code: 'BAD_SETTING',
      message: expect.stringMatching(message) as unknown,
    });
  });
});
