/** Formats numbers for readers: four digits, true minus signs, powers of ten as 10⁻³. */

const superscripts = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
const plainFrom = 1e-3;
const plainBelow = 1e5;

function superscript(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => superscripts[Number(digit)]).join('');
  return exponent < 0 ? `⁻${digits}` : digits;
}

/** `10⁻³`, `−100`, `0.02`, `2×10⁴`: a power of ten times an integer, for the ticks of logarithmic axes. */
export function formatPower(value: number): string {
  if (value === 0) return '0';
  const sign = value < 0 ? '−' : '';
  const magnitude = Math.abs(value);
  const exponent = Math.floor(Math.log10(magnitude) + 1e-9);
  const mantissa = Number((magnitude / 10 ** exponent).toPrecision(6));
  if (Math.abs(exponent) <= (mantissa === 1 ? 2 : 3)) return sign + String(Number(magnitude.toPrecision(6)));
  if (mantissa === 1) return `${sign}10${superscript(exponent)}`;
  return `${sign}${String(mantissa)}×10${superscript(exponent)}`;
}

/**
 * `value` with `digits` significant digits: `0.0213`, `−31.42`, `1.2×10⁻⁵`, `12,345`. Integers below 10¹² keep all digits; missing and non-finite values are a dash.
 */
export function formatNumber(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const sign = value < 0 ? '−' : '';
  const magnitude = Math.abs(value);
  if (Number.isInteger(value) && magnitude < 1e12) return sign + magnitude.toLocaleString('en-GB');
  return sign + significant(magnitude, digits);
}

/** Like `formatNumber`, of few characters whatever its size: `4×10⁸` where that is `400,000,000`. */
export function formatCompact(value: number | null | undefined, digits = 3): string {
  if (typeof value !== 'number' || !(Math.abs(value) >= plainBelow) || !Number.isFinite(value)) {
    return formatNumber(value, digits);
  }
  return (value < 0 ? '−' : '') + significant(Math.abs(value), digits);
}

function significant(magnitude: number, digits: number): string {
  const rounded = Number(magnitude.toPrecision(digits));
  if (rounded >= plainFrom && rounded < plainBelow) return String(rounded);
  const exponent = Math.floor(Math.log10(rounded));
  const mantissa = Number((rounded / 10 ** exponent).toPrecision(digits));
  return `${String(mantissa)}×10${superscript(exponent)}`;
}

/** `1 probe`, `10 probes`: nouns whose plural ends in s. */
export function counted(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A share from 0 to 1 in per cent: `97.4 %`. */
export function formatShare(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  return `${(100 * value).toFixed(1)} %`;
}
