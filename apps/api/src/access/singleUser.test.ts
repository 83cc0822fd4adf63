import { tokens } from '@ritz/database';
import { testDatabase, type TestDatabase } from '@ritz/database/testing';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type RunningApi, type StartApiOptions } from '../startApi.ts';
import { firstError, post, send } from '../testing/http.ts';

let database: TestDatabase;
const running: RunningApi[] = [];
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  for (const api of running) await api.stop();
  await database.stop();
});

async function start(options: Partial<StartApiOptions>): Promise<RunningApi> {
  const api = await startApi({ databaseUrl: database.url, port: 0, logger: pino({ level: 'silent' }), ...options });
  running.push(api);
  return api;
}

const ask = (url: string, secret: string) =>
  post(url, '{"query":"{ projects { id } }"}', { authorization: `Bearer ${secret}` });

describe('a server of one user, without tokens', () => {
  const create = JSON.stringify({
    query: 'mutation { createToken(input: { name: "x", scope: ADMIN }) { secret userErrors { message } } }',
  });

  it('makes none over HTTP, where any page open in a browser could ask for one', async () => {
    const { url } = await start({});
    const answer = await post(url, create);
    expect(answer.status).toBe(403);
    expect(firstError(answer)).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringMatching(/ritz token create/),
    });
    expect(await tokens.anyMade(database.database)).toBe(false);
  });

  it('answers no proxy that was asked for under another name', async () => {
    const { url } = await start({});
    const text = '{"query":"{ projects { id } }"}';
    expect((await post(url, text, { 'x-forwarded-host': 'ritz.example' })).status).toBe(401);
    expect((await post(url, text, { 'x-forwarded-host': 'localhost:3000' })).status).toBe(200);
  });

  it('answers no page of another site', async () => {
    const { url } = await start({});
    const text = '{"query":"{ projects { id } }"}';
    expect((await post(url, text, { origin: 'https://attacker.example' })).status).toBe(403);
    expect((await post(url, text, { origin: url })).status).toBe(200);
  });
});

describe('an address that other machines can reach', () => {
  it('is refused while nobody has said who may read and write', async () => {
    await expect(start({ host: '0.0.0.0' })).rejects.toMatchObject({
      code: 'HOST_REFUSED',
      message: expect.stringMatching(/RITZ_HOST: got "0\.0\.0\.0".*`ritz token create`/),
    });
  });

  it('is refused when every token is revoked', async () => {
    const { token } = await tokens.create(database.database, { name: 'gone', scope: 'read' });
    await tokens.revoke(database.database, token.id);
    await expect(start({ host: '::' })).rejects.toMatchObject({ code: 'HOST_REFUSED' });
  });

  it('is served once there is a token, to whoever has it', async () => {
    const { secret } = await tokens.create(database.database, { name: 'ours', scope: 'read' });
    const { url } = await start({ host: '0.0.0.0' });
    const local = url.replace('0.0.0.0', '127.0.0.1');
    expect(await ask(local, secret)).toMatchObject({ status: 200 });
    expect(await send(`${local}/graphql`, { method: 'POST' })).toMatchObject({ status: 401 });
  });
});

describe('the requests of one token', () => {
  it('are as many a minute as the settings say', async () => {
    const { secret } = await tokens.create(database.database, { name: 'busy', scope: 'read' });
    const { secret: another } = await tokens.create(database.database, { name: 'calm', scope: 'read' });
    const { url } = await start({ rateLimit: 3 });
    const statuses: number[] = [];
    for (let request = 0; request < 5; request++) statuses.push((await ask(url, secret)).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    expect(firstError(await ask(url, secret)).code).toBe('RATE_LIMITED');
    expect(await ask(url, another)).toMatchObject({ status: 200 });
  });
});
