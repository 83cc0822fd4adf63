/** Prepares a ridgeline: one density per step on its own base line, log height. */
import { linearScale, type AxisScale } from './axisScale.ts';
import { cellCentres, level, type Evolution } from './evolution.ts';

interface Ridge {
  readonly key: string;
  readonly step: number;
  /** Position of its base line on the vertical axis. */
  readonly base: number;
}

export interface Ridgeline {
  readonly x: AxisScale;
  /** One unit per ridge; its ticks are the steps. */
  readonly y: AxisScale;
  /** Last step first, so that earlier ones are drawn on top. */
  readonly ridges: readonly Ridge[];
  readonly rows: readonly Readonly<Record<string, number>>[];
  /** Number of omitted steps. */
  readonly leftOut: number;
}

/** More ridges would overlap. */
const most = 24;
/** Height of the highest peak, in distances between base lines. */
const peak = 1.8;

export function ridgeline(evolution: Evolution, format: (step: number) => string): Ridgeline {
  const { steps, height, lambda } = evolution;
  const shown =
    steps.length <= most
      ? [...steps.keys()]
      : Array.from({ length: most }, (_unused, index) => Math.round((index * (steps.length - 1)) / (most - 1)));
  const ridges = shown.map((index, base) => ({ key: `r${String(base)}`, step: steps[index] ?? 0, base, index }));
  const rows = cellCentres(evolution).map((value, cell) => {
    const row: Record<string, number> = { x: lambda.position(value) };
    for (const { key, base, index } of ridges) row[key] = base + peak * level(height[index]?.[cell] ?? 0, evolution);
    return row;
  });
  const span = linearScale([-0.2, ridges.length - 1 + peak + 0.1]);
  const stride = Math.ceil(ridges.length / 12);
  return {
    x: lambda,
    y: {
      ...span,
      ticks: ridges.map(({ base }) => base).filter((base) => base % stride === 0),
      format: (base) => format(ridges[Math.round(base)]?.step ?? 0),
    },
    ridges: ridges.toReversed().map(({ key, step, base }) => ({ key, step, base })),
    rows,
    leftOut: steps.length - shown.length,
  };
}
