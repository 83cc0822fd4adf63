/** Conditions on runs as people write them: `lambda1 > 50 and batchNorm = none`. */
import type { RunFilter } from '@ritz/client';
import { batchNorms, statuses } from './settingWords.ts';
import { valueColumn } from './valueColumns.ts';

export type Conditions =
  | { readonly ok: true; readonly filter: RunFilter }
  /** What was expected, and what was found. */
  | { readonly ok: false; readonly fault: string };

const operators = ['>=', '<=', '>', '<', '='] as const;
type Operator = (typeof operators)[number];

interface Range {
  readonly atLeast?: number;
  readonly atMost?: number;
}

const wordOf = (text: string): string => text.toUpperCase().replaceAll('-', '_');

/** The neighbour of a number among those of double precision. */
function neighbour(value: number, upwards: boolean): number {
  if (value === 0) return upwards ? Number.MIN_VALUE : -Number.MIN_VALUE;
  const buffer = new DataView(new ArrayBuffer(8));
  buffer.setFloat64(0, value);
  buffer.setBigInt64(0, buffer.getBigInt64(0) + (value > 0 === upwards ? 1n : -1n));
  return buffer.getFloat64(0);
}

function rangeOf(operator: Operator, value: number): Range {
  switch (operator) {
    case '>':
      return { atLeast: neighbour(value, true) };
    case '>=':
      return { atLeast: value };
    case '<':
      return { atMost: neighbour(value, false) };
    case '<=':
      return { atMost: value };
    case '=':
      return { atLeast: value, atMost: value };
  }
}

/** Settings that a condition of equality names, by their lower-case name. */
const settings: Readonly<Record<string, (value: string) => RunFilter | null>> = {
  architecture: (value) => ({ architecture: [value] }),
  dataset: (value) => ({ dataset: [value] }),
  optimiser: (value) => ({ optimiser: [value] }),
  project: (project) => ({ project }),
  experiment: (experiment) => ({ experiment }),
  tag: (value) => ({ tags: [value] }),
  batchnorm: (value) => {
    const known = batchNorms.find((one) => one === wordOf(value));
    return known ? { batchNorm: [known] } : null;
  },
  status: (value) => {
    const known = statuses.find((one) => one === wordOf(value));
    return known ? { status: [known] } : null;
  },
  residual: (value) => (/^(yes|no|true|false)$/i.test(value) ? { residual: /^(yes|true)$/i.test(value) } : null),
};

const fault = (text: string): Conditions => ({ ok: false, fault: text });

/** One condition as a filter; a text that says what is wrong with it otherwise. */
function parsed(text: string): RunFilter | string {
  const start = text.search(/[<>=]/);
  const operator = operators.find((one) => text.startsWith(one, start));
  const name = text.slice(0, Math.max(0, start)).trim();
  const given = text.slice(start + (operator?.length ?? 0)).trim();
  if (!operator || name === '' || given === '') return `expected “name > number” or “name = value”, got “${text}”`;
  const column = valueColumn(name);
  const value = Number(given);
  if (column) {
    if (!Number.isFinite(value)) return `${name}: expected a number, got “${given}”`;
    const range = rangeOf(operator, value);
    const { source } = column;
    return source.kind === 'statistic'
      ? { statistics: [{ statistic: source.input, ...range }] }
      : { measures: [{ measure: source.input, ...range }] };
  }
  if (name.startsWith('config.')) {
    const path = name.slice('config.'.length);
    if (operator === '=') return { config: [{ path, equals: given }] };
    return Number.isFinite(value)
      ? { config: [{ path, ...rangeOf(operator, value) }] }
      : `${name}: expected a number, got “${given}”`;
  }
  const setting = settings[name.toLowerCase()];
  if (!setting) return `${name} is neither a statistic, a measure nor a setting`;
  if (operator !== '=') return `${name}: expected “=”, got “${operator}”`;
  return setting(given) ?? `${name}: got “${given}”, which is none of its values`;
}

const lists = ['statistics', 'measures', 'config', 'tags'] as const;

/** All of them hold; conditions on one setting that exclude each other match nothing. */
function both(a: RunFilter, b: RunFilter): RunFilter {
  const joined: Record<string, unknown> = { ...a, ...b };
  for (const list of lists) {
    if (a[list] && b[list]) joined[list] = [...a[list], ...b[list]];
  }
  return joined as RunFilter;
}

/** An empty text is no condition. */
export function conditionsOf(text: string): Conditions {
  let filter: RunFilter = {};
  const words = text.split(/\s/).filter((word) => word !== '');
  for (const part of words.join(' ').split(/[,;&]| and /i)) {
    if (part.trim() === '') continue;
    const one = parsed(part.trim());
    if (typeof one === 'string') return fault(one);
    filter = both(filter, one);
  }
  return { ok: true, filter };
}
