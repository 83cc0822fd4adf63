/** Streams a given number of spectra to `POST /ingest`, generated while sending, and reads the results at the same time. */
import { request } from 'node:http';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface Streamed {
  readonly seconds: number;
  readonly megabytes: number;
  /** By their status: CREATED, UNCHANGED, REFUSED, and DONE once. */
  readonly results: Readonly<Record<string, number>>;
  /** The last line of the response. */
  readonly end: Readonly<Record<string, unknown>>;
}

/** Sends the lines (each without its newline) and resolves with the last result. */
export async function streamLines(url: string, lines: Iterable<string>): Promise<Streamed> {
  const started = performance.now();
  let bytes = 0;
  function* framed(): Generator<string> {
    for (const line of lines) {
      bytes += line.length + 1;
      yield `${line}\n`;
    }
  }
  const sending = request(`${url}/ingest`, { method: 'POST', headers: { 'content-type': 'application/x-ndjson' } });
  const answered = new Promise<{ results: Record<string, number>; end: Record<string, unknown> }>((resolve, reject) => {
    sending.once('error', reject);
    sending.once('response', (response) => {
      const results: Record<string, number> = {};
      let end: Record<string, unknown> = {};
      const reader = createInterface({ input: response });
      reader.on('line', (line) => {
        end = JSON.parse(line) as Record<string, unknown>;
        const status = String(end['status']);
        results[status] = (results[status] ?? 0) + 1;
      });
      reader.once('close', () => resolve({ results, end }));
      response.once('error', reject);
    });
  });
  await pipeline(Readable.from(framed(), { objectMode: false, highWaterMark: 1 << 18 }), sending);
  const { results, end } = await answered;
  return { seconds: (performance.now() - started) / 1000, megabytes: bytes / 1e6, results, end };
}
