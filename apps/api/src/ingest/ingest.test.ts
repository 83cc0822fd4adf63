import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApi, type TestApi } from '../testing/api.ts';
import { query } from '../testing/http.ts';
import { postLines, runRecord, sendRecords, spectrumRecord, stepRecord } from '../testing/ndjson.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.stop());

describe('a stream of records', () => {
  it('is stored, and answered line by line', async () => {
    const run = runRecord();
    const spectrum = spectrumRecord(run.id, 5);
    const finish = { v: 1, kind: 'finish', runId: run.id, status: 'FINISHED' };
    const { status, headers, lines } = await sendRecords(api.url, [run, stepRecord(run.id, 5, 0.25), spectrum, finish]);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('application/x-ndjson');
    expect(lines).toEqual([
      { line: 1, status: 'CREATED', kind: 'run', id: run.id },
      { line: 2, status: 'CREATED', kind: 'step', id: expect.any(String) },
      { line: 3, status: 'CREATED', kind: 'spectrum', id: spectrum.id },
      { line: 4, status: 'UPDATED', kind: 'finish', id: run.id },
      { status: 'DONE', CREATED: 3, UPDATED: 1, UNCHANGED: 0, REFUSED: 0 },
    ]);
    const { body } = await query(
      api.url,
      `{ run(id: "${run.id}") { status spectra { id step { number trainLoss } } } }`,
    );
    expect(body['data']).toEqual({
      run: { status: 'FINISHED', spectra: [{ id: spectrum.id, step: { number: 5, trainLoss: 0.25 } }] },
    });
  });

  it('sent again changes nothing', async () => {
    const run = runRecord();
    const records = [run, stepRecord(run.id, 1, 0.5), spectrumRecord(run.id, 1)];
    await sendRecords(api.url, records);
    const { lines } = await sendRecords(api.url, records);
    expect(lines.map(({ status }) => status)).toEqual(['UNCHANGED', 'UNCHANGED', 'UNCHANGED', 'DONE']);
  });

  it('of a run that went on from an earlier checkpoint is refused, in this request and in later ones, until it says so', async () => {
    const run = runRecord();
    const step = (number: number, trainLoss: number) => stepRecord(run.id, number, trainLoss);
    const statuses = async (...records: object[]) =>
      (await sendRecords(api.url, records)).lines.slice(0, -1).map(({ status }) => status);
    const [C, R] = ['CREATED', 'REFUSED'];
    expect(await statuses(run, step(10, 0.5), step(20, 0.4), step(20, 0.41), step(30, 0.31))).toEqual([C, C, C, R, R]);
    expect(await statuses(step(30, 0.31))).toEqual([R]);
    expect(await statuses(step(40, 0.2), spectrumRecord(run.id, 40))).toEqual([R, R]);
    const asked = `{ run(id: "${run.id}") { contradictedStep history { step trainLoss } } }`;
    const { body } = await query(api.url, asked);
    expect(body['data']).toEqual({
      run: { contradictedStep: 20, history: { step: [10, 20], trainLoss: [0.5, 0.4] } },
    });
    const rewind = { v: 1, kind: 'rewind', id: randomUUID(), runId: run.id, step: 10 };
    expect(await statuses(rewind, step(20, 0.41))).toEqual([C, C]);
    expect(await statuses(step(30, 0.31))).toEqual([C]);
    expect((await query(api.url, asked)).body['data']).toEqual({
      run: { contradictedStep: null, history: { step: [10, 20, 30], trainLoss: [0.5, 0.41, 0.31] } },
    });
  });

  it('may be compressed', async () => {
    const body = new Uint8Array(gzipSync(JSON.stringify(runRecord())));
    const { lines } = await postLines(api.url, body, { 'content-encoding': 'gzip' });
    expect(lines[0]).toMatchObject({ line: 1, status: 'CREATED' });
  });

  it('may be answered with refusals and commits only', async () => {
    const run = runRecord();
    const text = [run, stepRecord(run.id, 1, 0.5), { v: 1, kind: 'step' }].map((one) => JSON.stringify(one)).join('\n');
    const { lines } = await postLines(api.url, text, {}, '?results=refused');
    expect(lines).toEqual([
      { line: 3, status: 'REFUSED', kind: null, code: 'INVALID', field: ['runId'], message: expect.any(String) },
      { status: 'COMMITTED', through: 3 },
      { status: 'DONE', CREATED: 2, UPDATED: 0, UNCHANGED: 0, REFUSED: 1 },
    ]);
  });

  it('is answered while it is still being sent', async () => {
    const run = runRecord();
    let end = (): void => undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(Buffer.from(`${JSON.stringify(run)}\n`));
        end = () => controller.close();
      },
    });
    const response = await fetch(`${api.url}/ingest`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body,
      duplex: 'half',
    } as RequestInit);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain('"status":"CREATED"');
    const { body: stored } = await query(api.url, `{ run(id: "${run.id}") { id } }`);
    expect(stored['data']).toEqual({ run: { id: run.id } });
    end();
    expect((await reader?.read())?.value).toContain('"status":"DONE"');
  });
});

describe('a line that is wrong', () => {
  const run = runRecord();
  beforeAll(() => sendRecords(api.url, [run]));
  const spectrum = (alpha: string): string =>
    JSON.stringify(spectrumRecord(run.id, 1, { probes: [{ index: 0, seed: 1, alpha: 'HERE', beta: [] }] })).replace(
      '"HERE"',
      alpha,
    );

  it.each([
    ['no JSON', '{"v":1,', 'INVALID', /expected one JSON object per line/],
    ['an empty object', '{}', 'INVALID', /kind/],
    ['another version', '{"v":2,"kind":"run"}', 'INVALID', /v: expected 1, got 2/],
    ['NaN, as Python writes it', spectrum('[NaN]'), 'NON_FINITE', /got NaN/],
    ['null, as JavaScript writes NaN', spectrum('[null]'), 'INVALID', /probes\[0\]\.alpha\[0\]/],
    ['1e999, which JSON.parse reads as Infinity', spectrum('[1e999]'), 'NON_FINITE', /probes\[0\]\.alpha\[0\]/],
    ['2^53 + 1', JSON.stringify(runRecord({ seed: 'HERE' })).replace('"HERE"', '9007199254740993'), 'INVALID', /seed/],
    ['a run that is not known', JSON.stringify(stepRecord(randomUUID(), 1, 0)), 'NOT_FOUND', /run/i],
    ['a NUL in a text', JSON.stringify(runRecord({ name: 'a\0b' })), 'INVALID', /NUL/],
    ['half of a surrogate pair', '{"v":1,"kind":"run","id":"\\ud800"}', 'INVALID', /id/],
    ['an unknown field', JSON.stringify({ ...runRecord(), surprise: 1 }), 'INVALID', /surprise/],
    ['100,000 nested lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'INVALID', /./],
  ])('is refused alone: %s', async (_what, line, code, message) => {
    const good = stepRecord(run.id, 9, 0.5);
    const { status, lines } = await postLines(api.url, `${line}\n${JSON.stringify(good)}\n`);
    expect(status).toBe(200);
    expect(lines[0]).toMatchObject({ line: 1, status: 'REFUSED', code, message: expect.stringMatching(message) });
    expect(lines[1]).toMatchObject({ line: 2, kind: 'step' });
    expect(['CREATED', 'UNCHANGED']).toContain(lines[1]?.['status']);
  });

  it('is refused alone: bytes that are no UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a]),
      Buffer.from(JSON.stringify(runRecord())),
    ]);
    const { lines } = await postLines(api.url, new Uint8Array(bytes));
    expect(lines[0]).toMatchObject({ line: 1, status: 'REFUSED', message: 'The line is not valid UTF-8.' });
    expect(lines[1]).toMatchObject({ line: 2, status: 'CREATED' });
  });

  it('is refused alone: a line of more than 20 MB', async () => {
    const { lines } = await postLines(api.url, `"${'x'.repeat(21e6)}"\n${JSON.stringify(runRecord())}`);
    expect(lines[0]).toMatchObject({
      line: 1,
      status: 'REFUSED',
      message: expect.stringContaining('longer than 20 MB'),
    });
    expect(lines[1]).toMatchObject({ line: 2, status: 'CREATED' });
  });

  it('of SQL or script is no more than a text', async () => {
    const text = `'); drop table run; -- <script>alert(1)</script> \${7*7} {{7*7}}`;
    const strange = runRecord({ name: text, notes: text, architecture: text, tags: [text], config: { [text]: text } });
    await sendRecords(api.url, [strange]);
    const { body } = await query(api.url, `{ run(id: "${strange.id}") { name notes architecture tags } }`);
    expect(body['data']).toEqual({ run: { name: text, notes: text, architecture: text, tags: [text] } });
  });
});

describe('two writers of one run', () => {
  it('end with what both wrote, each line once', async () => {
    const run = runRecord();
    const spectra = Array.from({ length: 40 }, (_, step) => spectrumRecord(run.id, step));
    const steps = Array.from({ length: 200 }, (_, number) => stepRecord(run.id, number, number / 10));
    const both = await Promise.all([
      sendRecords(api.url, [run, ...steps, ...spectra]),
      sendRecords(api.url, [run, ...[...spectra].reverse(), ...[...steps].reverse()]),
    ]);
    const created = both.flatMap(({ lines }) => lines.filter(({ line, status }) => line && status === 'CREATED'));
    expect(
      both.flatMap(({ lines }) => lines.filter(({ status }) => status === 'REFUSED' || status === 'STOPPED')),
    ).toEqual([]);
    expect(new Set(created.map(({ id }) => id)).size).toBe(created.length);
    const { rows } = await api.database.pool.query(
      'select (select count(*)::int from step where run_id = $1) as steps, (select count(*)::int from spectrum where run_id = $1) as spectra',
      [run.id],
    );
    expect(rows).toEqual([{ steps: 200, spectra: 40 }]);
  });

  it('that differ: the first is kept, the other is told so', async () => {
    const run = runRecord();
    const one = spectrumRecord(run.id, 3);
    await sendRecords(api.url, [run, one]);
    const { lines } = await sendRecords(api.url, [
      { ...run, name: 'other' },
      { ...one, seconds: 99 },
    ]);
    expect(lines.slice(0, 2).map(({ status, code }) => [status, code])).toEqual([
      ['REFUSED', 'CONFLICT'],
      ['REFUSED', 'CONFLICT'],
    ]);
  });
});

describe('what is refused as a whole', () => {
  it.each([
    ['a form of a web page', 'application/x-www-form-urlencoded'],
    ['plain text', 'text/plain'],
    ['JSON', 'application/json'],
  ])('%s', async (_what, type) => {
    const { status, lines } = await postLines(api.url, JSON.stringify(runRecord()), { 'content-type': type });
    expect(status).toBe(415);
    expect(lines[0]).toMatchObject({ errors: [{ extensions: { code: 'UNSUPPORTED_MEDIA_TYPE' } }] });
  });

  it('an unknown compression', async () => {
    const { status } = await postLines(api.url, '{}', { 'content-encoding': 'br' });
    expect(status).toBe(415);
  });

  it('damaged compression ends the answer with STOPPED', async () => {
    const { lines } = await postLines(api.url, 'no gzip', { 'content-encoding': 'gzip' });
    expect(lines).toMatchObject([{ status: 'STOPPED', code: 'BAD_REQUEST' }]);
  });
});

describe('a client', () => {
  /** Sends the whole request before it reads anything, as urllib does. */
  async function readingLast(line: object, lines: number): Promise<string> {
    const body = `${JSON.stringify(line)}\n`.repeat(lines);
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
    socket.pause();
    await once(socket, 'connect');
    const head = [
      'POST /ingest HTTP/1.1',
      'Host: 127.0.0.1',
      'Connection: close',
      'Content-Type: application/x-ndjson',
      `Content-Length: ${String(Buffer.byteLength(body))}`,
    ];
    await new Promise((resolve) => socket.write(`${head.join('\r\n')}\r\n\r\n${body}`, resolve));
    // The last byte is out of this process; now it reads.
    let said = '';
    socket.on('data', (chunk) => (said += chunk.toString())).resume();
    await once(socket, 'close');
    return said;
  }

  it('that sends all before it reads gets every answer', async () => {
    // Refused without asking the database; the answers are some 15 MB, more than sockets and memory hold.
    const said = await readingLast({ v: 1, kind: 'walk' }, 100_000);
    expect(said).toContain('"status":"DONE","CREATED":0,"UPDATED":0,"UNCHANGED":0,"REFUSED":100000');
    expect(said.length).toBeGreaterThan(12_000_000);
  });

  it('that sends a gzip bomb is stopped', async () => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(100 * 2 ** 20, ' ')));
    expect(bomb.length).toBeLessThan(200_000);
    const { lines } = await postLines(api.url, bomb, { 'content-encoding': 'gzip' });
    expect(lines).toMatchObject([
      { status: 'STOPPED', code: 'PAYLOAD_TOO_LARGE', message: expect.stringContaining('200 times') as unknown },
    ]);
  });
});

describe('when the server stops', () => {
  it('a stream in flight is told which lines are stored, and to send the rest again', async () => {
    const run = runRecord();
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(Buffer.from(`${JSON.stringify(run)}\n{"v":1,"kind":"st`)),
    });
    const headers = { 'content-type': 'application/x-ndjson' };
    const options = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
    const response = await fetch(`${api.url}/ingest`, options);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain('"status":"CREATED"');
    const stopped = api.stop();
    const rest = (await reader?.read())?.value ?? '';
    expect(JSON.parse(rest)).toMatchObject({ status: 'STOPPED', code: 'SHUTTING_DOWN', CREATED: 1, REFUSED: 0 });
    await stopped;
  });
});
