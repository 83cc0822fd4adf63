import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf, type Line } from './lines.ts';

async function* chunks(...parts: (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part);
}

async function read(source: AsyncIterable<Buffer>, limit = 100): Promise<[number, string | null][]> {
  const all: Line[] = [];
  for await (const lines of linesOf(source, limit)) all.push(...lines);
  return all.map(({ number, bytes }) => [number, bytes?.toString() ?? null]);
}

describe('lines of a stream', () => {
  it('are the same however the stream is cut', async () => {
    const text = fc.stringMatching(/^[ab\n\r ä]*$/);
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(20)), async (whole, cuts) => {
        const bytes = Buffer.from(whole);
        const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
        const parts = places.slice(1).map((end, at) => bytes.subarray(places[at], end));
        const expected = whole
          .split('\n')
          .map((line, at): [number, string] => [at + 1, line])
          .filter(([, line]) => /[^ \r]/.test(line));
        expect(await read(chunks(...parts))).toEqual(expected);
      }),
    );
  });

  it('come out as soon as they end', async () => {
    let given = 0;
    async function* slow(): AsyncGenerator<Buffer> {
      for (const part of ['one\ntw', 'o\n', 'three']) {
        given++;
        yield Buffer.from(part);
      }
    }
    const lines = linesOf(slow(), 100);
    expect((await lines.next()).value).toMatchObject([{ number: 1 }]);
    expect(given).toBe(1);
  });

  it('that are too long are skipped without being held, and the next one is read', async () => {
    expect(await read(chunks('x'.repeat(60), 'x'.repeat(60), 'x\nshort\n', 'y'.repeat(101)))).toEqual([
      [1, null],
      [2, 'short'],
      [3, null],
    ]);
  });
});
