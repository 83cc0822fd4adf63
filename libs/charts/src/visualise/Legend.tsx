/** Legend of a chart. */
import { legendEntries, type LegendEntry } from '../prepare/legend.ts';
import { SeriesMark } from './SeriesMark.tsx';

export interface LegendProps {
  readonly series: readonly LegendEntry[];
}

export function Legend({ series }: LegendProps) {
  return (
    <ul className="ritz-legend">
      {legendEntries(series).map(({ id, label, style, weight }) => (
        <li key={id}>
          <SeriesMark style={style} weight={weight} solid={series.length === 1} />
          {label}
        </li>
      ))}
    </ul>
  );
}
