/** Doubles go to the server and come back bit for bit, whatever they are. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../testing.ts';
import { binaryDoubles, readBinaryDoubles, readDoubles } from './doubles.ts';

let fixture: TestDatabase;
beforeAll(async () => {
  fixture = await testDatabase();
});
afterAll(() => fixture.stop());

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

/** What the server holds after it was sent these, and what it reads from text itself. */
async function sent(values: readonly number[]): Promise<{ back: number[]; bits: Buffer; same: boolean } | undefined> {
  const text = `{${values.map((value) => (Object.is(value, -0) ? '-0' : String(value))).join(',')}}`;
  const { rows } = await fixture.database.pool.query<{ back: number[]; bits: Buffer; same: boolean }>(
    'select $1::float8[] as back, array_send($1::float8[]) as bits, $1::float8[] = $2::text::float8[] as same',
    [binaryDoubles([values.slice(0, 3), values.slice(3)]), text],
  );
  return rows[0];
}

describe('arrays of doubles', () => {
  it('are the same on the server and after they were read back, bit for bit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(finite, { maxLength: 200 }), async (values) => {
        const found = await sent(values);
        expect(found?.same).toBe(true);
        expect(found?.back).toHaveLength(values.length);
        expect(found?.back.every((value, at) => Object.is(value, values[at]))).toBe(true);
        const read = readBinaryDoubles(found?.bits ?? Buffer.alloc(4));
        expect(read).toHaveLength(values.length);
        expect(read.every((value, at) => Object.is(value, values[at]))).toBe(true);
      }),
      { examples: [[[]], [[-0, 5e-324, -1e-310, 1.7976931348623157e308, 1e21, 1e-7]]] },
    );
  });

  it('may be empty', () => expect(readDoubles('{}')).toEqual([]));
});
