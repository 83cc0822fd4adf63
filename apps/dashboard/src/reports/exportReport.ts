/** Saves a report as one HTML file without scripts: its text, and its figures as they are drawn now. */
import { pictureOf } from '../figure/picture.ts';
import { fileName, save } from '../figure/save.ts';

const look = `
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.55 system-ui, sans-serif; color: #14181f; background: #fff; }
h1, h2, h3 { line-height: 1.2; } figure { margin: 1.5rem 0; } figure img { max-width: 100%; height: auto; }
figcaption { color: #545c6a; font-size: 0.85rem; } table { border-collapse: collapse; } td, th { border: 1px solid #d8dce3; padding: 0.25rem 0.6rem; }
pre, code { background: #eceef2; } pre { padding: 0.75rem; overflow-x: auto; } a { color: #0b5cad; }
`;

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The document; figures are pictures inside it, and links that lead to this site name it. */
function reportDocument(page: HTMLElement, title: string): string {
  const copy = page.cloneNode(true) as HTMLElement;
  const drawn = [...page.querySelectorAll('.ritz-chart')];
  for (const [index, chart] of [...copy.querySelectorAll('.ritz-chart')].entries()) {
    const original = drawn[index];
    const picture = original ? pictureOf(original, { title: null, colours: 'light' }) : null;
    const image = document.createElement('img');
    image.alt = original?.querySelector('title')?.textContent ?? 'Figure';
    if (picture) image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture.svg)}`;
    chart.replaceWith(image);
  }
  for (const left of copy.querySelectorAll('.ritz-not-exported, button, script')) left.remove();
  for (const link of copy.querySelectorAll('a')) link.setAttribute('href', new URL(link.href, location.href).href);
  for (const element of copy.querySelectorAll('[class], [style]')) {
    element.removeAttribute('class');
    element.removeAttribute('style');
  }
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(title)}</title>
<style>${look}</style>
<h1>${escapeText(title)}</h1>
${copy.innerHTML}
</html>
`;
}

export function exportReport(page: HTMLElement, title: string): void {
  save(fileName(title, 'html'), 'text/html', reportDocument(page, title));
}
