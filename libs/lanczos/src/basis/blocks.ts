/** The blocks of columns of a workspace, as one thread sees them: with kernels and rows of its own. */
import type { Precision } from '../numbers/precision.ts';
import { kernelsOn, type Kernels } from './kernels.ts';
import { fileRows, layoutBytes, memoryRows, type RowLayout, type RowStore } from './RowStore.ts';
import { ScratchFile } from './ScratchFile.ts';
import { blockColumns, type Segment, type Workspace } from './workspace.ts';

/** Columns first … first + columns of a segment. */
export interface Block {
  readonly segment: Segment;
  readonly first: number;
  /** Those beyond the segment's own, up to a multiple of 4, stay 0. */
  readonly columns: number;
  /** Its number among those of the segment. */
  readonly index: number;
  readonly kernels: Readonly<Record<Precision, Kernels>>;
  readonly rows: RowStore;
}

/** `thread` is 0 for the one that made the workspace; others count from 1. */
export function blocksOf({ size, segments, file }: Workspace, thread: number): readonly Block[] {
  const { rows, precision } = size;
  return segments.flatMap((segment) => {
    const { memory, padded, bases, position } = segment;
    const layout: RowLayout = { rows, padded, precision };
    const blockBytes = layoutBytes({ ...layout, padded: Math.min(blockColumns, padded) });
    const store = file
      ? fileRows(memory, bases + thread * blockBytes, new ScratchFile(file), position, layout)
      : memoryRows(bases, layout);
    const kernels = kernelsOn(memory);
    return Array.from({ length: Math.ceil(padded / blockColumns) }, (_, i) => ({
      segment,
      first: i * blockColumns,
      columns: Math.min(blockColumns, padded - i * blockColumns),
      index: i,
      kernels,
      rows: store,
    }));
  });
}
