/** CSS variables used by charts, so that a theme change needs no re-render. */

/** Series colours are `--series-1` to `--series-8`, see `seriesStyle`. */
export const INK = 'var(--chart-ink)';
export const MUTED = 'var(--chart-muted)';
export const GRID = 'var(--chart-grid)';
export const ACCENT = 'var(--chart-accent)';

export const TICK = { fill: MUTED, fontSize: 11 } as const;

export const LINE_WIDTH = 1.75;
