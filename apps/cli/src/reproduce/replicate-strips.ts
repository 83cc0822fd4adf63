/** The replicates of a claim's numbers as dots over their interval, beside where the claim says that they lie; SVG text. */
import type { Measurement } from '@ritz/spectra';
import { escapeMarkup } from './escape-markup.ts';
import { formatTick, scale } from './svg-axis.ts';

const width = 760;
const rowHeight = 66;
const margin = { left: 12, right: 12 };

function strip({ label, mean, interval, replicates, claimed }: Measurement, top: number): string {
  const [from, to] = [margin.left, width - margin.right];
  const across = scale([...replicates, ...(interval ?? []), claimed.of], [from, to]);
  const [middle, bottom] = [top + 30, top + 44];
  const at = (value: number): string => across.at(value).toFixed(1);
  const edge = Number(at(claimed.of));
  const side = claimed.side === 'above' ? { x: edge, width: to - edge } : { x: from, width: edge - from };
  const range =
    interval &&
    `<line x1="${at(interval[0])}" x2="${at(interval[1])}" y1="${middle}" y2="${middle}" class="range"/>` +
      `<line x1="${at(mean)}" x2="${at(mean)}" y1="${middle - 7}" y2="${middle + 7}" class="range"/>`;
  return [
    `<text x="${from}" y="${top + 12}">${escapeMarkup(label)}</text>`,
    `<rect x="${side.x}" y="${top + 18}" width="${side.width}" height="${bottom - top - 18}" class="claimed"/>`,
    `<line x1="${edge}" x2="${edge}" y1="${top + 18}" y2="${bottom}" class="edge"/>`,
    `<line x1="${from}" x2="${to}" y1="${bottom}" y2="${bottom}" class="grid"/>`,
    range ?? '',
    ...replicates.map((value) => `<circle cx="${at(value)}" cy="${middle}" r="4" class="replicate"/>`),
    ...across.ticks.map(
      (tick) => `<text x="${at(tick)}" y="${bottom + 14}" text-anchor="middle">${formatTick(tick)}</text>`,
    ),
  ].join('');
}

/** Shaded: where the claim says that a number lies. Bar: its 95 % interval around the mean. Empty without replicates. */
export function replicateStrips(measurements: readonly Measurement[]): string {
  const measured = measurements.filter(({ replicates }) => replicates.length > 0);
  if (measured.length === 0) return '';
  const rows = measured.map((one, row) => strip(one, row * rowHeight));
  const open = `<svg viewBox="0 0 ${width} ${measured.length * rowHeight}" role="img" aria-label="Replicates"`;
  return [`${open} xmlns="http://www.w3.org/2000/svg">`, ...rows, '</svg>'].join('\n');
}
