/** The figure of a claim, drawn by @ritz/charts. */
import { StaticFigure, type StaticSeries } from '@ritz/charts';
import { leastSquares, type ClaimFigure } from '@ritz/spectra';

type Point = readonly [number, number];

export interface ClaimChartProps {
  readonly figure: ClaimFigure;
  /** Names in the order in which they take colours, so that a name has one colour in all figures. */
  readonly settings: readonly string[];
  /** Steps at which the learning rate drops. */
  readonly drops: readonly number[];
}

/** From the first point to the last along the line that fits them best. */
function fitted(points: readonly Point[]): Point[] {
  if (points.length < 2) return [];
  const { slope, intercept } = leastSquares(points);
  const xs = points.map(([x]) => x);
  return [Math.min(...xs), Math.max(...xs)].map((x) => [x, intercept + slope * x] as const);
}

/** Points over steps are joined, and the drops of the learning rate marked; points of a relation have the line that fits them. */
export function ClaimChart({ figure, settings, drops }: ClaimChartProps) {
  const { title, x, y, logarithmic, scattered = false } = figure;
  const names = [...new Set([...settings, ...figure.series.map(({ name }) => name)])];
  const series = figure.series.map(({ name, points }): StaticSeries => ({
    ...{ name, points, style: names.indexOf(name) },
    ...(scattered && { line: fitted(points) }),
  }));
  const marks = scattered ? [] : drops.map((step) => ({ x: step, label: 'rate drops' }));
  return <StaticFigure title={title} xTitle={x} yTitle={y} logY={logarithmic} series={series} marks={marks} />;
}
