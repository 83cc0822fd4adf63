/** A probe as it is stored: one of the two kinds of measurement, every number finite, every length right. */
import { DatabaseError } from '../error/DatabaseError.ts';
import { pathText, requireFiniteArray, requireInt32, requireInteger } from '../input/number.ts';
import type { NewProbe, QuadratureProbe, TridiagonalProbe } from './Probe.ts';

export type ProbePayload = Omit<TridiagonalProbe, 'spectrumId'> | Omit<QuadratureProbe, 'spectrumId'>;

/** Weights of a peer's float32 quadrature sum to 1 far better than this; weights that were never normalised do not. */
const weightTolerance = 0.01;

/** @param lanczosSteps m, which no tridiagonal may exceed. */
export function normaliseProbe(probe: NewProbe, at: number, lanczosSteps: number): ProbePayload {
  const path = ['probes', String(at)];
  const identity = {
    index: requireInt32(probe.index, [...path, 'index'], { min: 0 }),
    seed: requireInteger(probe.seed, [...path, 'seed']),
  };
  const { alpha, beta, nodes, weights } = probe;
  if (alpha && beta && !nodes && !weights) {
    requireTridiagonal(alpha, beta, path, lanczosSteps);
    return { ...identity, alpha: [...alpha], beta: [...beta], nodes: null, weights: null };
  }
  if (nodes && weights && !alpha && !beta) {
    requireQuadrature(nodes, weights, path);
    return { ...identity, alpha: null, beta: null, nodes: [...nodes], weights: [...weights] };
  }
  const given = Object.entries({ alpha, beta, nodes, weights }).flatMap(([name, values]) => (values ? [name] : []));
  throw invalid(
    path,
    `has ${given.join(', ') || 'no measurement'}; alpha and beta, or nodes and weights, are expected`,
  );
}

function requireTridiagonal(
  alpha: readonly number[],
  beta: readonly number[],
  path: readonly string[],
  lanczosSteps: number,
): void {
  const m = alpha.length;
  if (m < 1) throw invalid([...path, 'alpha'], 'is empty; at least one diagonal is expected');
  if (m > lanczosSteps) {
    throw invalid([...path, 'alpha'], `has ${m} entries; at most lanczosSteps = ${lanczosSteps} are expected`);
  }
  if (beta.length !== m && beta.length !== m - 1) {
    throw invalid([...path, 'beta'], `has ${beta.length} entries; ${m - 1} or ${m} are expected for ${m} of alpha`);
  }
  requireFiniteArray(alpha, [...path, 'alpha']);
  requireFiniteArray(beta, [...path, 'beta']);
}

function requireQuadrature(nodes: readonly number[], weights: readonly number[], path: readonly string[]): void {
  if (nodes.length < 1) throw invalid([...path, 'nodes'], 'is empty; at least one node is expected');
  if (weights.length !== nodes.length) {
    throw invalid([...path, 'weights'], `has ${weights.length} entries; ${nodes.length} are expected, one per node`);
  }
  requireFiniteArray(nodes, [...path, 'nodes']);
  requireFiniteArray(weights, [...path, 'weights'], { min: 0 });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (Math.abs(sum - 1) > weightTolerance) throw invalid([...path, 'weights'], `sum to ${sum}; a sum of 1 is expected`);
}

function invalid(path: readonly string[], what: string): DatabaseError {
  return new DatabaseError('INVALID', `${pathText(path)} ${what}.`, { field: path });
}
