/** What the user says is learned: names and patterns of tensors, with rows where only these are meant. */
import { EstimationError } from '../../../error/EstimationError.ts';
import type { Shape } from '../../../graph/Node.ts';
import { listOf } from './Judgement.ts';

export interface Selectable {
  /** Names that it may be called by. */
  readonly names: readonly string[];
  readonly shape: Shape;
}

export interface Selected {
  /** Positions along the first axis; null: all. */
  readonly rows: readonly number[] | null;
}

interface Pattern {
  readonly text: string;
  readonly names: RegExp;
  readonly rows: readonly [first: number, last: number][] | null;
}

/** `encoder.*`: any text for each asterisk. `embed.weight[0]`, `embed.weight[0:2,5]`: rows; the last of a range is not in it. */
function parse(text: string, option: string): Pattern {
  const [, name = text, list] = /^(.*)\[([\d:,]+)\]$/.exec(text) ?? [];
  const names = new RegExp(`^${name.split('*').map(escape).join('.*')}$`);
  if (list === undefined) return { text, names, rows: null };
  const rows = list.split(',').map((part): [number, number] => {
    const [first = Number.NaN, end = first + 1, ...rest] = part
      .split(':')
      .map((digits) => (digits === '' ? NaN : Number(digits)));
    if (rest.length > 0 || !(end > first)) {
      throw new EstimationError('BAD_OPTION', `${option}: expected rows such as [0] or [0:4], got "[${list}]".`);
    }
    return [first, end];
  });
  return { text, names, rows };
}

function escape(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * Which of the tensors the patterns name, by position. Throws an EstimationError (BAD_OPTION) for a pattern that matches none, and for
 * rows that a tensor does not have.
 */
export function selectTensors(
  tensors: readonly Selectable[],
  patterns: readonly string[],
  option: string,
): Map<number, Selected> {
  const selected = new Map<number, Selected>();
  for (const pattern of patterns.map((text) => parse(text, option))) {
    const found = tensors.flatMap(({ names }, position) =>
      names.some((name) => pattern.names.test(name)) ? [position] : [],
    );
    if (found.length === 0) {
      const known = listOf(
        tensors.flatMap(({ names }) => names.slice(0, 1)),
        20,
      );
      throw new EstimationError(
        'BAD_OPTION',
        `${option}: "${pattern.text}" matches no tensor of the file; it has ${known}.`,
      );
    }
    for (const position of found) {
      const rows = rowsOf(pattern, tensors[position] as Selectable, option);
      const known = selected.get(position);
      const all = rows === null || known?.rows === null;
      selected.set(position, {
        rows: all ? null : [...new Set([...(known?.rows ?? []), ...rows])].sort((a, b) => a - b),
      });
    }
  }
  return selected;
}

function rowsOf({ rows, text }: Pattern, { shape }: Selectable, option: string): number[] | null {
  if (rows === null) return null;
  const [count = 0] = shape;
  const list = rows.flatMap(([first, end]) => Array.from({ length: end - first }, (_, i) => first + i));
  const bad = list.find((row) => row >= count);
  if (bad === undefined) return list;
  throw new EstimationError('BAD_OPTION', `${option}: "${text}": expected rows 0 to ${count - 1}, got ${bad}.`);
}
