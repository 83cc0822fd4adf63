/**
 * Arrays of doubles on the wire, bit for bit: where there are many, in PostgreSQL's binary format, which neither side has to
 * spell out; else as text, read in one pass. A spectrum of 10 probes × 90 steps is 1,800 numbers, and the driver's own reader,
 * which takes any array apart character by character, took longer for them than what is computed from them.
 */
import { sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { types } from 'pg';

/** Types by their number in PostgreSQL's catalogue, which the driver's list leaves out. */
const catalogue: Readonly<Record<'float8Array', number>> = { float8Array: 1022 };

/** `{0.5,-0,1e-310}`, one dimension; a null, which only summaries have, is NaN. */
export function readDoubles(text: string): number[] {
  return text === '{}' ? [] : text.slice(1, -1).split(',').map(Number);
}

/** From now on every connection of the driver reads them so. */
export function readDoublesFast(): void {
  types.setTypeParser(catalogue.float8Array, readDoubles);
}

const float8 = 701;

/**
 * Lists of doubles end to end as one float8[] in PostgreSQL's binary format (arrayfuncs.c, array_recv): dimensions, flags, type of
 * the elements, length, lower bound; then for each double its length and its bits, big-endian. The driver sends a Buffer as binary.
 */
export function binaryDoubles(lists: readonly (readonly number[])[]): Buffer {
  const length = lists.reduce((sum, list) => sum + list.length, 0);
  const dimensions = length === 0 ? 0 : 1;
  const buffer = Buffer.allocUnsafe(12 + 8 * dimensions + 12 * length);
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  view.setInt32(0, dimensions);
  view.setInt32(4, 0);
  view.setInt32(8, float8);
  if (dimensions === 0) return buffer;
  view.setInt32(12, length);
  view.setInt32(16, 1);
  let offset = 20;
  for (const list of lists) {
    for (const value of list) {
      view.setInt32(offset, 8);
      view.setFloat64(offset + 4, value);
      offset += 12;
    }
  }
  return buffer;
}

/** A column of arrays of doubles, to be selected in the binary format. */
export function doublesOf(column: PgColumn): SQL<number[] | null> {
  return sql<number[] | null>`array_send(${column})`.mapWith(readBinaryDoubles);
}

/** What `binaryDoubles` writes. */
export function readBinaryDoubles(buffer: Buffer): number[] {
  if (buffer.readInt32BE(0) === 0) return [];
  const length = buffer.readInt32BE(12);
  if (buffer.readInt32BE(4) !== 0) return readWithNulls(buffer, length);
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  const values = new Array<number>(length);
  for (let at = 0; at < length; at++) values[at] = view.getFloat64(24 + 12 * at);
  return values;
}

/** An array that nothing here writes: a null is no number, and is read as none. */
function readWithNulls(buffer: Buffer, length: number): number[] {
  const values: number[] = [];
  for (let offset = 20; values.length < length;) {
    const isNull = buffer.readInt32BE(offset) < 0;
    values.push(isNull ? NaN : buffer.readDoubleBE(offset + 4));
    offset += isNull ? 4 : 12;
  }
  return values;
}
