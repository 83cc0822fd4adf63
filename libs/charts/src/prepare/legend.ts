/** What a legend lists. */
import type { ChartSeries } from './ChartSeries.ts';

export type LegendEntry = Pick<ChartSeries, 'id' | 'label' | 'style' | 'weight'>;

/** One entry per curve; consecutive faint curves of one style share an entry: `λ₂ … λ₉`. */
export function legendEntries(series: readonly LegendEntry[]): LegendEntry[] {
  const entries: { readonly first: LegendEntry; last: LegendEntry }[] = [];
  for (const one of series) {
    const before = entries.at(-1);
    const joins = before && one.weight === 'faint' && before.last.weight === 'faint' && before.last.style === one.style;
    if (joins) before.last = one;
    else entries.push({ first: one, last: one });
  }
  return entries.map(({ first, last }) =>
    first === last ? first : { ...first, label: `${first.label} … ${last.label}` },
  );
}
