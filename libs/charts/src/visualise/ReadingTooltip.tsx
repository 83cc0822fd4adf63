/** Tooltip: the measured points near the pointer, each with its own x where it differs. */
import type { AxisScale } from '../prepare/axisScale.ts';
import type { ChartSeries } from '../prepare/ChartSeries.ts';
import { formatNumber } from '../prepare/formatNumber.ts';
import { readAt } from '../prepare/readAt.ts';
import { SeriesMark } from './SeriesMark.tsx';

export interface ReadingTooltipProps {
  readonly series: readonly ChartSeries[];
  readonly scale: AxisScale;
  readonly xName: string;
  readonly formatY?: ((value: number) => string) | undefined;
  /** Given by Recharts. */
  readonly active?: boolean | undefined;
  /** Position on the x axis, given by Recharts. */
  readonly label?: string | number | undefined;
}

export function ReadingTooltip({ series, scale, xName, formatY = formatNumber, active, label }: ReadingTooltipProps) {
  if (active !== true || typeof label !== 'number') return null;
  const x = scale.value(label);
  const readings = readAt(series, x, scale);
  if (readings.length === 0) return null;
  return (
    <div className="ritz-tooltip">
      <p className="ritz-tooltip-x">
        {xName} {formatNumber(scale.kind === 'linear' ? x : Number(x.toPrecision(6)))}
      </p>
      <table>
        <tbody>
          {readings.map((reading) => (
            <tr key={reading.series.id}>
              <td>
                <SeriesMark style={reading.series.style} solid={series.length === 1} />
              </td>
              <th scope="row">{reading.series.label}</th>
              <td className="ritz-tooltip-value">{formatY(reading.y)}</td>
              {Math.abs(reading.x - x) > 1e-6 * Math.max(1, Math.abs(x)) && (
                <td className="ritz-tooltip-own">at {formatNumber(reading.x, 3)}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
