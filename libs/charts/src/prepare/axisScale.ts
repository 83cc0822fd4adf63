/**
 * The scale of an axis as data: where a value stands (`position`), which values are labelled (`ticks`), how they read.
 * Charts draw positions on a plain linear axis, so that a symmetric logarithm is no harder to draw than a line.
 */
import { formatNumber, formatPower } from './formatNumber.ts';
import { linearTicks, logTicks, symlogTicks } from './ticks.ts';

export type Domain = readonly [low: number, high: number];

export interface AxisScale {
  readonly kind: 'linear' | 'log' | 'symlog';
  /** In values; `low < high`. */
  readonly domain: Domain;
  /** Values to label, ascending, all inside the domain. */
  readonly ticks: readonly number[];
  /** Where the axis places a value; strictly increasing. */
  position(value: number): number;
  /** The value at a position. */
  value(position: number): number;
  format(value: number): string;
}

function requireDomain([low, high]: Domain): void {
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high)) {
    throw new RangeError(`An axis needs two finite ends, the low one first; got ${String(low)} and ${String(high)}.`);
  }
}

/** Distances on the axis are differences of values. */
export function linearScale(domain: Domain, tickCount = 6): AxisScale {
  requireDomain(domain);
  return {
    kind: 'linear',
    domain,
    ticks: linearTicks(domain, tickCount),
    position: (value) => value,
    value: (position) => position,
    format: (value) => formatNumber(value, 3),
  };
}

/** Distances on the axis are ratios; both ends must be positive. */
export function logScale(domain: Domain, tickCount = 6): AxisScale {
  requireDomain(domain);
  if (domain[0] <= 0) {
    throw new RangeError(`A logarithmic axis begins above 0; got ${String(domain[0])}. Take a symlog axis.`);
  }
  return {
    kind: 'log',
    domain,
    ticks: logTicks(domain, tickCount),
    position: Math.log10,
    value: (position) => 10 ** position,
    format: formatPower,
  };
}

/**
 * sign(x) · log₁₀(1 + |x| / linear): a line near 0, a logarithm far from it, on both sides. `linear` (> 0) is about where
 * one turns into the other.
 */
export function symlogScale(domain: Domain, linear: number, tickCount = 7): AxisScale {
  requireDomain(domain);
  if (!(linear > 0))
    throw new RangeError(`The linear width of a symlog axis is greater than 0; got ${String(linear)}.`);
  const position = (value: number): number => Math.sign(value) * Math.log10(1 + Math.abs(value) / linear);
  return {
    kind: 'symlog',
    domain,
    ticks: symlogTicks(domain, linear, tickCount),
    position,
    value: (place) => Math.sign(place) * linear * (10 ** Math.abs(place) - 1),
    format: formatPower,
  };
}

/** Optimiser steps on a log-like axis that shows step 0: log₁₀(1 + step). */
export function stepScale(lastStep: number): AxisScale {
  return { ...symlogScale([0, Math.max(1, lastStep)], 1), format: (value) => formatNumber(value) };
}
