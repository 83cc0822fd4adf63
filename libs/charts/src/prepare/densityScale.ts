/** The density axis, with room below for the rug of outliers. */
import { linearScale, logScale, symlogScale, type AxisScale } from './axisScale.ts';

export type DensityAxis = 'log' | 'symlog' | 'linear';

export interface DensityScale {
  readonly scale: AxisScale;
  /** Base of the curves: the floor of a logarithmic axis, otherwise 0. */
  readonly base: number;
}

/** Headroom above the highest density, as a factor. */
const logRoom = 2;
const linearRoom = 1.05;
/** Share of the height taken by the rug. */
const rug = 0.07;

function without(axis: DensityAxis, floor: number, highest: number): AxisScale {
  const top = Math.max(highest * logRoom, floor * 10);
  switch (axis) {
    case 'log':
      return logScale([floor, top], 8);
    case 'symlog':
      return symlogScale([0, top], floor, 7);
    case 'linear':
      return linearScale([0, Math.max(highest, floor) * linearRoom], 7);
  }
}

/** `floor` > 0 is the lowest density on a log axis, `highest` the highest measured density. */
export function densityScale(axis: DensityAxis, floor: number, highest: number): DensityScale {
  const plain = without(axis, floor, highest);
  const base = plain.domain[0];
  const [from, to] = [plain.position(base), plain.position(plain.domain[1])];
  const bottom = plain.value(from - (rug / (1 - rug)) * (to - from));
  return { scale: { ...plain, domain: [bottom, plain.domain[1]] }, base };
}
