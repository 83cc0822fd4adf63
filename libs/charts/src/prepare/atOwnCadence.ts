/** Handles quantities that are not logged at every step. */

export interface Points {
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
}

/**
 * A quantity logged at most steps keeps its missing values, drawn as gaps. One measured at longer intervals, such as the test loss, is drawn through the steps where it was measured.
 */
export function atOwnCadence(step: readonly number[], values: readonly (number | null)[]): Points {
  const kept = [...step.keys()].filter((index) => (values[index] ?? null) !== null);
  if (2 * kept.length >= step.length) return { x: step, y: values };
  return { x: kept.map((index) => step[index] ?? 0), y: kept.map((index) => values[index] ?? null) };
}
