/** Tensors that hold the same numbers in another order of axes: an exporter folded a transpose of a tensor that is also used as it is. */
import type { Constant } from '../Value.ts';
import { isUniform } from './structure.ts';

export interface NamedTensor {
  readonly name: string;
  readonly tensor: Constant;
  /** Whether the exporter computed it, so that it may be another tensor's copy. */
  readonly mayFollow: boolean;
}

/** How one tensor follows from another one of the same elements. */
export type TieForm = 'reshape' | 'transpose';

/** null where the elements differ. `transpose` swaps the last two axes. */
export function tieForm(from: Constant, to: Constant): TieForm | null {
  if (from.values.length !== to.values.length) return null;
  if (from.values.every((value, position) => value === to.values[position])) return 'reshape';
  const [rows = 1, columns = 1] = from.shape.slice(-2);
  const same = to.shape.at(-2) === columns && to.shape.at(-1) === rows && to.shape.length === from.shape.length;
  if (!same || from.shape.length < 2) return null;
  const size = rows * columns;
  const isTransposed = from.values.every((value, position) => {
    const [matrix, at] = [Math.floor(position / size), position % size];
    return value === to.values[matrix * size + (at % columns) * rows + Math.floor(at / columns)];
  });
  return isTransposed ? 'transpose' : null;
}

/** Which tensors follow which: those that may follow are compared with all others of as many elements. */
export function findTies(tensors: readonly NamedTensor[]): Map<string, string> {
  const bySize = new Map<string, NamedTensor[]>();
  for (const entry of tensors) {
    if (isUniform(entry.tensor)) continue;
    const key = fingerprint(entry.tensor);
    bySize.set(key, [...(bySize.get(key) ?? []), entry]);
  }
  const ties = new Map<string, string>();
  for (const group of bySize.values()) {
    const sources = [...group].sort((a, b) => Number(a.mayFollow) - Number(b.mayFollow));
    sources.forEach((entry, position) => {
      if (!entry.mayFollow) return;
      const source = sources
        .slice(0, position)
        .find(({ name, tensor }) => !ties.has(name) && tieForm(tensor, entry.tensor) !== null);
      if (source) ties.set(entry.name, source.name);
    });
  }
  return ties;
}

/** The same for tensors of the same elements in any order. */
function fingerprint({ values }: Constant): string {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return `${values.length} ${least} ${most}`;
}
