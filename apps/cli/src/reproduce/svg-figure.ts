/** A figure of the report: curves on labelled axes, as SVG text. */
import type { ClaimFigure } from '@ritz/spectra';
import { escapeMarkup } from './escape-markup.ts';

const width = 760;
const height = 360;
const margin = { left: 76, right: 12, top: 36, bottom: 48 };
/** Safe for colour-blind readers (Okabe and Ito, 2008). */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000', '#8c8c8c'];
const dashes = ['', '6 3', '2 3', '8 3 2 3'];

function formatTick(value: number): string {
  const magnitude = Math.abs(value);
  return value !== 0 && (magnitude < 1e-3 || magnitude >= 1e5)
    ? value.toExponential(0)
    : String(Number(value.toPrecision(3)));
}

/** Round numbers that cover an interval, about `count` of them. */
function ticks(low: number, high: number, count: number): number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
}

/** Decades, and their halves and fifths where there are few decades. */
function logarithmicTicks(low: number, high: number): number[] {
  const decades = Array.from({ length: Math.ceil(high) - Math.floor(low) + 1 }, (_, i) => 10 ** (Math.floor(low) + i));
  const parts = high - low > 2.5 ? [1] : [1, 2, 5];
  return decades
    .flatMap((decade) => parts.map((part) => part * decade))
    .filter((tick) => Math.log10(tick) >= low && Math.log10(tick) <= high);
}

interface Scale {
  readonly ticks: readonly number[];
  at(value: number): number;
}

function scale(values: readonly number[], [from, to]: readonly [number, number], logarithmic: boolean): Scale {
  const transform = logarithmic ? Math.log10 : (value: number): number => value;
  const transformed = values.map(transform);
  const [least, most] = [Math.min(...transformed), Math.max(...transformed)];
  const reach = most > least ? 0.04 * (most - least) : Math.max(Math.abs(least), 1) * 0.1;
  const [low, high] = [least - reach, most + reach];
  return {
    ticks: logarithmic ? logarithmicTicks(low, high) : ticks(low, high, 6),
    at: (value) => from + ((transform(value) - low) / (high - low)) * (to - from),
  };
}

interface Stroke {
  readonly colour: string;
  readonly dash: string;
}

function curve(places: readonly (readonly [number, number])[], { colour, dash }: Stroke): string {
  const path = places.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  const marks = places.map(([x, y]) => `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="2.5" fill="${colour}"/>`);
  const line = `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="1.3" stroke-opacity="0.75"`;
  return `${line} stroke-dasharray="${dash}"/>${marks.join('')}`;
}

function key(name: string, { colour, dash }: Stroke, x: number, y: number): string {
  const line = `<line x1="${x}" x2="${x + 24}" y1="${y}" y2="${y}" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>`;
  return `${line}<text x="${x + 30}" y="${y + 4}">${escapeMarkup(name)}</text>`;
}

/** Curves with points at what was measured, those of one name alike; a note where there is nothing to draw. `known`: names in the
 * order in which they take colours, for a name to have one colour in several figures. */
export function svgFigure({ title, x, y, logarithmic, series }: ClaimFigure, known: readonly string[] = []): string {
  const kept = series
    .map(({ name, points }) => ({ name, points: points.filter(([, value]) => !logarithmic || value > 0) }))
    .filter(({ points }) => points.length > 0);
  const names = [...new Set(kept.map(({ name }) => name))];
  const legendTop = height + 8;
  const total = legendTop + 18 * Math.ceil(names.length / 2) + 8;
  const open = `<svg viewBox="0 0 ${width} ${total}" role="img" aria-label="${escapeMarkup(title)}" xmlns="http://www.w3.org/2000/svg">`;
  const heading = `<text x="${margin.left}" y="22" class="title">${escapeMarkup(title)}</text>`;
  if (kept.length === 0) return `${open}${heading}<text x="${margin.left}" y="60">Nothing was measured.</text></svg>`;
  const points = kept.flatMap((one) => one.points);
  const across = scale(
    points.map(([value]) => value),
    [margin.left, width - margin.right],
    false,
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
      colour: colours[place % colours.length] ?? 'black',
      dash: dashes[Math.floor(place / colours.length) % dashes.length] ?? '',
    };
  };
  const curves = kept.map(({ name, points: of }) =>
    curve(
      of.map(([a, b]) => [across.at(a), up.at(b)] as const),
      strokeOf(name),
    ),
  );
  const keys = names.map((name, i) =>
    key(name, strokeOf(name), margin.left + (i % 2) * (width / 2 - 40), legendTop + 18 * Math.floor(i / 2) + 8),
  );
  return [open, heading, ...grid, ...curves, ...keys, '</svg>'].join('\n');
}
