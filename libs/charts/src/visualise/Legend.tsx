/** Which stroke is which curve. */
import type { ChartSeries } from '../prepare/ChartSeries.ts';
import { SeriesMark } from './SeriesMark.tsx';

export interface LegendProps {
  readonly series: readonly Pick<ChartSeries, 'id' | 'label' | 'style'>[];
}

export function Legend({ series }: LegendProps) {
  return (
    <ul className="ritz-legend">
      {series.map(({ id, label, style }) => (
        <li key={id}>
          <SeriesMark style={style} />
          {label}
        </li>
      ))}
    </ul>
  );
}
