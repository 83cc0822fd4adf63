/**
 * Where the rows of the bases of a segment lie: in its memory or in a file. Both cut them into blocks of columns; all rows of a
 * block lie one after the other, so that a block is read in one stream.
 */
import { bytesPerNumber, type FloatArray, type Precision } from '../numbers/precision.ts';
import type { ScratchFile } from './ScratchFile.ts';
import type { WasmMemory } from './webAssembly.ts';

/** Columns first … first + columns of a segment. */
interface Columns {
  readonly first: number;
  readonly columns: number;
}

export interface RowStore {
  /** Address in the segment's memory where `count` rows of a block are from `row` on, one after the other, until the next call. */
  load(slot: number, columns: Columns, row: number, count: number): number;
  /** Lets `fill` write the part of a row in a block, at an address in the segment's memory. */
  write(slot: number, columns: Columns, row: number, fill: (address: number) => void): void;
}

export interface RowLayout {
  /** Rows that a basis can hold. */
  readonly rows: number;
  /** Columns of the segment, rounded up to a multiple of 4. */
  readonly padded: number;
  readonly precision: Precision;
}

/** Bytes of one basis. */
export function layoutBytes({ rows, padded, precision }: RowLayout): number {
  return rows * padded * bytesPerNumber[precision];
}

/** Bytes from the beginning of the bases to a row's part in a block. */
function offsetOf(layout: RowLayout, slot: number, { first, columns }: Columns, row: number): number {
  return slot * layoutBytes(layout) + (first * layout.rows + row * columns) * bytesPerNumber[layout.precision];
}

/** Numbers in a segment's memory. */
export function floatsAt({ buffer }: WasmMemory, precision: Precision, address: number, length: number): FloatArray {
  return precision === 'float64'
    ? new Float64Array(buffer, address, length)
    : new Float32Array(buffer, address, length);
}

/** Rows in the segment's memory, from `address` on. */
export function memoryRows(address: number, layout: RowLayout): RowStore {
  return {
    load: (slot, columns, row) => address + offsetOf(layout, slot, columns, row),
    write: (slot, columns, row, fill) => {
      fill(address + offsetOf(layout, slot, columns, row));
    },
  };
}

/** Rows in a file, from `position` on; the block that a thread works on is in the segment's memory at `address`. */
export function fileRows(
  { buffer }: WasmMemory,
  address: number,
  file: ScratchFile,
  position: number,
  layout: RowLayout,
): RowStore {
  const bytesOf = (columns: Columns, count: number): Uint8Array =>
    new Uint8Array(buffer, address, count * columns.columns * bytesPerNumber[layout.precision]);
  return {
    load: (slot, columns, row, count) => {
      file.read(position + offsetOf(layout, slot, columns, row), bytesOf(columns, count));
      return address;
    },
    write: (slot, columns, row, fill) => {
      fill(address);
      file.write(position + offsetOf(layout, slot, columns, row), bytesOf(columns, 1));
    },
  };
}
