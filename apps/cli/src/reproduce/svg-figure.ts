/** A figure of the report: curves on labelled axes, as SVG text. */
import type { ClaimFigure } from '@ritz/spectra';

const width = 760;
const height = 360;
const margin = { left: 76, right: 12, top: 36, bottom: 48 };
/** Safe for colour-blind readers (Okabe and Ito, 2008). */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000'];
const dashes = ['', '6 3', '2 3', '8 3 2 3'];

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

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
  const inverse = logarithmic ? (value: number): number => 10 ** value : (value: number): number => value;
  return {
    ticks: ticks(low, high, 6).map(inverse),
    at: (value) => from + ((transform(value) - low) / (high - low)) * (to - from),
  };
}

/** Curves with points at what was measured; a note where there is nothing to draw. */
export function svgFigure({ title, x, y, logarithmic, series }: ClaimFigure): string {
  const kept = series
    .map(({ name, points }) => ({ name, points: points.filter(([, value]) => !logarithmic || value > 0) }))
    .filter(({ points }) => points.length > 0);
  const legendTop = height + 8;
  const total = legendTop + 18 * Math.ceil(kept.length / 2) + 8;
  const open = `<svg viewBox="0 0 ${width} ${total}" role="img" aria-label="${escape(title)}" xmlns="http://www.w3.org/2000/svg">`;
  const heading = `<text x="${margin.left}" y="22" class="title">${escape(title)}</text>`;
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
    `<text x="${(margin.left + width) / 2}" y="${height - 8}" text-anchor="middle">${escape(x)}</text>`,
    `<text transform="translate(16 ${height / 2}) rotate(-90)" text-anchor="middle">${escape(y)}</text>`,
  ];
  const curves = kept.map(({ name, points: of }, i) => {
    const colour = colours[i % colours.length];
    const dash = dashes[Math.floor(i / colours.length) % dashes.length];
    const path = of.map(([a, b]) => `${across.at(a).toFixed(1)},${up.at(b).toFixed(1)}`);
    const marks = path.map(
      (place) => `<circle cx="${place.split(',')[0]}" cy="${place.split(',')[1]}" r="2.5" fill="${colour}"/>`,
    );
    const legendX = margin.left + (i % 2) * (width / 2 - 40);
    const legendY = legendTop + 18 * Math.floor(i / 2) + 8;
    const key = `<line x1="${legendX}" x2="${legendX + 24}" y1="${legendY}" y2="${legendY}" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>`;
    const label = `<text x="${legendX + 30}" y="${legendY + 4}">${escape(name)}</text>`;
    return `<polyline points="${path.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.5" stroke-dasharray="${dash}"/>${marks.join('')}${key}${label}`;
  });
  return [open, heading, ...grid, ...curves, '</svg>'].join('\n');
}
