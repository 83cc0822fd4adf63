/**
 * Memory for float64 working vectors and a number of bases, cut along the columns into blocks, and those put into segments that
 * each fit one WebAssembly memory. Nothing is touched before it is written, so the system commits only what is used. Bases that
 * are too large lie in a file instead, and in memory is one block of columns for each thread that works.
 */
import { bytesPerNumber, type Precision } from '../numbers/precision.ts';
import { LanczosError } from '../error/LanczosError.ts';
import { layoutBytes } from './RowStore.ts';
import type { ScratchFile, ScratchHandle } from './ScratchFile.ts';
import { maxMemoryBytes, sharedMemory, type WasmMemory } from './webAssembly.ts';

/**
 * Columns handled at a time: 100 rows of a block stay in a core's own cache from one kernel to the next. A constant, because it
 * decides the order of sums: they do not depend on segments, threads or where the rows lie.
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

/** Bytes that working vectors may take together, if one alone does not take more. */
const worksBytes = 2 ** 27;

/** Columns start … start + columns of everything; addresses in bytes. Plain data, so that a thread can be sent it. */
export interface Segment {
  /** A multiple of `blockColumns`. */
  readonly start: number;
  readonly columns: number;
  /** `columns` rounded up to a multiple of 4; what is beyond stays 0. */
  readonly padded: number;
  readonly memory: WasmMemory;
  /** What a combination takes: one float64 per row. For each working vector, as the next two. */
  readonly coefficients: number;
  /** What projections give: for each block one float64 per row, and the vector's squared norm after them. */
  readonly products: number;
  readonly productBytes: number;
  /** The working vectors. */
  readonly vectors: number;
  /** The bases; or a buffer for one block of a basis per thread. */
  readonly bases: number;
  /** Where the segment's bases begin in the file. */
  readonly position: number;
}

export interface Workspace {
  readonly size: WorkspaceSize;
  readonly segments: readonly Segment[];
  /** Working vectors: one for each basis, or one for all of them. */
  readonly works: number;
  /** Where the bases are if they are not in memory. */
  readonly file: ScratchHandle | null;
}

/** Far below the 4 GiB a memory can hold, so that one segment's allocation seldom fails. */
const segmentBytes = 2 ** 30;
/** What a segment's memory starts with: enough for the alignment of any part. */
const cacheLine = 64;

/** Bytes that the bases take. */
export function basisBytes({ dimension, rows, bases, precision }: WorkspaceSize): number {
  return dimension * rows * bases * bytesPerNumber[precision];
}

/** Maximum number of bases whose block fits in one WebAssembly memory, with half of it to spare for everything else. */
export function maxBases({ dimension, rows, precision }: Omit<WorkspaceSize, 'bases'>): number {
  return Math.floor(maxMemoryBytes / 2 / (rows * Math.min(dimension, blockColumns) * bytesPerNumber[precision]));
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

/** Bytes of a block's products. */
function productBytes({ rows }: WorkspaceSize): number {
  return 8 * (rows + 1);
}

export interface WorkAddresses {
  readonly coefficients: number;
  /** Of the block. */
  readonly products: number;
  readonly vector: number;
}

/** Where a working vector's numbers are for a block of a segment. */
export function workAt(segment: Segment, work: number, block: number): WorkAddresses {
  const blocks = Math.ceil(segment.padded / blockColumns);
  return {
    coefficients: segment.coefficients + work * segment.productBytes,
    products: segment.products + (work * blocks + block) * segment.productBytes,
    vector: segment.vectors + 8 * (work * segment.padded + block * blockColumns),
  };
}

interface SegmentLayout {
  readonly works: number;
  /** Bytes for rows that a segment of that many columns has in memory. */
  readonly rowBytes: (padded: number) => number;
  /** Bytes of memory needed for a column. */
  readonly bytesPerColumn: number;
  readonly file: ScratchHandle | null;
  readonly limit: number;
}

function createSegment(start: number, columns: number, size: WorkspaceSize, layout: SegmentLayout): Segment {
  const { rowBytes, works } = layout;
  const padded = roundUp(columns, 4);
  const ofProducts = productBytes(size);
  const products = roundUp(works * ofProducts, cacheLine);
  const vectors = roundUp(products + works * Math.ceil(padded / blockColumns) * ofProducts, cacheLine);
  const bases = roundUp(vectors + works * 8 * padded, cacheLine);
  const bytes = bases + rowBytes(padded);
  const position = scratchBytes({ ...size, dimension: start });
  try {
    const memory = sharedMemory(bytes);
    const addresses = { coefficients: 0, products, productBytes: ofProducts, vectors, bases, position };
    return { start, columns, padded, memory, ...addresses };
  } catch (cause) {
    throw new LanczosError(
      'BAD_OPTION',
      `The Lanczos basis cannot be allocated (${bytes} bytes): take fewer steps or probes, or less memory.`,
      { cause },
    );
  }
}

function create(size: WorkspaceSize, layout: SegmentLayout): Workspace {
  const { dimension } = size;
  const columns = blockColumns * Math.max(1, Math.floor(layout.limit / layout.bytesPerColumn / blockColumns));
  const segments = Array.from({ length: Math.ceil(dimension / columns) }, (_, i) =>
    createSegment(i * columns, Math.min(columns, dimension - i * columns), size, layout),
  );
  return { size, segments, works: layout.works, file: layout.file };
}

/** Bases in memory. Throws a LanczosError (BAD_OPTION) when it cannot be allocated. */
export function createWorkspace(size: WorkspaceSize, limit = segmentBytes): Workspace {
  const { dimension, rows, bases, precision } = size;
  const works = 8 * dimension * bases <= worksBytes ? bases : 1;
  return create(size, {
    works,
    rowBytes: (padded) => bases * layoutBytes({ rows, padded, precision }),
    bytesPerColumn: 8 * works + rows * bases * bytesPerNumber[precision],
    file: null,
    limit,
  });
}

/** Bytes that the file of `createScratchWorkspace` must have. */
export function scratchBytes({ dimension, rows, bases, precision }: WorkspaceSize): number {
  return bases * layoutBytes({ rows, padded: roundUp(dimension, 4), precision });
}

/**
 * Bases in a file that this many threads work on besides the one that asks; in memory is the working vector, 8 bytes for each of
 * the n columns. Throws a LanczosError (BAD_OPTION) when it cannot be allocated.
 */
export function createScratchWorkspace(size: WorkspaceSize, { handle }: ScratchFile, threads: number): Workspace {
  const { rows, precision } = size;
  return create(size, {
    works: 1,
    rowBytes: (padded) => (1 + threads) * layoutBytes({ rows, padded: Math.min(blockColumns, padded), precision }),
    bytesPerColumn: 8,
    file: handle,
    limit: segmentBytes,
  });
}
