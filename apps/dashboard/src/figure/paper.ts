/** Figures as papers have them: one or two columns wide, drawn anew at that width so that type and lines have their printed size. */
import { pictureOf, type Picture } from './picture.ts';

/** CSS pixels of an inch. */
const perInch = 96;

/** Widths of figures in common two-column styles. */
export const paperWidths = { column: 3.25, page: 6.75 } as const;
export type PaperWidth = keyof typeof paperWidths;

/** Frames that the charts take to follow their new width. */
const settling = 6;

const nextFrame = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => {
      resolve();
    });
  });

/**
 * The drawing at the width of a paper, in light colours and without a title, which the caption has; null before anything is drawn.
 * It is moved out of sight while it has that width.
 */
export async function paperPicture(drawing: HTMLElement, width: PaperWidth, caption: string): Promise<Picture | null> {
  const before = drawing.getAttribute('style');
  drawing.style.cssText = `position:absolute;left:-10000px;top:0;width:${String(paperWidths[width] * perInch)}px`;
  try {
    for (let frame = 0; frame < settling; frame++) await nextFrame();
    return pictureOf(drawing, { title: null, caption, colours: 'light', inches: paperWidths[width] });
  } finally {
    if (before === null) drawing.removeAttribute('style');
    else drawing.setAttribute('style', before);
  }
}
