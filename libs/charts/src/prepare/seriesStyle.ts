/** Colours and dashes of curves: the same for the same run on every page, told apart without colour vision. */

export const STYLE_COUNT = 8;

export interface SeriesStyle {
  /** A CSS variable, so that each theme has its own shade. */
  readonly colour: string;
  /** `stroke-dasharray`; null = solid. */
  readonly dash: string | null;
}

const DASHES = [null, '8 3', '3 2', '10 3 2 3', '14 4', '6 2', '10 3 2 3 2 3', '5 4'];

/** The style with this number, counted round from 0. */
export function seriesStyle(number: number): SeriesStyle {
  const slot = ((number % STYLE_COUNT) + STYLE_COUNT) % STYLE_COUNT;
  return { colour: `var(--series-${String(slot + 1)})`, dash: DASHES[slot] ?? null };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (const character of text) {
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return state;
}

/**
 * A style number for each id: the id's own, unless an earlier id of the list took it; then the next free one. A run alone
 * on its page therefore looks as it does in most comparisons.
 */
export function assignStyles(ids: readonly string[]): ReadonlyMap<string, number> {
  const styles = new Map<string, number>();
  for (const id of ids) {
    let slot = hash(id) % STYLE_COUNT;
    const taken = new Set(styles.values());
    for (let tries = 0; taken.has(slot) && tries < STYLE_COUNT; tries++) slot = (slot + 1) % STYLE_COUNT;
    styles.set(id, slot);
  }
  return styles;
}
