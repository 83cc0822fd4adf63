import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApi, type TestApi } from '../testing/api.ts';
import { query } from '../testing/http.ts';
import { runRecord } from '../testing/ndjson.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi({ timeouts: { silence: 4000, header: 500, body: 500 } });
});
afterAll(() => api.stop());

/** What the server says before it closes a connection on which `parts` are sent, 100 ms apart. */
async function conversation(parts: Iterable<string>): Promise<string> {
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  let said = '';
  let open = true;
  socket.on('data', (chunk) => (said += chunk.toString()));
  socket.on('error', () => undefined);
  const closed = new Promise((resolve) => socket.once('close', resolve)).then(() => (open = false));
  for (const part of parts) {
    if (!open) break;
    socket.write(part);
    await sleep(100);
  }
  await closed;
  return said;
}

const lines = (...all: string[]): string => all.map((line) => `${line}\r\n`).join('');
function* dribbled(head: string, rest: string): Generator<string> {
  yield head;
  for (;;) yield rest;
}

describe('a client that takes too long', () => {
  it.each(['/graphql', '/session'])('with its body to %s is answered 408', async (path) => {
    const head = lines(
      `POST ${path} HTTP/1.1`,
      'Host: localhost',
      'Content-Type: application/json',
      'Content-Length: 9999',
      '',
    );
    const said = await conversation(dribbled(head, ' '));
    expect(said).toMatch(/^HTTP\/1\.1 408 /);
    expect(said).toMatch(/\r\nconnection: close\r\n/i);
    expect(said).toContain('"code":"REQUEST_TIMEOUT"');
    expect(said).toContain('The body of the request was not complete within 0.5 s.');
  });

  it('with the header of its request is answered 408', async () => {
    const said = await conversation(dribbled(lines('GET /healthz HTTP/1.1', 'Host: localhost'), 'x'));
    expect(said).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('to say anything at all is hung up on', async () => {
    expect(await conversation([''])).toMatch(/^(HTTP\/1\.1 408 .*)?$/s);
  });

  it('to send the next line of a stream is told what is stored', async () => {
    const record = `${JSON.stringify(runRecord())}\n`;
    const head = lines(
      'POST /ingest HTTP/1.1',
      'Host: localhost',
      'Content-Type: application/x-ndjson',
      'Content-Length: 9999',
      '',
    );
    const said = await conversation([head, record]);
    expect(said).toMatch(/^HTTP\/1\.1 200 /);
    expect(said).toContain('"status":"CREATED"');
    expect(said).toContain('"status":"STOPPED","code":"REQUEST_TIMEOUT"');
  });
});

it('whoever waits for the server to answer is not hung up on', async () => {
  const client = await api.database.pool.connect();
  try {
    await client.query('begin; lock table project in access exclusive mode');
    const answer = query(api.url, '{ projects { id } }');
    await sleep(5500);
    await client.query('rollback');
    expect(await answer).toMatchObject({ status: 200, body: { data: { projects: expect.any(Array) as unknown } } });
  } finally {
    client.release();
  }
});

it('whoever sends steadily may take as long as the stream is', async () => {
  const records = Array.from({ length: 12 }, () => `${JSON.stringify(runRecord())}\n`);
  const length = records.join('').length;
  const head = lines(
    'POST /ingest HTTP/1.1',
    'Host: localhost',
    'Connection: close',
    'Content-Type: application/x-ndjson',
    `Content-Length: ${String(length)}`,
    '',
  );
  const said = await conversation([head, ...records]);
  expect(said).toContain('"status":"DONE","CREATED":12');
});
