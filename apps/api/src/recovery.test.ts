import { setTimeout as sleep } from 'node:timers/promises';
import { testDatabase, type TestDatabase } from '@ritz/database/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstError, query, send } from './testing/http.ts';
import { killDatabase } from './testing/killDatabase.ts';
import { postLines, runRecord, sendRecords } from './testing/ndjson.ts';
import { startApi, type ApiProcess } from './testing/process.ts';

let database: TestDatabase;
let api: ApiProcess;
let url: string;
beforeAll(async () => {
  database = await testDatabase();
  api = startApi({ DATABASE_URL: database.url });
  url = await api.ready;
});
afterAll(async () => {
  await api.kill();
  await database.stop();
});

describe('when PostgreSQL is killed under load and started again', () => {
  it('requests fail cleanly meanwhile, the API recovers by itself, and all that was acknowledged is there', async () => {
    let working = true;
    const answers: { status: number; code: unknown }[] = [];
    const reader = async (): Promise<void> => {
      while (working) {
        const answer = await query(url, '{ runs(first: 5) { nodes { id name } } }');
        answers.push({ status: answer.status, code: firstError(answer).code });
      }
    };
    const acknowledged: string[] = [];
    const endings: unknown[] = [];
    const writer = async (): Promise<void> => {
      while (working) {
        const { status, lines } = await sendRecords(url, [runRecord(), runRecord()]);
        for (const line of lines) if (line['status'] === 'CREATED' && line['id']) acknowledged.push(String(line['id']));
        const last = lines.at(-1);
        endings.push(status === 200 ? (last?.['status'] === 'STOPPED' ? last['code'] : last?.['status']) : status);
      }
    };
    const load = [reader(), reader(), reader(), writer(), writer()];
    await sleep(300);
    await killDatabase(database.database);
    await expect
      .poll(() => send(`${url}/readyz`).then(({ status }) => status), { timeout: 40_000, interval: 50 })
      .toBe(503);
    await expect
      .poll(() => send(`${url}/readyz`).then(({ status }) => status), { timeout: 40_000, interval: 50 })
      .toBe(200);
    await sleep(300);
    working = false;
    await Promise.all(load);

    const failed = answers.filter(({ status }) => status !== 200);
    expect(failed.length).toBeGreaterThan(0);
    for (const one of failed) expect(one).toEqual({ status: 503, code: 'DATABASE_UNREACHABLE' });
    expect(answers.at(-1)).toEqual({ status: 200, code: undefined });
    expect(new Set(endings)).toEqual(
      new Set(['DONE', 'DATABASE_UNREACHABLE', 503].filter((one) => endings.includes(one))),
    );
    expect(endings.at(-1)).toBe('DONE');
    const { rows } = await database.database.pool.query('select id from run where id = any($1)', [acknowledged]);
    expect(new Set(rows.map(({ id }: { id: string }) => id))).toEqual(new Set(acknowledged));
    expect(acknowledged.length).toBeGreaterThan(0);
  });
});

describe('memory', () => {
  it('does not grow with the length of a stream', async () => {
    const run = runRecord();
    const refused = JSON.stringify({ v: 1, kind: 'step', runId: run.id, pad: 'x'.repeat(1_000_000) });
    const stream = (lines: number): ReadableStream<Uint8Array> => {
      let sent = 0;
      return new ReadableStream({
        pull(controller) {
          if (sent++ < lines) controller.enqueue(Buffer.from(`${refused}\n${JSON.stringify(runRecord())}\n`));
          else controller.close();
        },
      });
    };
    const small = await postLines(url, stream(30), {}, '?results=refused');
    expect(small.lines.at(-1)).toMatchObject({ status: 'DONE', CREATED: 30, REFUSED: 30 });
    const before = await api.memory();
    let highest = 0;
    const watch = setInterval(() => void api.memory().then((now) => (highest = Math.max(highest, now))), 50);
    const lines = 600;
    const large = await postLines(url, stream(lines), {}, '?results=refused');
    clearInterval(watch);
    expect(large.lines.at(-1)).toMatchObject({ status: 'DONE', CREATED: lines, REFUSED: lines });
    expect(highest).toBeGreaterThan(0);
    // A line is 1 MB: kept, they would be 600 MB. What waits for the garbage collector is up to 150.
    expect(highest - before).toBeLessThan(lines / 2);
  });

  it('does not hold a body of 100 MB that is refused', async () => {
    const before = await api.memory();
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent++ < 100) controller.enqueue(Buffer.alloc(1_000_000, 0x20));
        else controller.close();
      },
    });
    const headers = { 'content-type': 'application/json' };
    const answer = await send(`${url}/graphql`, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
    expect(answer.status).toBe(413);
    expect(firstError(answer).code).toBe('PAYLOAD_TOO_LARGE');
    expect((await api.memory()) - before).toBeLessThan(100);
  });
});
