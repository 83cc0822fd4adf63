/** Sends records to `POST /ingest` and reads the answers, as any client does. */
import { runInput, spectrumInput } from './inputs.ts';
import type { Toeplitz } from './toeplitz.ts';

type AnswerLine = Readonly<Record<string, unknown>>;

export interface Ingested {
  readonly status: number;
  readonly headers: Headers;
  /** The lines of the answer, or its one JSON body. */
  readonly lines: readonly AnswerLine[];
}

/** Posts `body` as it stands. */
export async function postLines(
  url: string,
  body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
  headers: Readonly<Record<string, string>> = {},
  query = '',
): Promise<Ingested> {
  const response = await fetch(`${url}/ingest${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', ...headers },
    body,
    ...(body instanceof ReadableStream && { duplex: 'half' as const }),
  });
  const text = await response.text();
  const lines = text.split('\n').filter((line) => line !== '');
  return {
    status: response.status,
    headers: response.headers,
    lines: lines.map((line) => JSON.parse(line) as AnswerLine),
  };
}

export function sendRecords(
  url: string,
  records: readonly object[],
  headers?: Record<string, string>,
): Promise<Ingested> {
  return postLines(url, records.map((record) => `${JSON.stringify(record)}\n`).join(''), headers);
}

export function runRecord(changes: Readonly<Record<string, unknown>> = {}) {
  return { v: 1, kind: 'run', ...runInput(changes) };
}

export function stepRecord(runId: string, number: number, trainLoss: number) {
  return { v: 1, kind: 'step', runId, number, trainLoss };
}

export function spectrumRecord(runId: string, step: number, changes: Readonly<Record<string, unknown>> = {}) {
  const probes: Toeplitz[] = [{ a: 1, b: 0.5, m: 8 }];
  return { v: 1, kind: 'spectrum', ...spectrumInput(runId, step, probes, changes) };
}
