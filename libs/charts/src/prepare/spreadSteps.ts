/** Chooses the measured steps to draw where there are more than a chart has room for. */
import type { AxisScale } from './axisScale.ts';

/** At most `most` of the ascending `steps`, evenly spread over the axis, with both ends; all of them if they are not more. */
export function spreadSteps(steps: readonly number[], x: AxisScale, most: number): readonly number[] {
  if (steps.length <= most) return steps;
  const places = steps.map(x.position);
  const [first, last] = [places[0] ?? 0, places.at(-1) ?? 0];
  const kept = new Set<number>();
  let nearest = 0;
  for (let number = 0; number < most; number++) {
    const place = first + ((last - first) * number) / (most - 1);
    const off = (index: number): number => Math.abs((places[index] ?? Infinity) - place);
    while (nearest < places.length - 1 && off(nearest + 1) <= off(nearest)) nearest++;
    kept.add(steps[nearest] ?? 0);
  }
  return [...kept];
}
