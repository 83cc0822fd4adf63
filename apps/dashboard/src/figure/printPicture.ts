/** A figure as a page of exactly its size, for the browser to print or to save as a PDF, in which lines and type stay vectors. */
import { getNonce } from 'get-nonce';
import type { Picture } from './picture.ts';

/** Resolves once the browser's dialogue is closed. */
export function printPicture({ svg, width, height }: Picture, inches: number): Promise<void> {
  const page = document.createElement('div');
  page.className = 'ritz-print';
  page.append(document.importNode(new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement, true));
  const size = document.createElement('style');
  size.nonce = getNonce() ?? '';
  const tall = ((inches * height) / width).toFixed(3);
  size.textContent = `@page { size: ${String(inches)}in ${tall}in; margin: 0 } @media print { body { background: none } }`;
  page.append(size);
  document.body.append(page);
  return new Promise((resolve) => {
    addEventListener(
      'afterprint',
      () => {
        page.remove();
        resolve();
      },
      { once: true },
    );
    print();
  });
}
