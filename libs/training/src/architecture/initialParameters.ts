/** Seeded start values of any model. */
import type { Model } from '@ritz/estimation';
import { randomStream } from '../data/randomStream.ts';

/**
 * Weights uniform on ±√(6 / fan-in) (He, Zhang, Ren and Sun, ICCV 2015: the variance 2 / fan-in that keeps the scale of
 * activations through relu layers), where fan-in is all but the last axis; parameters of one axis (biases) 0. Drawn in the
 * order of the parameter vector. Returns that vector, [n].
 */
export function initialParameters(model: Model, seed: number): Float64Array {
  const stream = randomStream(seed, 'parameters');
  return Float64Array.from(
    model.parameters.flatMap(({ shape }) => {
      const fanIn = shape.slice(0, -1).reduce((product, length) => product * length, 1);
      const bound = shape.length > 1 ? Math.sqrt(6 / fanIn) : 0;
      const count = fanIn * (shape.at(-1) ?? 1);
      return Array.from({ length: count }, () => (bound === 0 ? 0 : bound * (2 * stream.next() - 1)));
    }),
  );
}
