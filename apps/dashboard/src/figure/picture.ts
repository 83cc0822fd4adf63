/** A figure as a standalone image: charts, legends and captions as laid out on screen. */

/** Pixels per CSS pixel of an image for slides. */
const screenScale = 2;
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

/** Pixels that an element stands lower in the image: a legend that is hidden on screen comes below the charts. */
function lowered(element: Element, origin: DOMRect): number {
  return element.closest('.ritz-legend-saved') ? origin.height + margin : 0;
}

/** One chart or mark, translated to its position. */
function pieceOfChart(svg: SVGSVGElement, origin: DOMRect): Piece {
  const box = svg.getBoundingClientRect();
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [x, y] = [box.left - origin.left, box.top - origin.top + lowered(svg, origin)];
  copy.setAttribute('x', x.toFixed(1));
  copy.setAttribute('y', y.toFixed(1));
  copy.setAttribute('width', box.width.toFixed(1));
  copy.setAttribute('height', box.height.toFixed(1));
  copy.removeAttribute('style');
  const markup = new XMLSerializer().serializeToString(copy);
  return { markup, right: x + box.width, bottom: y + box.height };
}

/** The text of a legend entry or caption, placed after its mark; in its own colour unless `ink` is given. */
function pieceOfText(element: Element, origin: DOMRect, ink: string | null): Piece {
  const box = element.getBoundingClientRect();
  const mark = element.querySelector('svg')?.getBoundingClientRect();
  const style = getComputedStyle(element);
  const size = Number.parseFloat(style.fontSize);
  const x = (mark ? mark.right + 7 : box.left) - origin.left;
  const down = lowered(element, origin);
  const y = box.top - origin.top + box.height / 2 + size * 0.35 + down;
  const text = escapeText(element.textContent.trim());
  return {
    markup: `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="${String(size)}" font-weight="${style.fontWeight}" fill="${ink ?? style.color}">${text}</text>`,
    right: box.right - origin.left,
    bottom: box.bottom - origin.top + down,
  };
}

export interface PictureOptions {
  /** Above the charts; null: none. */
  readonly title: string | null;
  /** For readers of the file, not drawn. */
  readonly caption?: string;
  /** Those of the theme on screen, or light ones for paper. */
  readonly colours: 'current' | 'light';
  /** Printed width; without it, the size on screen with a margin. */
  readonly inches?: number;
}

/** Values of the colour variables. The element that has the light ones is taken away again. */
function withColours<Result>(colours: PictureOptions['colours'], use: (style: CSSStyleDeclaration) => Result): Result {
  if (colours === 'current') return use(getComputedStyle(document.documentElement));
  const light = document.body.appendChild(document.createElement('span'));
  light.className = 'light-colours';
  const result = use(getComputedStyle(light));
  light.remove();
  return result;
}

/** Null before anything is drawn. */
export function pictureOf(drawing: Element, options: PictureOptions): Picture | null {
  const charts = [...drawing.querySelectorAll<SVGSVGElement>(chartSelector)].filter(
    (svg) => svg.getBoundingClientRect().width > 0,
  );
  if (!charts.some((svg) => !svg.matches('.ritz-mark'))) return null;
  return withColours(options.colours, (style) => assemble(drawing, charts, style, options));
}

function assemble(
  drawing: Element,
  charts: readonly SVGSVGElement[],
  style: CSSStyleDeclaration,
  { title, caption, colours, inches }: PictureOptions,
): Picture {
  const origin = drawing.getBoundingClientRect();
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const ink = colours === 'light' ? colour('--ink') : null;
  const pieces = [
    ...charts.map((svg) => pieceOfChart(svg, origin)),
    ...[...drawing.querySelectorAll(texts)].map((element) => pieceOfText(element, origin, ink)),
  ];
  const edge = inches === undefined ? margin : 0;
  const head = title === null ? 0 : titleStyle.height;
  const extent = Math.ceil(pieces.reduce((most, { right }) => Math.max(most, right), 0));
  const width = inches === undefined ? extent + 2 * edge : Math.max(extent, origin.width);
  const height = Math.ceil(pieces.reduce((most, { bottom }) => Math.max(most, bottom), 0)) + head + 2 * edge;
  const font = getComputedStyle(drawing).fontFamily.replaceAll('"', "'");
  const size =
    inches === undefined
      ? `width="${String(width)}" height="${String(height)}"`
      : `width="${String(inches)}in" height="${((inches * height) / width).toFixed(3)}in" viewBox="0 0 ${String(width)} ${String(height)}"`;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="${font}">`,
    caption === undefined ? '' : `<desc>${escapeText(caption)}</desc>`,
    `<rect width="100%" height="100%" fill="${colour('--surface')}"/>`,
    title === null
      ? ''
      : `<text x="${String(edge)}" y="${String(edge + titleStyle.size)}" font-size="${String(titleStyle.size)}" font-weight="600" fill="${colour('--ink')}">${escapeText(title)}</text>`,
    `<g transform="translate(${String(edge)} ${String(edge + head)})">`,
    ...pieces.map(({ markup }) => resolveVariables(markup, style)),
    '</g></svg>\n',
  ].join('');
  return { svg, width, height };
}

/** @param scale pixels of the image per CSS pixel */
export async function pngOf({ svg, width, height }: Picture, scale = screenScale): Promise<Blob> {
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
