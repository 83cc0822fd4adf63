/** A figure of the report: curves on labelled axes, as SVG text. */
import { leastSquares, type ClaimFigure } from '@ritz/spectra';
import { escapeMarkup } from './escape-markup.ts';
import { formatTick, scale, type Scale } from './svg-axis.ts';

const width = 760;
const height = 360;
const margin = { left: 76, right: 12, top: 42, bottom: 48 };
/** Safe for colour-blind readers (Okabe and Ito, 2008); the page's blue, and its text for their black: both may be light. */
const colours = ['var(--blue)', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', 'currentColor', '#8c8c8c'];
const dashes = ['', '6 3', '2 3', '8 3 2 3'];

interface Stroke {
  readonly colour: string;
  readonly dash: string;
}

type Point = readonly [number, number];

function marks(places: readonly Point[], { colour }: Stroke): string {
  return places
    .map(([x, y]) => `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="2.5" fill="${colour}"/>`)
    .join('');
}

function polyline(places: readonly Point[], { colour, dash }: Stroke): string {
  const path = places.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  const line = `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="1.3" stroke-opacity="0.75"`;
  return `${line} stroke-dasharray="${dash}"/>`;
}

/** From the first point to the last, along the line that fits them best. */
function fitted(points: readonly Point[]): Point[] {
  const { slope, intercept } = leastSquares(points);
  const xs = points.map(([x]) => x);
  return [Math.min(...xs), Math.max(...xs)].map((x) => [x, intercept + slope * x] as const);
}

function key(name: string, { colour, dash }: Stroke, x: number, y: number): string {
  const line = `<line x1="${x}" x2="${x + 24}" y1="${y}" y2="${y}" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>`;
  return `${line}<text x="${x + 30}" y="${y + 4}">${escapeMarkup(name)}</text>`;
}

/** Steps at which the learning rate drops, where the figure is over steps. */
function dropLines(drops: readonly number[], across: Scale): string[] {
  return drops.map((drop) => {
    const at = across.at(drop).toFixed(1);
    const line = `<line x1="${at}" x2="${at}" y1="${margin.top}" y2="${height - margin.bottom}" class="drop"/>`;
    return `${line}<text x="${at}" y="${margin.top - 4}" text-anchor="middle" class="drop">rate drops</text>`;
  });
}

export interface FigureContext {
  /** Names in the order in which they take colours, for a name to have one colour in several figures. */
  readonly known?: readonly string[];
  /** Steps at which the learning rate drops. */
  readonly drops?: readonly number[];
}

/**
 * Curves with points at what was measured, or points with the lines that fit them; those of one name alike. A note where there is
 * nothing to draw.
 */
export function svgFigure(figure: ClaimFigure, { known = [], drops = [] }: FigureContext = {}): string {
  const { title, x, y, logarithmic, series, scattered = false } = figure;
  const kept = series
    .map(({ name, points }) => ({ name, points: points.filter(([, value]) => !logarithmic || value > 0) }))
    .filter(({ points }) => points.length > 0);
  const names = [...new Set(kept.map(({ name }) => name))];
  const legendTop = height + 8;
  const total = legendTop + 18 * Math.ceil(names.length / 2) + 8;
  const open = `<svg viewBox="0 0 ${width} ${total}" role="img" aria-label="${escapeMarkup(title)}" xmlns="http://www.w3.org/2000/svg">`;
  const heading = `<text x="${margin.left}" y="16" class="title">${escapeMarkup(title)}</text>`;
  if (kept.length === 0) return `${open}${heading}<text x="${margin.left}" y="60">Nothing was measured.</text></svg>`;
  const points = kept.flatMap((one) => one.points);
  const across = scale(
    points.map(([value]) => value),
    [margin.left, width - margin.right],
  );
  const up = scale(
    points.map(([, value]) => value),
    [height - margin.bottom, margin.top],
    logarithmic,
  );
  const grid = [
    ...up.ticks.map(
      (tick) =>
        `<line x1="${margin.left}" x2="${width - margin.right}" y1="${up.at(tick)}" y2="${up.at(tick)}" class="grid"/>` +
        `<text x="${margin.left - 6}" y="${up.at(tick) + 4}" text-anchor="end">${formatTick(tick)}</text>`,
    ),
    ...across.ticks.map(
      (tick) =>
        `<text x="${across.at(tick)}" y="${height - margin.bottom + 18}" text-anchor="middle">${formatTick(tick)}</text>`,
    ),
    `<text x="${(margin.left + width) / 2}" y="${height - 8}" text-anchor="middle">${escapeMarkup(x)}</text>`,
    `<text transform="translate(16 ${height / 2}) rotate(-90)" text-anchor="middle">${escapeMarkup(y)}</text>`,
  ];
  const strokeOf = (name: string): Stroke => {
    const place = known.includes(name) ? known.indexOf(name) : names.indexOf(name);
    return {
      colour: colours[place % colours.length] ?? 'currentColor',
      dash: dashes[Math.floor(place / colours.length) % dashes.length] ?? '',
    };
  };
  const placed = (of: readonly Point[]): Point[] => of.map(([a, b]) => [across.at(a), up.at(b)]);
  const curves = kept.map(({ name, points: of }) => {
    const stroke = strokeOf(name);
    const line = scattered && of.length < 2 ? '' : polyline(placed(scattered ? fitted(of) : of), stroke);
    return line + marks(placed(of), stroke);
  });
  const keys = names.map((name, i) =>
    key(name, strokeOf(name), margin.left + (i % 2) * (width / 2 - 40), legendTop + 18 * Math.floor(i / 2) + 8),
  );
  const lines = scattered ? [] : dropLines(drops, across);
  return [open, heading, ...grid, ...lines, ...curves, ...keys, '</svg>'].join('\n');
}
