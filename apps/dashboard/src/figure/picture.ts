/** A chart as a picture of its own: the theme's colours and fonts written into it, on the background it has on screen. */

const SCALE = 2;
const MARGIN = 8;

/** Replaces every `var(--name)` by what it stands for in the theme of the moment. */
function resolveVariables(text: string, style: CSSStyleDeclaration): string {
  return text.replaceAll(
    /var\((--[\w-]+)\)/g,
    (_whole, name: string) => style.getPropertyValue(name).trim() || 'black',
  );
}

function sizeOf(svg: SVGSVGElement): { width: number; height: number } {
  const { width, height } = svg.getBoundingClientRect();
  return { width: Math.ceil(width) + 2 * MARGIN, height: Math.ceil(height) + 2 * MARGIN };
}

/** The text of an SVG file that needs nothing else. */
export function svgOf(svg: SVGSVGElement): string {
  const style = getComputedStyle(document.documentElement);
  const { width, height } = sizeOf(svg);
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute('x', String(MARGIN));
  copy.setAttribute('y', String(MARGIN));
  copy.removeAttribute('style');
  const font = getComputedStyle(svg).fontFamily.replaceAll('"', "'");
  const inner = resolveVariables(new XMLSerializer().serializeToString(copy), style);
  const background = style.getPropertyValue('--surface').trim();
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(height)}" font-family="${font}">`,
    `<rect width="100%" height="100%" fill="${background}"/>`,
    inner,
    '</svg>\n',
  ].join('');
}

/** Drawn at twice its size on screen. */
export async function pngOf(svg: SVGSVGElement): Promise<Blob> {
  const { width, height } = sizeOf(svg);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgOf(svg))}`;
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
