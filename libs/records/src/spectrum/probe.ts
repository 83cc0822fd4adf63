/** What one random start vector measured: a Lanczos tridiagonal, or the nodes and weights of a tool that kept no more. */
import { z } from 'zod';
import { int32, integer, numbers, optional } from '../fields/fields.ts';
import { tridiagonalFault } from './tridiagonal.ts';

interface ProbeIdentity {
  readonly index: number;
  readonly seed: number;
}

/** `alpha`: m diagonals. `beta`: m or m − 1 entries; `beta[j]` couples j and j + 1, the m-th is the last residual's norm. */
export interface TridiagonalProbe extends ProbeIdentity {
  readonly alpha: readonly number[];
  readonly beta: readonly number[];
  readonly nodes: null;
  readonly weights: null;
}

/** `weights` are not negative and sum to 1. */
export interface QuadratureProbe extends ProbeIdentity {
  readonly alpha: null;
  readonly beta: null;
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
}

export type ProbeValues = TridiagonalProbe | QuadratureProbe;

/** Weights of a float32 quadrature sum to 1 far better than this; weights that were never normalised do not. */
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
  .transform((probe, context): ProbeValues => {
    const { alpha, beta, nodes, weights, ...identity } = probe;
    const refuse = (path: PropertyKey[], message: string): never => {
      context.issues.push({ code: 'custom', input: null, path, message });
      return z.NEVER;
    };
    if (alpha && beta && !nodes && !weights) {
      const fault = tridiagonalFault(alpha, beta);
      return fault ? refuse([fault.field], fault.message) : { ...identity, alpha, beta, nodes: null, weights: null };
    }
    if (nodes && weights && !alpha && !beta) {
      const fault = quadratureFault(nodes, weights);
      return fault ? refuse([fault.field], fault.message) : { ...identity, alpha: null, beta: null, nodes, weights };
    }
    const given = Object.entries({ alpha, beta, nodes, weights }).flatMap(([name, values]) => (values ? [name] : []));
    return refuse([], `expected alpha and beta, or nodes and weights, got ${given.join(', ') || 'none of them'}`);
  });

/** As clients send it: exactly one of the two pairs. */
export type NewProbe = Readonly<z.input<typeof probeSchema>>;

function quadratureFault(nodes: readonly number[], weights: readonly number[]) {
  if (nodes.length < 1) return { field: 'nodes', message: 'expected at least 1 node, got none' };
  if (weights.length !== nodes.length) {
    return { field: 'weights', message: `expected ${nodes.length} entries, one per node, got ${weights.length}` };
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (Math.abs(sum - 1) > weightTolerance) return { field: 'weights', message: `expected a sum of 1, got ${sum}` };
  return null;
}
