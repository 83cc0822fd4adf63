/** Values and paths as messages show them. */

/** `path` as people write it: `probes[0].alpha[3]`. */
export function pathText(path: readonly string[]): string {
  return path.map((part, at) => (/^\d+$/.test(part) ? `[${part}]` : at === 0 ? part : `.${part}`)).join('');
}

/** A value in at most 80 characters, and never a whole object. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const shown = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return shown.length > 80 ? `${shown.slice(0, 80)}…` : shown;
}

export interface Range {
  readonly min?: number;
  readonly max?: number;
}

/** What a number of a range is expected to be: `a number from 0 to 1`. `noun`: with its article. */
export function describeRange(noun: string, { min = -Infinity, max = Infinity }: Range): string {
  if (min > -Infinity && max < Infinity) return `${noun} from ${min} to ${max}`;
  if (min > -Infinity) return `${noun} of at least ${min}`;
  return max < Infinity ? `${noun} of at most ${max}` : noun;
}
