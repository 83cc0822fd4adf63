/**
 * Round tick values of an axis. Linear ticks are d3's; logarithmic and symlog ticks are ours, since d3-scale labels ten values
 * a decade without thinning and gives symlog axes linear ticks.
 */
import { ticks } from 'd3-array';

type Domain = readonly [low: number, high: number];

/** About `count` evenly spaced round values inside the domain. */
export function linearTicks([low, high]: Domain, count: number): number[] {
  return ticks(low, high, count);
}

/** Every `stride`-th power of ten from `low` to `high`, so that at most `count` are left; aligned to the exponent 0. */
function powers(low: number, high: number, count: number): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const stride = Math.max(1, Math.ceil((last - first + 1) / Math.max(1, count)));
  const exponents: number[] = [];
  for (let exponent = last; exponent >= first; exponent--) {
    if (exponent % stride === 0) exponents.unshift(exponent);
  }
  return exponents.map((exponent) => Number(`1e${String(exponent)}`));
}

/** Powers of ten inside a positive domain; with fewer than two, 1-2-5 multiples; with fewer than two of those, plain ones. */
export function logTicks(domain: Domain, count: number): number[] {
  const [low, high] = domain;
  const decades = powers(low, high, count);
  if (decades.length >= 3) return decades;
  const fine: number[] = [];
  for (let exponent = Math.floor(Math.log10(low)); exponent <= Math.log10(high); exponent++) {
    for (const factor of [1, 2, 5]) {
      const value = Number(`${String(factor)}e${String(exponent)}`);
      if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) fine.push(value);
    }
  }
  return fine.length >= 2 ? fine : linearTicks(domain, 6);
}

/** 0 and powers of ten on either side of it, from about the linear width outwards. */
export function symlogTicks([low, high]: Domain, linear: number, count: number): number[] {
  const reach = (end: number): number => Math.log10(1 + Math.abs(end) / linear);
  const total = Math.max(0, high > 0 ? reach(high) : 0) + Math.max(0, low < 0 ? reach(low) : 0);
  const side = (end: number): number[] => {
    if (end < linear) return [];
    const share = Math.max(1, Math.round((count * reach(end)) / total));
    return powers(linear, end, share);
  };
  const ticks = [
    ...side(-low)
      .map((value) => -value)
      .reverse(),
    ...(low <= 0 && high >= 0 ? [0] : []),
    ...side(high),
  ].filter((value) => value >= low && value <= high);
  return ticks.length >= 2 ? ticks : linearTicks([low, high], count);
}
