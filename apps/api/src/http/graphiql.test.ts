import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApi, type TestApi } from '../testing/api.ts';
import { send } from '../testing/http.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.stop());

const text = async (path: string): Promise<string> => String((await send(`${api.url}${path}`)).body['text']);

describe('the GraphiQL page', () => {
  it('loads nothing from another host', async () => {
    const { status, headers } = await send(`${api.url}/graphiql/`);
    expect(status).toBe(200);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
    const page = await text('/graphiql/');
    const addresses = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address ?? '');
    expect(addresses.length).toBeGreaterThan(1);
    for (const address of addresses) expect(address).toMatch(/^(\/graphiql\/assets\/|data:)/);
    for (const address of addresses.filter((one) => one.startsWith('/'))) {
      const asset = await send(`${api.url}${address}`);
      expect(asset.status).toBe(200);
      expect(asset.headers.get('cache-control')).toContain('immutable');
    }
  });

  it('is not there under other names', async () => {
    expect(await send(`${api.url}/graphiql/../package.json`)).toMatchObject({ status: 404 });
    expect(await send(`${api.url}/graphiql/assets/..%2f..%2fmain.js`)).toMatchObject({ status: 404 });
  });
});

describe('every other answer', () => {
  it('may not be framed, sniffed or run', async () => {
    const { headers } = await send(`${api.url}/healthz`);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });
});
