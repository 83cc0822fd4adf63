/**
 * Where the rows of the bases of a segment lie: in its memory or in a file. Both cut them into blocks of columns; all rows of a
 * block lie one after the other, so that a block is read in one stream.
 */
import { floatArray, type FloatArray, type Precision } from '../../engines/Engine.ts';
import type { ScratchFile } from './ScratchFile.ts';
import type { WasmMemory } from './webAssembly.ts';

/** Columns first … first + columns of a segment. */
export interface Block {
  readonly first: number;
  readonly columns: number;
}

export interface RowStore {
  /** Address in the segment's memory where the first `count` rows of a block are, one after the other. */
  load(slot: number, block: Block, count: number): number;
  /** The part of a row in a block; to be read only, and before the next call. */
  read(slot: number, block: Block, row: number): FloatArray;
  /** Lets `fill` write the part of a row in a block. */
  write(slot: number, block: Block, row: number, fill: (part: FloatArray) => void): void;
}

export interface RowLayout {
  /** Rows that a basis can hold. */
  readonly rows: number;
  /** Columns of the segment, rounded up to a multiple of 4. */
  readonly padded: number;
  readonly precision: Precision;
}

export const bytesPerNumber: Readonly<Record<Precision, number>> = { float32: 4, float64: 8 };

/** Bytes of one basis. */
export function layoutBytes({ rows, padded, precision }: RowLayout): number {
  return rows * padded * bytesPerNumber[precision];
}

/** Bytes from the beginning of the bases to a row's part in a block. */
function offsetOf(layout: RowLayout, slot: number, { first, columns }: Block, row: number): number {
  return slot * layoutBytes(layout) + (first * layout.rows + row * columns) * bytesPerNumber[layout.precision];
}

/** Rows in the segment's memory, from `address` on. */
export function memoryRows(memory: WasmMemory, address: number, layout: RowLayout): RowStore {
  const make = layout.precision === 'float64' ? Float64Array : Float32Array;
  const part = (slot: number, block: Block, row: number): FloatArray =>
    new make(memory.buffer, address + offsetOf(layout, slot, block, row), block.columns);
  return {
    load: (slot, block) => address + offsetOf(layout, slot, block, 0),
    read: part,
    write: (slot, block, row, fill) => {
      fill(part(slot, block, row));
    },
  };
}

/** Rows in a file, from `position` on; the block that is worked on is in the segment's memory at `address`. */
export function fileRows(
  memory: WasmMemory,
  address: number,
  file: ScratchFile,
  position: number,
  layout: RowLayout,
): RowStore {
  const size = bytesPerNumber[layout.precision];
  let loaded = '';
  return {
    load: (slot, block, count) => {
      const key = `${slot} ${block.first} ${count}`;
      if (key !== loaded) {
        const target = new Uint8Array(memory.buffer, address, count * block.columns * size);
        file.read(position + offsetOf(layout, slot, block, 0), target);
        loaded = key;
      }
      return address;
    },
    read: (slot, block, row) => {
      const part = floatArray(layout.precision, block.columns);
      file.read(position + offsetOf(layout, slot, block, row), bytesOf(part));
      return part;
    },
    write: (slot, block, row, fill) => {
      const part = floatArray(layout.precision, block.columns);
      fill(part);
      file.write(position + offsetOf(layout, slot, block, row), bytesOf(part));
      loaded = '';
    },
  };
}

function bytesOf(part: FloatArray): Uint8Array {
  return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
}
