/** Legend of a chart. */
import { legendEntries, type LegendEntry } from '../prepare/legend.ts';
import { SeriesMark } from './SeriesMark.tsx';

export interface LegendProps {
  readonly series: readonly LegendEntry[];
  /** Only of the figure once it is saved: on a page that has one legend for all of its figures. */
  readonly saved?: boolean;
}

export function Legend({ series, saved = false }: LegendProps) {
  return (
    <ul className={saved ? 'ritz-legend ritz-legend-saved' : 'ritz-legend'}>
      {legendEntries(series).map(({ id, label, style, weight }) => (
        <li key={id}>
          <SeriesMark style={style} weight={weight} solid={series.length === 1} />
          {label}
        </li>
      ))}
    </ul>
  );
}
