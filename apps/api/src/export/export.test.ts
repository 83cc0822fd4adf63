import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApi, type TestApi } from '../testing/api.ts';
import { send } from '../testing/http.ts';
import { postLines, runRecord, sendRecords, spectrumRecord, stepRecord } from '../testing/ndjson.ts';

let api: TestApi;
const name = 'a "quoted", name\nof two lines; =1+1 ε';
const run = runRecord({ name, tags: ['b', 'a'], config: { batch: 64 } });
const probes = [
  { index: 0, seed: 1, alpha: [0.1 + 0.2, -1e-310, 1.7976931348623157e308], beta: [1 / 3, 5e-324] },
  { index: 1, seed: 2, nodes: [-1, 0.5], weights: [0.25, 0.75] },
];
const gradientOverlap = [{ k: 2, gradient: 'full-batch', fraction: 0.5 }];
const gradientEnergy = [{ gradient: 'full-batch', alpha: [1, 2], beta: [0.5] }];
const spectra = [7, 3].map((step) => spectrumRecord(run.id, step, { probes, gradientOverlap, gradientEnergy }));
const steps = Array.from({ length: 2500 }, (_, number) => stepRecord(run.id, number, 1 / (number + 3)));

beforeAll(async () => {
  api = await testApi();
  const { lines } = await sendRecords(api.url, [
    run,
    ...steps,
    ...spectra,
    { v: 1, kind: 'finish', runId: run.id, status: 'finished' },
  ]);
  expect(lines.at(-1)).toMatchObject({ status: 'DONE', REFUSED: 0 });
});
afterAll(() => api.stop());

const exported = async (extension: string): Promise<string> => {
  const { status, headers, body } = await send(`${api.url}/export/runs/${run.id}.${extension}`);
  expect(status).toBe(200);
  expect(headers.get('content-disposition')).toBe(`attachment; filename="run-${run.id}.${extension}"`);
  return String(body['text']);
};

describe('a run as JSON lines', () => {
  const lines = async (): Promise<Record<string, unknown>[]> => {
    const response = await fetch(`${api.url}/export/runs/${run.id}.jsonl`);
    return (await response.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };

  it('is complete, every number exact, in order of the steps', async () => {
    const all = await lines();
    expect(all[0]).toMatchObject({ kind: 'run', id: run.id, name, tags: ['a', 'b'], config: { batch: 64 } });
    const stored = all.filter(({ kind }) => kind === 'step');
    expect(stored.map(({ number, trainLoss }) => [number, trainLoss])).toEqual(
      steps.map(({ number, trainLoss }) => [number, trainLoss]),
    );
    const measured = all.filter(({ kind }) => kind === 'spectrum');
    expect(measured.map(({ step }) => step)).toEqual([3, 7]);
    expect(measured[0]).toMatchObject({ probes, gradientOverlap, gradientEnergy });
    expect(all.at(-1)).toMatchObject({ kind: 'finish', status: 'finished' });
    expect(all).toHaveLength(1 + 2500 + 2 + 1);
  });

  it('is the same each time, and taken back without a change', async () => {
    const [first, second] = [await lines(), await lines()];
    expect(second).toEqual(first);
    const again = await postLines(api.url, first.map((line) => JSON.stringify(line)).join('\n'));
    expect(again.lines.at(-1)).toMatchObject({ status: 'DONE', CREATED: 0, UPDATED: 0, REFUSED: 0 });
  });
});

describe('a run as CSV', () => {
  it('is one table with a row for every step, Lanczos step, node and overlap', async () => {
    const rows = parse(await exported('csv'), { columns: true }) as Record<string, string>[];
    const of = (record: string): Record<string, string>[] => rows.filter((row) => row['record'] === record);
    expect(of('run')).toMatchObject([{ id: run.id, runId: run.id, name, config: '{"batch":64}', tags: '["a","b"]' }]);
    expect(of('step').map((row) => Number(row['trainLoss']))).toEqual(steps.map(({ trainLoss }) => trainLoss));
    expect(of('spectrum')).toMatchObject([{ step: '3' }, { step: '7' }]);
    const probe = of('probe').filter((row) => row['step'] === '3' && row['probe'] === '0');
    expect(probe.map((row) => Number(row['alpha']))).toEqual(probes[0]?.alpha);
    expect(probe.map((row) => row['beta'])).toEqual([String(1 / 3), '5e-324', '']);
    expect(of('probe').filter((row) => row['probe'] === '1')).toHaveLength(4);
    expect(of('overlap')).toMatchObject([{ k: '2', fraction: '0.5' }, { k: '2' }]);
    expect(of('energy')).toHaveLength(4);
    expect(of('finish')).toMatchObject([{ status: 'finished' }]);
    expect(await exported('csv')).toBe(await exported('csv'));
  });
});

describe('the traces of the blocks of a run as CSV', () => {
  const table = async (id: string): Promise<Record<string, string>[]> => {
    const { status, headers, body } = await send(`${api.url}/export/runs/${id}/blocks.csv`);
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toBe(`attachment; filename="run-${id}-blocks.csv"`);
    return parse(String(body['text']), { columns: true });
  };

  it('has a row for every block at every step, whole matrices left out', async () => {
    const record = runRecord({});
    const two = [
      { index: 0, seed: 1, alpha: [1, 3], beta: [1] },
      { index: 1, seed: 2, alpha: [2, 2], beta: [1] },
    ];
    const places = [
      { step: 4, block: 'layers.10' },
      { step: 4, block: 'all' },
      { step: 4, block: 'layers.2' },
      { step: 0, block: '=layers, "2"' },
    ];
    const blocks = places.map(({ step, block }) => spectrumRecord(record.id, step, { block, probes: two }));
    await sendRecords(api.url, [record, ...blocks]);
    const rows = await table(record.id);
    expect(rows.map(({ step, block }) => [step, block])).toEqual([
      ['0', `'=layers, "2"`],
      ['4', 'layers.2'],
      ['4', 'layers.10'],
    ]);
    const n = Number(rows[0]?.['parameterCount']);
    // e₁ᵀ T e₁ of the two probes: 1 and 2.
    expect(rows[0]).toMatchObject({ operator: 'hessian', preconditioner: 'none' });
    expect(Number(rows[0]?.['tracePerParameter'])).toBeCloseTo(1.5, 12);
    expect(Number(rows[0]?.['tracePerParameterStandardError'])).toBeCloseTo(0.5, 12);
    expect(Number(rows[0]?.['trace'])).toBeCloseTo(1.5 * n, 9);
    expect(await table(run.id)).toEqual([]);
  });

  it.each([randomUUID(), 'x'])('of %s is not found', async (id) => {
    expect(await send(`${api.url}/export/runs/${id}/blocks.csv`)).toMatchObject({ status: 404 });
  });
});

describe('a table', () => {
  it('holds no text that a spreadsheet takes for a formula', async () => {
    const names = ['=HYPERLINK("https://evil.example")', '+1', '-1', '@SUM(1)', '\t=1', '＝1', 'a = b'];
    for (const formula of names) {
      const record = runRecord({ name: formula, notes: formula });
      await sendRecords(api.url, [record]);
      const { body } = await send(`${api.url}/export/runs/${record.id}.csv`);
      const [row] = parse(String(body['text']), { columns: true }) as Record<string, string>[];
      const safe = formula === 'a = b' ? formula : `'${formula}`;
      expect(row).toMatchObject({ name: safe, notes: safe });
    }
  });
});

describe('clients that read nothing', () => {
  it('hold no export of others, nor more than two of their own', async () => {
    const idle = Array.from({ length: 6 }, () => connect(Number(new URL(api.url).port), '127.0.0.1'));
    for (const socket of idle) {
      socket.on('error', () => undefined).pause();
      socket.write(`GET /export/runs/${run.id}.jsonl HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
    }
    const statuses = new Set<number>();
    await expect
      .poll(async () => {
        const { status } = await send(`${api.url}/export/runs/${run.id}.csv`);
        statuses.add(status);
        return status;
      })
      .toBe(200);
    expect([...statuses].filter((status) => ![200, 429].includes(status))).toEqual([]);
    for (const socket of idle) socket.destroy();
  });
});

describe('what cannot be exported', () => {
  it.each([`${randomUUID()}.jsonl`, `${run.id}.xml`, 'x.jsonl', `${run.id}`, '..%2f..%2fetc%2fpasswd'])(
    '%s is not found',
    async (file) => {
      expect(await send(`${api.url}/export/runs/${file}`)).toMatchObject({ status: 404 });
    },
  );
});
