/** CSS variables used by charts, so that a theme change needs no re-render. */

/** Series colours are `--series-1` to `--series-8`, see `seriesStyle`. */
export const ink = 'var(--chart-ink)';
export const muted = 'var(--chart-muted)';
export const grid = 'var(--chart-grid)';
export const accent = 'var(--chart-accent)';

export const tick = { fill: muted, fontSize: 11 } as const;

export const lineWidth = 1.75;
