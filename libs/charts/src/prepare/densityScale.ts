/** The axis of the densities, with room below for the rug of single eigenvalues. */
import { linearScale, logScale, symlogScale, type AxisScale } from './axisScale.ts';

export type DensityAxis = 'log' | 'symlog' | 'linear';

export interface DensityScale {
  readonly scale: AxisScale;
  /** Where curves end below: the floor of a logarithmic axis, 0 of the others. */
  readonly base: number;
}

/** Room above the highest density, as a factor. */
const LOG_ROOM = 2;
const LINEAR_ROOM = 1.05;
/** Share of the height that the rug takes. */
const RUG = 0.07;

function without(axis: DensityAxis, floor: number, highest: number): AxisScale {
  const top = Math.max(highest * LOG_ROOM, floor * 10);
  switch (axis) {
    case 'log':
      return logScale([floor, top], 8);
    case 'symlog':
      return symlogScale([0, top], floor, 7);
    case 'linear':
      return linearScale([0, Math.max(highest, floor) * LINEAR_ROOM], 7);
  }
}

/** `floor` > 0 is the lowest density that a logarithm shows, `highest` the highest that was measured. */
export function densityScale(axis: DensityAxis, floor: number, highest: number): DensityScale {
  const plain = without(axis, floor, highest);
  const base = plain.domain[0];
  const [from, to] = [plain.position(base), plain.position(plain.domain[1])];
  const bottom = plain.value(from - (RUG / (1 - RUG)) * (to - from));
  return { scale: { ...plain, domain: [bottom, plain.domain[1]] }, base };
}
