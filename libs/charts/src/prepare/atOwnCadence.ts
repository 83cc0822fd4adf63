/** Curves of quantities that are not logged at every step. */

export interface Points {
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
}

/**
 * A quantity that most steps have keeps its missing values, which are drawn as gaps. One that is measured only now and then,
 * such as a test loss, has a cadence of its own: the steps where it was measured are its curve.
 */
export function atOwnCadence(step: readonly number[], values: readonly (number | null)[]): Points {
  const kept = [...step.keys()].filter((index) => (values[index] ?? null) !== null);
  if (2 * kept.length >= step.length) return { x: step, y: values };
  return { x: kept.map((index) => step[index] ?? 0), y: kept.map((index) => values[index] ?? null) };
}
