/**
 * The scale of an axis as data: the position of a value (`position`), the labelled values (`ticks`) and their format. Charts draw positions on a linear axis, so that every scale is drawn alike.
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
  /** Position of a value; strictly increasing. */
  position(value: number): number;
  /** The value at a position. */
  value(position: number): number;
  format(value: number): string;
}

function requireDomain([low, high]: Domain): void {
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high)) {
    throw new RangeError(`Axis: expected two finite ends in ascending order, got ${String(low)} and ${String(high)}.`);
  }
}

/** Equal distances are equal differences. */
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

/** Equal distances are equal ratios; both ends must be positive. */
export function logScale(domain: Domain, tickCount = 6): AxisScale {
  requireDomain(domain);
  if (domain[0] <= 0) {
    throw new RangeError(
      `Logarithmic axis: expected a positive lower end, got ${String(domain[0])}. Use a symlog axis.`,
    );
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
 * sign(x) · log₁₀(1 + |x| / linear): linear near 0 and logarithmic on both sides of it. `linear` (> 0) is the width of the linear part.
 */
export function symlogScale(domain: Domain, linear: number, tickCount = 7): AxisScale {
  requireDomain(domain);
  if (!(linear > 0)) throw new RangeError(`Symlog axis: expected a positive linear width, got ${String(linear)}.`);
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

/**
 * arsinh(x / linear) in units of a decade: as symlog, but smooth at 0, so that a density per unit of the axis has no kink there.
 * `linear` (> 0) is the width of the linear part.
 */
export function asinhScale(domain: Domain, linear: number, tickCount = 7): AxisScale {
  return {
    ...symlogScale(domain, linear, tickCount),
    position: (value) => Math.asinh(value / linear) / Math.LN10,
    value: (place) => linear * Math.sinh(place * Math.LN10),
  };
}

/** Optimiser steps on a log-like axis that shows step 0: log₁₀(1 + step). */
export function stepScale(lastStep: number): AxisScale {
  return { ...symlogScale([0, Math.max(1, lastStep)], 1), format: (value) => formatNumber(value) };
}
