/**
 * Memory for one float64 working vector and a number of bases, cut along the columns into segments that each fit one
 * WebAssembly memory. Nothing is touched before it is written, so the system commits only what is used. Bases that are too
 * large lie in a file instead, and in memory is the block of columns that is worked on.
 */
import type { Precision } from '../../engines/Engine.ts';
import { EstimationError } from '../../error/EstimationError.ts';
import { kernelsOn, type Kernels } from './kernels.ts';
import { bytesPerNumber, fileRows, layoutBytes, memoryRows, type RowLayout, type RowStore } from './RowStore.ts';
import type { ScratchFile } from './ScratchFile.ts';
import { wasm, wasmPage, type WasmMemory } from './webAssembly.ts';

/**
 * Columns handled at a time: 100 rows of a block stay in a core's own cache from one kernel to the next. A constant, because it
 * decides the order of sums.
 */
export const blockColumns = 4096;

export interface WorkspaceSize {
  /** n, the length of every vector. */
  readonly dimension: number;
  /** Rows that one basis can hold. */
  readonly rows: number;
  readonly bases: number;
  readonly precision: Precision;
}

/** Columns start … start + columns of everything; addresses in bytes. */
export interface Segment {
  readonly start: number;
  readonly columns: number;
  /** `columns` rounded up to a multiple of 4; what is beyond stays 0. */
  readonly padded: number;
  /** The working vector. */
  readonly vector: number;
  /** What a combination takes, and what a projection adds to: one float64 per row each. */
  readonly coefficients: number;
  readonly products: number;
  readonly memory: WasmMemory;
  readonly kernels: Readonly<Record<Precision, Kernels>>;
  readonly store: RowStore;
}

/** Far below the 4 GiB a memory can hold, so that one segment's allocation seldom fails. */
const segmentBytes = 2 ** 30;

/** Bytes that the bases take. */
export function basisBytes({ dimension, rows, bases, precision }: WorkspaceSize): number {
  return dimension * rows * bases * bytesPerNumber[precision];
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

interface Scratch {
  readonly file: ScratchFile;
  /** Where the segment's bases begin in it. */
  readonly position: number;
}

function createSegment(start: number, columns: number, size: WorkspaceSize, scratch: Scratch | null): Segment {
  const { rows, bases, precision } = size;
  const padded = roundUp(columns, 4);
  const layout: RowLayout = { rows, padded, precision };
  const products = 8 * rows;
  const vector = roundUp(2 * products, 16);
  const rowsAt = vector + 8 * padded;
  const inMemory = scratch
    ? layoutBytes({ ...layout, padded: Math.min(blockColumns, padded) })
    : bases * layoutBytes(layout);
  const bytes = rowsAt + inMemory;
  let memory: WasmMemory;
  try {
    memory = new wasm.Memory({ initial: Math.ceil(bytes / wasmPage) });
  } catch (cause) {
    throw new EstimationError(
      'BAD_OPTION',
      `The Lanczos basis cannot be allocated (${bytes} bytes): take fewer steps or probes, or less memory.`,
      { cause },
    );
  }
  return {
    start,
    columns,
    padded,
    vector,
    coefficients: 0,
    products,
    memory,
    kernels: kernelsOn(memory),
    store: scratch
      ? fileRows(memory, rowsAt, scratch.file, scratch.position, layout)
      : memoryRows(memory, rowsAt, layout),
  };
}

/** Bases in memory. Throws an EstimationError (BAD_OPTION) when it cannot be had. */
export function createWorkspace(size: WorkspaceSize, limit = segmentBytes): readonly Segment[] {
  const { rows, bases, precision } = size;
  const columns = columnsWithin(limit, 8 + rows * bases * bytesPerNumber[precision]);
  return segmentStarts(size, columns).map((start) =>
    createSegment(start, Math.min(columns, size.dimension - start), size, null),
  );
}

/** Bytes that the file of `createScratchWorkspace` must have. */
export function scratchBytes({ dimension, rows, bases, precision }: WorkspaceSize): number {
  return bases * layoutBytes({ rows, padded: roundUp(dimension, 4), precision });
}

/** Bases in a file; in memory is the working vector, 8 bytes for each of the n columns. */
export function createScratchWorkspace(size: WorkspaceSize, file: ScratchFile): readonly Segment[] {
  const columns = columnsWithin(segmentBytes, 8);
  return segmentStarts(size, columns).map((start) =>
    createSegment(start, Math.min(columns, size.dimension - start), size, {
      file,
      position: scratchBytes({ ...size, dimension: start }),
    }),
  );
}

function columnsWithin(limit: number, bytesPerColumn: number): number {
  return Math.max(4, 4 * Math.floor(limit / bytesPerColumn / 4));
}

function segmentStarts({ dimension }: WorkspaceSize, columns: number): number[] {
  return Array.from({ length: Math.ceil(dimension / columns) }, (_, i) => i * columns);
}
