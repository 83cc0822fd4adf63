'use client';
/** What a figure gives away: numbers, pictures for slides and for papers, and programs that ask for the same; loaded on first use. */
import type { ReactNode, RefObject } from 'react';
import { Download } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { toCsv, type FigureTable } from '@ritz/charts';
import { paperPicture, paperWidths, type PaperWidth } from './paper.ts';
import { pictureOf, pngOf, type Picture } from './picture.ts';
import { printPicture } from './printPicture.ts';
import { codeExtensions, codeNames, requestCode, type CodeLanguage } from './requestCode.ts';
import { fileName, save } from './save.ts';

export interface DownloadMenuProps {
  readonly title: string;
  /** What a paper says of the figure; default its title and page. */
  readonly caption?: string | undefined;
  readonly query: string;
  readonly table: () => FigureTable;
  /** The table of the CSV, where what is drawn is thinned; default `table`. */
  readonly fullTable?: (() => Promise<FigureTable>) | undefined;
  /** The element that holds the charts; null if nothing is drawn. */
  readonly drawing: RefObject<HTMLDivElement | null> | null;
  /** Whether the table is shown instead of the charts. */
  readonly asTable: boolean;
  /** Shows what became of it. */
  readonly say: (text: string) => void;
}

const itemLook =
  'flex cursor-pointer items-center rounded px-2.5 py-1 text-[13px] outline-none data-highlighted:bg-sunken data-disabled:opacity-50';
/** Pixels per CSS pixel for 600 dots an inch. */
const paperScale = 6.25;
const widths = [
  { width: 'column', name: `one column, ${String(paperWidths.column)} in` },
  { width: 'page', name: `two columns, ${String(paperWidths.page)} in` },
] as const satisfies readonly { readonly width: PaperWidth; readonly name: string }[];
const languages = Object.keys(codeNames) as readonly CodeLanguage[];

export function DownloadMenu(props: DownloadMenuProps) {
  const { title, query, table, fullTable, drawing, asTable, say } = props;
  const caption = props.caption ?? `${title}. ${document.title}.`;
  /** Says what went wrong, or that nothing is drawn. */
  const attempt = async (work: () => Promise<boolean | undefined>): Promise<void> => {
    try {
      if ((await work()) === false) say('Nothing to download yet');
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
  };
  const saveCsv = async (): Promise<undefined> => {
    save(fileName(title, 'csv'), 'text/csv', toCsv(fullTable ? await fullTable() : table()));
  };
  const withPicture = async (use: (picture: Picture) => void | Promise<void>): Promise<boolean> => {
    const picture = drawing?.current ? pictureOf(drawing.current, { title, colours: 'current' }) : null;
    if (picture) await use(picture);
    return picture !== null;
  };
  const withPaper = async (width: PaperWidth, use: (picture: Picture) => void | Promise<void>): Promise<boolean> => {
    const picture = drawing?.current ? await paperPicture(drawing.current, width, caption) : null;
    if (picture) await use(picture);
    return picture !== null;
  };
  const copy = async (name: string, extension: string, text: string): Promise<undefined> => {
    try {
      await navigator.clipboard.writeText(text);
      say(`${name} copied`);
    } catch {
      save(fileName(title, extension), 'text/plain', text);
      say(`${name} saved as a file: copying is blocked in this browser`);
    }
  };
  const item = (name: string, work: () => Promise<boolean | undefined>, disabled = false): ReactNode => (
    <DropdownMenu.Item key={name} className={itemLook} disabled={disabled} onSelect={() => void attempt(work)}>
      {name}
    </DropdownMenu.Item>
  );
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger className="tool" aria-label={`Download: ${title}`} title="Download">
        <Download className="size-4" aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={4} collisionPadding={8} className="menu">
          {item('CSV: the numbers, in full precision', saveCsv)}
          {drawing && (
            <>
              {item(
                'SVG: the picture as on screen',
                () =>
                  withPicture(({ svg }) => {
                    save(fileName(title, 'svg'), 'image/svg+xml', svg);
                  }),
                asTable,
              )}
              {item(
                'PNG: the picture, for slides',
                () =>
                  withPicture(async (picture) => {
                    save(fileName(title, 'png'), 'image/png', await pngOf(picture));
                  }),
                asTable,
              )}
              {widths.map(({ width, name }) => (
                <DropdownMenu.Group key={width}>
                  <DropdownMenu.Label className="px-2.5 pt-2 pb-0.5 text-[12px] text-muted">
                    For a paper: {name}
                  </DropdownMenu.Label>
                  {item(
                    `SVG, ${String(paperWidths[width])} in`,
                    () =>
                      withPaper(width, ({ svg }) => {
                        save(fileName(`${title} ${width}`, 'svg'), 'image/svg+xml', svg);
                      }),
                    asTable,
                  )}
                  {item(
                    `PDF, ${String(paperWidths[width])} in: print to a file`,
                    () => withPaper(width, (picture) => printPicture(picture, paperWidths[width])),
                    asTable,
                  )}
                  {item(
                    `PNG, ${String(paperWidths[width])} in, 600 dpi`,
                    () =>
                      withPaper(width, async (picture) => {
                        save(fileName(`${title} ${width}`, 'png'), 'image/png', await pngOf(picture, paperScale));
                      }),
                    asTable,
                  )}
                </DropdownMenu.Group>
              ))}
              {item('Copy the caption', () => copy('Caption', 'txt', caption))}
            </>
          )}
          <DropdownMenu.Group>
            <DropdownMenu.Label className="px-2.5 pt-2 pb-0.5 text-[12px] text-muted">Open in</DropdownMenu.Label>
            {languages.map((language) =>
              item(`Copy ${codeNames[language]}`, () =>
                copy(
                  codeNames[language],
                  codeExtensions[language],
                  requestCode(language, `${window.location.origin}/graphql`, query),
                ),
              ),
            )}
          </DropdownMenu.Group>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
