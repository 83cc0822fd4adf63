import { createServer, type AddressInfo } from 'node:net';
import { testDatabase, type TestDatabase } from '@ritz/database/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { send } from './testing/http.ts';
import { startApi, type ApiProcess } from './testing/process.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.stop());

const running: ApiProcess[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.kill();
});

function start(environment: Record<string, string>): ApiProcess {
  const started = startApi({ DATABASE_URL: database.url, ...environment });
  running.push(started);
  return started;
}

describe('the process', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('says when it is ready, and ends with 0 on %s', async (signal) => {
    const { child, ready, ended } = start({});
    const url = await ready;
    expect(await send(`${url}/readyz`)).toMatchObject({ status: 200, body: { status: 'ready' } });
    child.kill(signal);
    const { code, stdout, stderr } = await ended;
    expect(code).toBe(0);
    expect(stdout).toBe(`ready ${url}\n`);
    const lines = stderr
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { msg: string }).msg);
    expect(lines).toEqual(['listening', 'stopping', 'stopped']);
    await expect(send(`${url}/healthz`)).rejects.toThrow();
  });

  it('ends with 0 when it is asked to stop before it is ready', async () => {
    const { child, ended } = start({});
    await new Promise((resolve) => child.once('spawn', resolve));
    setTimeout(() => child.kill('SIGTERM'), 400);
    const { code } = await ended;
    // So early that no handler was installed yet, the signal itself ends the process.
    expect(code === 0 || child.signalCode === 'SIGTERM').toBe(true);
  });

  it('finishes the request in flight before it ends', async () => {
    const { child, ready, ended } = start({});
    const url = await ready;
    // A body that is still being sent when the signal arrives.
    let finish = (): void => undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(Buffer.from('{"query": '));
        finish = () => {
          controller.enqueue(Buffer.from('"{ projects { name } }"}'));
          controller.close();
        };
      },
    });
    const headers = { 'content-type': 'application/json' };
    const options = { method: 'POST', headers, body, duplex: 'half' as const };
    const answer = send(`${url}/graphql`, options);
    await expect.poll(() => send(`${url}/healthz`).then(({ status }) => status)).toBe(200);
    child.kill('SIGTERM');
    await expect
      .poll(() =>
        send(`${url}/healthz`).then(
          () => 'open',
          () => 'closed',
        ),
      )
      .toBe('closed');
    finish();
    expect(await answer).toMatchObject({ status: 200, body: { data: { projects: [] } } });
    expect((await ended).code).toBe(0);
  });
});

describe('the process says in one line why it cannot start, and ends with 1:', () => {
  const refused = async (environment: Record<string, string>): Promise<string> => {
    const { code, stdout, stderr } = await start(environment).ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr).not.toMatch(/ {4}at |Error:/);
    return stderr;
  };

  it('a busy port', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const port = String((server.address() as AddressInfo).port);
    const message = await refused({ RITZ_API_PORT: port });
    expect(message).toContain(`Port ${port} on 127.0.0.1 is used by another program.`);
    expect(message).toContain('set RITZ_API_PORT');
    await new Promise((resolve) => server.close(resolve));
  });

  it.each(['0.0.0.0', '::', '192.0.2.1', 'example.org'])('the public address %s', async (host) => {
    expect(await refused({ RITZ_HOST: host })).toContain(`RITZ_HOST: got "${host}", which other machines can reach`);
  });

  it.each(['http', '-1', '65536', '4e3'])('the port %s', async (port) => {
    expect(await refused({ RITZ_API_PORT: port })).toBe(
      `RITZ_API_PORT: expected an integer from 0 to 65535, got "${port}".\n`,
    );
  });

  it('a log level that is none', async () => {
    expect(await refused({ RITZ_LOG: 'loud' })).toContain('RITZ_LOG: expected one of silent, fatal');
  });

  it('a database that cannot be reached', async () => {
    const message = await refused({ DATABASE_URL: 'postgres://someone:secret@127.0.0.1:1/ritz' });
    expect(message).toContain('127.0.0.1:1');
    expect(message).toContain('DATABASE_URL');
    expect(message).not.toContain('secret');
  });

  it('a database address that is none', async () => {
    expect(await refused({ DATABASE_URL: 'mysql://x' })).toContain('DATABASE_URL');
  });
});
