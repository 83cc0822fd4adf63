/** One probe's measurement, as a schema: a tridiagonal or a quadrature, every number finite, every length right. */
import { z } from 'zod';
import { int32, integer, numbers, optional } from '../input/fields.ts';
import type { QuadratureProbe, TridiagonalProbe } from './Probe.ts';
import { wrongTridiagonal } from './tridiagonal.ts';

export type ProbePayload = Omit<TridiagonalProbe, 'spectrumId'> | Omit<QuadratureProbe, 'spectrumId'>;

/** Weights of a peer's float32 quadrature sum to 1 far better than this; weights that were never normalised do not. */
const weightTolerance = 0.01;

export const probeSchema = z
  .strictObject({
    index: int32({ min: 0 }),
    seed: integer(),
    alpha: optional(numbers()),
    beta: optional(numbers()),
    nodes: optional(numbers()),
    weights: optional(numbers({ min: 0 })),
  })
  .transform((probe, context): ProbePayload => {
    const { alpha, beta, nodes, weights, ...identity } = probe;
    const refuse = (path: PropertyKey[], message: string): never => {
      context.issues.push({ code: 'custom', input: null, path, message });
      return z.NEVER;
    };
    if (alpha && beta && !nodes && !weights) {
      const wrong = wrongTridiagonal(alpha, beta);
      return wrong ? refuse([wrong.field], wrong.message) : { ...identity, alpha, beta, nodes: null, weights: null };
    }
    if (nodes && weights && !alpha && !beta) {
      const wrong = wrongQuadrature(nodes, weights);
      return wrong ? refuse([wrong.field], wrong.message) : { ...identity, alpha: null, beta: null, nodes, weights };
    }
    const given = Object.entries({ alpha, beta, nodes, weights }).flatMap(([name, values]) => (values ? [name] : []));
    return refuse(
      [],
      `has ${given.join(', ') || 'no measurement'}; alpha and beta, or nodes and weights, are expected`,
    );
  });

function wrongQuadrature(nodes: readonly number[], weights: readonly number[]) {
  if (nodes.length < 1) return { field: 'nodes', message: 'is empty; at least one node is expected' };
  if (weights.length !== nodes.length) {
    return { field: 'weights', message: `has ${weights.length} entries; ${nodes.length} are expected, one per node` };
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (Math.abs(sum - 1) > weightTolerance)
    return { field: 'weights', message: `sum to ${sum}; a sum of 1 is expected` };
  return null;
}
