/** A figure as a standalone image: charts, legends and captions as laid out on screen, in the theme's colours. */

const scale = 2;
const margin = 12;
const titleStyle = { size: 16, height: 28 } as const;

/** Parts of a figure included in the image; tooltips are HTML and excluded. */
const chartSelector = 'svg.recharts-surface, svg.ritz-picture, svg.ritz-mark';
const texts = '.ritz-legend li, .ritz-caption';

/** Replaces every `var(--name)` by its value in the current theme. */
function resolveVariables(text: string, style: CSSStyleDeclaration): string {
  return text.replaceAll(
    /var\((--[\w-]+)\)/g,
    (_whole, name: string) => style.getPropertyValue(name).trim() || 'black',
  );
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export interface Picture {
  /** A self-contained SVG document. */
  readonly svg: string;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
}

interface Piece {
  readonly markup: string;
  readonly right: number;
  readonly bottom: number;
}

/** One chart or mark, translated to its position. */
function pieceOfChart(svg: SVGSVGElement, origin: DOMRect): Piece {
  const box = svg.getBoundingClientRect();
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [x, y] = [box.left - origin.left, box.top - origin.top];
  copy.setAttribute('x', x.toFixed(1));
  copy.setAttribute('y', y.toFixed(1));
  copy.setAttribute('width', box.width.toFixed(1));
  copy.setAttribute('height', box.height.toFixed(1));
  copy.removeAttribute('style');
  const markup = new XMLSerializer().serializeToString(copy);
  return { markup, right: x + box.width, bottom: y + box.height };
}

/** The text of a legend entry or caption, placed after its mark. */
function pieceOfText(element: Element, origin: DOMRect): Piece {
  const box = element.getBoundingClientRect();
  const mark = element.querySelector('svg')?.getBoundingClientRect();
  const style = getComputedStyle(element);
  const size = Number.parseFloat(style.fontSize);
  const x = (mark ? mark.right + 7 : box.left) - origin.left;
  const y = box.top - origin.top + box.height / 2 + size * 0.35;
  const text = escapeText(element.textContent.trim());
  return {
    markup: `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="${String(size)}" font-weight="${style.fontWeight}" fill="${style.color}">${text}</text>`,
    right: box.right - origin.left,
    bottom: box.bottom - origin.top,
  };
}

/** Null before anything is drawn. */
export function pictureOf(drawing: Element, title: string): Picture | null {
  const charts = [...drawing.querySelectorAll<SVGSVGElement>(chartSelector)].filter(
    (svg) => svg.getBoundingClientRect().width > 0,
  );
  if (!charts.some((svg) => !svg.matches('.ritz-mark'))) return null;
  const origin = drawing.getBoundingClientRect();
  const pieces = [
    ...charts.map((svg) => pieceOfChart(svg, origin)),
    ...[...drawing.querySelectorAll(texts)].map((element) => pieceOfText(element, origin)),
  ];
  const width = Math.ceil(Math.max(...pieces.map(({ right }) => right))) + 2 * margin;
  const height = Math.ceil(Math.max(...pieces.map(({ bottom }) => bottom))) + titleStyle.height + 2 * margin;
  const style = getComputedStyle(document.documentElement);
  const font = getComputedStyle(drawing).fontFamily.replaceAll('"', "'");
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(height)}" font-family="${font}">`,
    `<rect width="100%" height="100%" fill="${colour('--surface')}"/>`,
    `<text x="${String(margin)}" y="${String(margin + titleStyle.size)}" font-size="${String(titleStyle.size)}" font-weight="600" fill="${colour('--ink')}">${escapeText(title)}</text>`,
    `<g transform="translate(${String(margin)} ${String(margin + titleStyle.height)})">`,
    ...pieces.map(({ markup }) => resolveVariables(markup, style)),
    '</g></svg>\n',
  ].join('');
  return { svg, width, height };
}

/** Pixel ratio of the image. */
export async function pngOf({ svg, width, height }: Picture): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * scale;
  canvas.height = height * scale;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser does not support canvas. Save the SVG instead.');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('This browser cannot write PNG. Save the SVG instead.'));
    }, 'image/png');
  });
}
