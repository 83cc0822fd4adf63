/** Colours and dashes of curves: stable for a run on every page, distinguishable without colour vision. */

/** Colours of the palette: `--series-1` to `--series-8`. */
const colours = 8;

/** Each colour comes with three dashes. */
export const styleCount = 3 * colours;

export interface SeriesStyle {
  /** A CSS variable, set by each theme. */
  readonly colour: string;
  /** `stroke-dasharray`; null = solid. */
  readonly dash: string | null;
}

const dashes = [null, '8 3', '3 2', '10 3 2 3', '14 4', '6 2', '10 3 2 3 2 3', '5 4'];
/** Rotation of the dashes against the colours in each cycle of the palette. */
const turns = [0, 3, 5];

/** Style of summaries such as a mean: the text colour, used by no other curve. */
export const summaryStyle = -1;

/** The style with this number, modulo `styleCount`. No two agree in both colour and dash. */
export function seriesStyle(number: number): SeriesStyle {
  if (number === summaryStyle) return { colour: 'var(--chart-ink)', dash: null };
  const slot = ((number % styleCount) + styleCount) % styleCount;
  const colour = slot % colours;
  const turn = turns[Math.floor(slot / colours)] ?? 0;
  return { colour: `var(--series-${String(colour + 1)})`, dash: dashes[(colour + turn) % colours] ?? null };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (const character of text) {
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return state;
}

/** The next free style after `wanted`: other colours first, then the same colours with other dashes. */
function freeStyle(wanted: number, taken: ReadonlySet<number>): number {
  for (let round = 0; round < styleCount; round += colours) {
    for (let next = 0; next < colours; next++) {
      const slot = round + ((wanted + next) % colours);
      if (!taken.has(slot)) return slot;
    }
  }
  return wanted;
}

/**
 * A style number for each id: its hash, or the next free one if an earlier id took it. A single run therefore looks as it does in most comparisons.
 */
export function assignStyles(ids: readonly string[]): ReadonlyMap<string, number> {
  const styles = new Map<string, number>();
  for (const id of ids) styles.set(id, freeStyle(hash(id) % colours, new Set(styles.values())));
  return styles;
}
