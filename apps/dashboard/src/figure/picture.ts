/** A figure as a picture of its own: charts, legends and captions where they are on screen, in the colours of the theme. */

const SCALE = 2;
const MARGIN = 12;
const TITLE = { size: 16, height: 28 } as const;

/** What of a figure's drawing becomes part of the picture. Tooltips are HTML and stay out of it. */
const CHARTS = 'svg.recharts-surface, svg.ritz-picture, svg.ritz-mark';
const TEXTS = '.ritz-legend li, .ritz-caption';

/** Replaces every `var(--name)` by what it stands for in the theme of the moment. */
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
  /** The text of an SVG file that needs nothing else. */
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

/** One chart or mark, moved to where it is. */
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

/** The words of a legend's entry or a caption, behind the mark that stands before them. */
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

/** Null when nothing is drawn yet. */
export function pictureOf(drawing: Element, title: string): Picture | null {
  const charts = [...drawing.querySelectorAll<SVGSVGElement>(CHARTS)].filter(
    (svg) => svg.getBoundingClientRect().width > 0,
  );
  if (!charts.some((svg) => !svg.matches('.ritz-mark'))) return null;
  const origin = drawing.getBoundingClientRect();
  const pieces = [
    ...charts.map((svg) => pieceOfChart(svg, origin)),
    ...[...drawing.querySelectorAll(TEXTS)].map((element) => pieceOfText(element, origin)),
  ];
  const width = Math.ceil(Math.max(...pieces.map(({ right }) => right))) + 2 * MARGIN;
  const height = Math.ceil(Math.max(...pieces.map(({ bottom }) => bottom))) + TITLE.height + 2 * MARGIN;
  const style = getComputedStyle(document.documentElement);
  const font = getComputedStyle(drawing).fontFamily.replaceAll('"', "'");
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(height)}" font-family="${font}">`,
    `<rect width="100%" height="100%" fill="${colour('--surface')}"/>`,
    `<text x="${String(MARGIN)}" y="${String(MARGIN + TITLE.size)}" font-size="${String(TITLE.size)}" font-weight="600" fill="${colour('--ink')}">${escapeText(title)}</text>`,
    `<g transform="translate(${String(MARGIN)} ${String(MARGIN + TITLE.height)})">`,
    ...pieces.map(({ markup }) => resolveVariables(markup, style)),
    '</g></svg>\n',
  ].join('');
  return { svg, width, height };
}

/** Drawn at twice its size on screen. */
export async function pngOf({ svg, width, height }: Picture): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no canvas to draw the picture on. Save the SVG instead.');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('This browser could not write the picture as PNG. Save the SVG instead.'));
    }, 'image/png');
  });
}
