/** What stands before the dashboard: whom it answers, how much it takes, and what its pages may load. */
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { expect, test } from './ritzTest.ts';

const mutation = JSON.stringify({ query: 'mutation { createToken(input: { name: "x", scope: ADMIN }) { secret } }' });

async function ask(url: string, options: RequestOptions, body?: string): Promise<IncomingMessage> {
  const sending = httpRequest(url, options);
  sending.end(body);
  const [response] = (await once(sending, 'response')) as [IncomingMessage];
  response.resume();
  return response;
}

const post = (url: string, headers: Record<string, string>): Promise<IncomingMessage> =>
  ask(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers } }, mutation);

test('a name that was made to resolve to this machine is answered nowhere', async ({ baseURL }) => {
  const host = 'attacker.example:3000';
  for (const path of ['/', '/settings', '/graphiql', '/api/session']) {
    expect((await ask(`${String(baseURL)}${path}`, { headers: { host } })).statusCode, path).toBe(421);
  }
  for (const path of ['/api/graphql', '/graphql', '/graphql/stream', '/api/session', '/']) {
    expect((await post(`${String(baseURL)}${path}`, { host })).statusCode, path).toBe(421);
  }
});

test('a page of another site writes nothing, and nobody makes the first token here', async ({ baseURL }) => {
  const url = `${String(baseURL)}/api/graphql`;
  expect((await post(url, { origin: 'https://attacker.example' })).statusCode).toBe(403);
  expect((await post(url, { 'sec-fetch-site': 'same-site' })).statusCode).toBe(403);
  expect((await post(url, {})).statusCode).toBe(403);
});

test('a body without end is refused after 20 MB', async ({ baseURL }) => {
  const headers = { 'content-type': 'application/json' };
  const sending = httpRequest(`${String(baseURL)}/api/graphql`, { method: 'POST', headers });
  sending.on('error', () => undefined);
  let answered: IncomingMessage | undefined;
  sending.once('response', (response: IncomingMessage) => (answered = response.resume()));
  const part = Buffer.alloc(1_000_000, 0x20);
  let sent = 0;
  while (answered === undefined && !sending.destroyed && sent < 200) {
    const taken = new Promise((resolve) => sending.write(part, resolve));
    await Promise.race([taken, once(sending, 'response').catch(() => undefined)]);
    sent++;
  }
  expect(answered?.statusCode).toBe(413);
  expect(sent).toBeLessThan(40);
  sending.destroy();
});

test('a page takes no body', async ({ baseURL }) => {
  const body = ' '.repeat(1_000_000);
  expect((await ask(`${String(baseURL)}/`, { method: 'POST' }, body)).statusCode).toBe(405);
});

test('pages run their own scripts only, and stand in no frame', async ({ page, baseURL }) => {
  const response = await page.goto('/runs');
  const headers = response?.headers() ?? {};
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
  const policy = headers['content-security-policy'] ?? '';
  expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]{20,}';/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("script-src 'self' 'unsafe-inline'");
  const again = await ask(`${String(baseURL)}/`, {});
  expect(again.headers['content-security-policy']).not.toBe(policy);
  for (const path of ['/graphiql', '/api/session']) {
    const { headers: others } = await ask(`${String(baseURL)}${path}`, {});
    expect(others['content-security-policy'], path).toContain("frame-ancestors 'none'");
    expect(others['x-content-type-options'], path).toBe('nosniff');
  }
});
