/**
 * Eigenvalues that the probes resolved one by one: Ritz values that have converged, stand apart from their neighbours, and
 * are found by (almost) every probe. Such a Ritz value is an eigenvalue, so its share of the spectrum is exactly 1/n and not
 * the random weight that a probe gives it: the idea of variance-reduced quadrature (Bhattacharjee, Jayaram, Musco, Musco and
 * Ray, arXiv 2410.21690; Chen, Trogdon and Ubaru, arXiv 2105.06595).
 */
import { checkSpectrum } from '../measure/check.ts';
import type { MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { withDeflated } from './deflation.ts';
import { mergeGhosts } from './ghosts.ts';
import { quadrature, type Quadrature } from './ritzDecomposition.ts';

export interface ResolvedEigenvalue {
  /** Mean over the probes that found it. */
  readonly value: number;
  /** An eigenvalue lies within this distance of it, as far as the probe says that found it best. */
  readonly residual: number;
  /**
   * 1, or where the probes give it far more weight than one eigenvalue can have, n times their mean weight as an integer:
   * an estimate with a relative standard deviation of √(2 / (multiplicity · k)).
   */
  readonly multiplicity: number;
  /** For each probe the position of its node, or -1. */
  readonly positions: readonly number[];
}

export interface ResolvedSpectrum {
  /** Of each probe, ghost copies merged and deflated eigenvalues put in. */
  readonly quadratures: readonly Quadrature[];
  /** Ascending. Empty when residuals are not known. */
  readonly resolved: readonly ResolvedEigenvalue[];
  /** Largest |node| over all probes. */
  readonly scale: number;
}

/** A Ritz value counts as converged when its residual is below this share of the largest |Ritz value| … */
const residualTolerance = 1e-3;
/** … and below this share of the distance to its neighbours in the same probe. */
const gapTolerance = 0.1;
/** Two probes mean the same eigenvalue when they differ by less than this share of the scale plus both residuals. */
const agreementTolerance = 1e-5;
/** Share of the probes that must have found it. */
const quorum = 0.8;
/** Standard deviations of chance that a weight may exceed 1/n by before the eigenvalue is taken to be repeated. */
const repeatedAfter = 4.75;

interface Candidate {
  readonly probe: number;
  readonly position: number;
  readonly value: number;
  readonly residual: number;
  readonly weight: number;
}

function candidatesOf(probe: number, { nodes, weights, residuals }: Quadrature, scale: number): Candidate[] {
  if (residuals === null) return [];
  const found: Candidate[] = [];
  for (let position = 0; position < nodes.length; position++) {
    const value = nodes[position] ?? 0;
    const residual = residuals[position] ?? 0;
    const below = position > 0 ? value - (nodes[position - 1] ?? 0) : Infinity;
    const above = position < nodes.length - 1 ? (nodes[position + 1] ?? 0) - value : Infinity;
    const isolated = residual <= gapTolerance * Math.min(below, above);
    if (residual <= residualTolerance * scale && isolated) {
      found.push({ probe, position, value, residual, weight: weights[position] ?? 0 });
    }
  }
  return found;
}

/** Neighbouring candidates that mean the same eigenvalue; a probe contributes at most one to each. */
function cluster(candidates: readonly Candidate[], scale: number): Candidate[][] {
  const clusters: Candidate[][] = [];
  for (const candidate of [...candidates].sort((a, b) => a.value - b.value)) {
    const current = clusters.at(-1);
    const previous = current?.at(-1);
    const reach = previous ? agreementTolerance * scale + previous.residual + candidate.residual : 0;
    const same = previous && candidate.value - previous.value <= reach;
    if (current && same && !current.some(({ probe }) => probe === candidate.probe)) current.push(candidate);
    else clusters.push([candidate]);
  }
  return clusters;
}

/** Every statistic of a spectrum starts here, so that the decompositions are kept for as long as the spectrum object lives. */
const known = new WeakMap<MeasuredSpectrum, ResolvedSpectrum>();

/** Throws a SpectrumError when the spectrum is empty or holds entries that are not finite. */
export function resolveEigenvalues(spectrum: MeasuredSpectrum): ResolvedSpectrum {
  const found = known.get(spectrum) ?? resolve(spectrum);
  known.set(spectrum, found);
  return found;
}

function resolve(spectrum: MeasuredSpectrum): ResolvedSpectrum {
  checkSpectrum(spectrum);
  const { dimension, probes, deflated } = spectrum;
  const quadratures = probes.map((probe) => {
    const measured = mergeGhosts(quadrature(probe));
    return deflated ? withDeflated(measured, deflated, dimension) : measured;
  });
  const scale = Math.max(...quadratures.flatMap(({ nodes }) => [Math.abs(nodes[0] ?? 0), Math.abs(nodes.at(-1) ?? 0)]));
  const candidates = quadratures.flatMap((q, probe) => candidatesOf(probe, q, scale));
  const resolved = cluster(candidates, scale)
    .filter((members) => members.length >= quorum * probes.length)
    .map((members) => {
      const value = meanOf(members, (member) => member.value);
      return {
        value,
        residual: Math.min(...members.map((member) => member.residual + Math.abs(member.value - value))),
        multiplicity: multiplicityOf(dimension * meanOf(members, ({ weight }) => weight), probes.length),
        positions: probes.map((_, probe) => members.find((member) => member.probe === probe)?.position ?? -1),
      };
    });
  return { quadratures, resolved, scale };
}

function meanOf(members: readonly Candidate[], value: (member: Candidate) => number): number {
  return members.reduce((sum, member) => sum + value(member), 0) / members.length;
}

/**
 * A probe's weight at a simple eigenvalue, times n, is about χ² with one degree of freedom, and k times the mean over k probes
 * χ² with k: its upper quantile by Wilson and Hilferty's approximation (PNAS 17, 1931).
 */
function multiplicityOf(weightInEigenvalues: number, probes: number): number {
  const variance = 2 / (9 * probes);
  const likely = (1 - variance + repeatedAfter * Math.sqrt(variance)) ** 3;
  return weightInEigenvalues <= likely ? 1 : Math.round(weightInEigenvalues);
}
