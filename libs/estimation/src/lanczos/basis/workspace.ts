/**
 * Memory for one float64 working vector and a number of bases, cut along the columns into segments that each fit one
 * WebAssembly memory. Nothing is touched before it is written, so the system commits only what is used.
 */
import type { Precision } from '../../engines/Engine.ts';
import { EstimationError } from '../../error/EstimationError.ts';
import { kernelsOn, type Kernels } from './kernels.ts';
import { wasm, wasmPage, type WasmMemory } from './webAssembly.ts';

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
  /** Rows that a basis can hold. */
  readonly rows: number;
  /** The working vector. */
  readonly vector: number;
  /** What a combination takes, and what a projection adds to: one float64 per row each. */
  readonly coefficients: number;
  readonly products: number;
  readonly memory: WasmMemory;
  readonly kernels: Readonly<Record<Precision, Kernels>>;
  /** Where each basis begins. */
  readonly bases: readonly number[];
}

const bytesPerNumber: Readonly<Record<Precision, number>> = { float32: 4, float64: 8 };
/** Far below the 4 GiB a memory can hold, so that one segment's allocation seldom fails. */
const segmentBytes = 2 ** 30;

/** Bytes that the bases take. */
export function basisBytes({ dimension, rows, bases, precision }: WorkspaceSize): number {
  return dimension * rows * bases * bytesPerNumber[precision];
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

function createSegment(start: number, columns: number, { rows, bases, precision }: WorkspaceSize): Segment {
  const padded = roundUp(columns, 4);
  const basis = rows * padded * bytesPerNumber[precision];
  const products = 8 * rows;
  const vector = roundUp(2 * products, 16);
  const firstBasis = vector + 8 * padded;
  const bytes = firstBasis + bases * basis;
  let memory: WasmMemory;
  try {
    memory = new wasm.Memory({ initial: Math.ceil(bytes / wasmPage) });
  } catch (cause) {
    throw new EstimationError(
      'BAD_OPTION',
      `The Lanczos basis cannot be allocated (${bytes} bytes): take fewer steps or probes, or less \`memory\`.`,
      { cause },
    );
  }
  return {
    start,
    columns,
    padded,
    rows,
    vector,
    coefficients: 0,
    products,
    memory,
    kernels: kernelsOn(memory),
    bases: Array.from({ length: bases }, (_, slot) => firstBasis + slot * basis),
  };
}

/** Throws an EstimationError (BAD_OPTION) when the memory cannot be had. */
export function createWorkspace(size: WorkspaceSize, limit = segmentBytes): readonly Segment[] {
  const { dimension, rows, bases, precision } = size;
  const perColumn = 8 + rows * bases * bytesPerNumber[precision];
  const columns = Math.max(4, 4 * Math.floor(limit / perColumn / 4));
  const segments: Segment[] = [];
  for (let start = 0; start < dimension; start += columns) {
    segments.push(createSegment(start, Math.min(columns, dimension - start), size));
  }
  return segments;
}
