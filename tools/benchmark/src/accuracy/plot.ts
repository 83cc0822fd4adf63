/** Errors against products spent, as an SVG: a row of panels for each net, a line for each recipe, both axes logarithmic. */
import type { Measured, RecipeName } from './recipes.ts';

export interface PlottedNet {
  readonly name: string;
  readonly measured: readonly Measured[];
}

const panels = [
  { title: 'L1 of the density', value: (m: Measured) => m.l1 },
  { title: 'error of the outliers', value: (m: Measured) => m.outlierError },
  { title: 'Wasserstein-1', value: (m: Measured) => m.wasserstein1 },
] as const;

// Okabe and Ito's colours, told apart by the colour-blind, and dashes for print.
const styles: Readonly<Record<RecipeName, { readonly colour: string; readonly dash: string }>> = {
  plain: { colour: '#d55e00', dash: '6 3' },
  'variance-reduced': { colour: '#0072b2', dash: '' },
  adaptive: { colour: '#009e73', dash: '2 3' },
  deflated: { colour: '#cc79a7', dash: '8 3 2 3' },
};
const [width, height, margin] = [300, 220, 46] as const;
/** An outlier error of 0 has no logarithm. */
const least = 1e-6;

function ticks(low: number, high: number): number[] {
  const from = Math.floor(Math.log10(low));
  const to = Math.ceil(Math.log10(high));
  return Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));
}

function scale(domain: readonly number[], from: number, to: number): (value: number) => number {
  const low = Math.log10(domain[0] ?? 1);
  const high = Math.log10(domain.at(-1) ?? 10);
  return (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from);
}

function text(x: number, y: number, content: string, anchor: 'start' | 'middle' | 'end' = 'middle'): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${content}</text>`;
}

function panel(
  { name, measured }: PlottedNet,
  { title, value }: (typeof panels)[number],
  left: number,
  top: number,
): string {
  const points = measured.map((m) => ({ recipe: m.recipe, x: m.products, y: Math.max(least, value(m)) }));
  const xs = [10, 100, 1000, 2000];
  const ys = ticks(Math.min(...points.map(({ y }) => y)), Math.max(...points.map(({ y }) => y)));
  const toX = scale(xs, left + margin, left + width - 8);
  const toY = scale(ys, top + height - margin, top + 30);
  const [bottom, right] = [top + height - margin, left + width - 8];
  const grid = [
    ...ys.map(
      (y) =>
        `<line x1="${left + margin}" x2="${right}" y1="${toY(y).toFixed(1)}" y2="${toY(y).toFixed(1)}" stroke="#ddd"/>`,
    ),
    ...ys.map((y) => text(left + margin - 4, toY(y) + 3, y.toExponential(0), 'end')),
    ...xs.slice(0, 3).map((x) => text(toX(x), bottom + 13, String(x))),
  ];
  const lines = (Object.keys(styles) as RecipeName[]).map((recipe) => {
    const own = points.filter((point) => point.recipe === recipe).sort((a, b) => a.x - b.x);
    const { colour, dash } = styles[recipe];
    const path = own.map(({ x, y }) => `${toX(x).toFixed(1)},${toY(y).toFixed(1)}`).join(' ');
    const marks = own.map(
      ({ x, y }) => `<circle cx="${toX(x).toFixed(1)}" cy="${toY(y).toFixed(1)}" r="2.5" fill="${colour}"/>`,
    );
    return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="1.6" stroke-dasharray="${dash}"/>${marks.join('')}`;
  });
  return [
    text((left + margin + right) / 2, top + 20, `${title}: ${name}`),
    ...grid,
    text((left + margin + right) / 2, bottom + 28, 'Hessian-vector products'),
    ...lines,
  ].join('\n');
}

export function plotOf(nets: readonly PlottedNet[]): string {
  const names = Object.keys(styles) as RecipeName[];
  const legend = names.map((recipe, i) => {
    const x = margin + i * 150;
    const { colour, dash } = styles[recipe];
    return `<line x1="${x}" x2="${x + 26}" y1="14" y2="14" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>${text(x + 32, 18, recipe, 'start')}`;
  });
  const body = nets.flatMap((net, row) =>
    panels.map((one, column) => panel(net, one, column * width, 24 + row * height)),
  );
  const size = `width="${panels.length * width}" height="${24 + nets.length * height}"`;
  const style = 'font-family="system-ui, sans-serif" font-size="10" fill="#222"';
  const background = '<rect width="100%" height="100%" fill="#fff"/>';
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${style}>\n${[background, ...legend, ...body].join('\n')}\n</svg>\n`;
}
