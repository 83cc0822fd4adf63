/** One request to `POST /ingest`: sends lines and reads the answers to them at the same time. */
import http from 'node:http';
import https from 'node:https';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RecordError } from '../RecordError.ts';
import { readAnswer, type IngestAnswer } from './IngestAnswer.ts';

export interface Target {
  /** Of the API, without a slash at its end. */
  readonly url: string;
  readonly token: string | undefined;
}

/** Milliseconds of silence after which a connection is given up. */
const silenceMs = 90_000;

/**
 * Resolves when the server has ended its answer, rejects when the connection was lost before.
 * @param onAnswer is told every answer, in the order of the lines
 * @throws RecordError NOT_ACCEPTED for what another attempt cannot mend: no token, no such path
 */
export async function sendLines(
  { url, token }: Target,
  lines: AsyncIterable<Buffer>,
  onAnswer: (answer: IngestAnswer) => void,
): Promise<void> {
  const { request } = url.startsWith('https:') ? https : http;
  const sending = request(`${url}/ingest`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    timeout: silenceMs,
  });
  sending.once('timeout', () => sending.destroy(new Error(`no answer for ${silenceMs / 1000} s`)));
  const answered = new Promise<void>((resolve, reject) => {
    sending.once('error', reject);
    sending.once('response', (response) => {
      readResponse(response, url, onAnswer).then(resolve, (error: unknown) => {
        sending.destroy();
        reject(error instanceof Error ? error : new Error(String(error)));
      });
    });
  });
  const sent = pipeline(Readable.from(framed(lines), { objectMode: false, highWaterMark: 1 << 18 }), sending);
  // A server that refuses stops reading: then its answer says more than the broken pipe.
  sent.catch(() => undefined);
  await answered;
}

const newline = Buffer.from('\n');

async function* framed(lines: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  for await (const line of lines) yield Buffer.concat([line, newline]);
}

async function readResponse(
  response: http.IncomingMessage,
  url: string,
  onAnswer: (answer: IngestAnswer) => void,
): Promise<void> {
  const status = response.statusCode ?? 0;
  if (status !== 200) {
    const text = Buffer.concat(await response.toArray()).toString();
    const message = `${url} answered ${status}: ${messageIn(text)}`;
    throw status >= 500 || status === 429 ? new Error(message) : new RecordError('NOT_ACCEPTED', message);
  }
  let last: IngestAnswer | null = null;
  for await (const line of createInterface({ input: response })) {
    last = readAnswer(line);
    if (last !== null) onAnswer(last);
  }
  if (last?.status === 'STOPPED') throw new Error(last.message);
  if (last?.status !== 'DONE') throw new Error('the connection was lost');
}

/** The message of an answer in the shape of GraphQL errors, or the beginning of whatever it is. */
function messageIn(text: string): string {
  return /"message":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1]?.replaceAll('\\"', '"') ?? text.slice(0, 200);
}
