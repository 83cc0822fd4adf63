/** The replicates of measured numbers as dots over their interval, beside where a claim says that they lie; plain SVG. */
import type { Measurement } from '@ritz/spectra';
import { linearScale } from '../prepare/axisScale.ts';
import { valueDomain } from '../prepare/domain.ts';
import { placeOn } from './StaticFigure.tsx';
import { accent, grid, ink, muted } from './theme.ts';

const width = 760;
const rowHeight = 66;
const plotLeft = 12;
const plotRight = width - 12;

function Strip({ measurement, top }: { readonly measurement: Measurement; readonly top: number }) {
  const { label, mean, interval, units, claimed } = measurement;
  const replicates = measurement.replicates.map(({ value }) => value);
  const domain = valueDomain([replicates, interval ?? []], { include: [claimed.of] });
  if (!domain) return null;
  const scale = linearScale(domain);
  const across = placeOn(scale, plotLeft, plotRight);
  const [middle, bottom] = [top + 30, top + 44];
  const edge = across(claimed.of);
  const shaded = { above: { x: edge, width: plotRight - edge }, below: { x: plotLeft, width: edge - plotLeft } }[
    claimed.side
  ];
  return (
    <g>
      <text x={plotLeft} y={top + 12} fill={ink} fontSize={12}>
        {label}
      </text>
      <rect {...shaded} y={top + 18} height={bottom - top - 18} fill={accent} fillOpacity={0.12} />
      <line x1={edge} x2={edge} y1={top + 18} y2={bottom} stroke={muted} />
      <line x1={plotLeft} x2={plotRight} y1={bottom} y2={bottom} stroke={grid} />
      {interval && (
        <g stroke={ink} strokeWidth={2}>
          <line x1={across(interval[0])} x2={across(interval[1])} y1={middle} y2={middle} />
          <line x1={across(mean)} x2={across(mean)} y1={middle - 7} y2={middle + 7} />
        </g>
      )}
      {replicates.map((value, index) => (
        <circle key={index} cx={across(value)} cy={middle} r={4} fill={accent} fillOpacity={0.6} />
      ))}
      {units.of === 'nets' &&
        units.values.map((value, index) => (
          <path key={index} d={`M${String(across(value))} ${String(middle - 6)}v12`} stroke={accent} strokeWidth={3} />
        ))}
      {scale.ticks.map((tick) => (
        <text key={tick} x={across(tick)} y={bottom + 14} textAnchor="middle" fill={muted} fontSize={11}>
          {scale.format(tick)}
        </text>
      ))}
    </g>
  );
}

/**
 * Shaded: where the claim says that a number lies. Bar: its 95 % interval around the mean. Strokes: the means of the nets. Nothing without
 * replicates.
 */
export function ReplicateStrips({ measurements }: { readonly measurements: readonly Measurement[] }) {
  const measured = measurements.filter(({ replicates }) => replicates.length > 0);
  if (measured.length === 0) return null;
  return (
    <svg viewBox={`0 0 ${String(width)} ${String(measured.length * rowHeight)}`} role="img" aria-label="Replicates">
      {measured.map((measurement, row) => (
        <Strip key={measurement.label} measurement={measurement} top={row * rowHeight} />
      ))}
    </svg>
  );
}
