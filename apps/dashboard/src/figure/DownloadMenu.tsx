'use client';
/** The download formats of a figure, loaded on first use. */
import type { RefObject } from 'react';
import { Download } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { toCsv, type FigureTable } from '@ritz/charts';
import { pictureOf, pngOf, type Picture } from './picture.ts';
import { fileName, save } from './save.ts';

export interface DownloadMenuProps {
  readonly title: string;
  readonly table: () => FigureTable;
  /** The element that holds the charts; null if nothing is drawn. */
  readonly drawing: RefObject<HTMLDivElement | null> | null;
  /** Whether the table is shown instead of the charts. */
  readonly asTable: boolean;
  /** Shows why no file was produced. */
  readonly say: (text: string) => void;
}

const item =
  'flex cursor-pointer items-center rounded px-2.5 py-1.5 text-[13px] outline-none data-highlighted:bg-sunken data-disabled:opacity-50';

export function DownloadMenu({ title, table, drawing, asTable, say }: DownloadMenuProps) {
  const picture = (): Picture | null => {
    const drawn = drawing?.current ? pictureOf(drawing.current, title) : null;
    if (!drawn) say('Nothing to download yet');
    return drawn;
  };
  const saveSvg = (): void => {
    const drawn = picture();
    if (drawn) save(fileName(title, 'svg'), 'image/svg+xml', drawn.svg);
  };
  const savePng = async (): Promise<void> => {
    const drawn = picture();
    if (!drawn) return;
    try {
      save(fileName(title, 'png'), 'image/png', await pngOf(drawn));
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger className="tool" aria-label={`Download: ${title}`} title="Download">
        <Download className="size-4" aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={4} className="menu">
          <DropdownMenu.Item
            className={item}
            onSelect={() => {
              save(fileName(title, 'csv'), 'text/csv', toCsv(table()));
            }}
          >
            CSV: the numbers, in full precision
          </DropdownMenu.Item>
          {drawing && (
            <>
              <DropdownMenu.Item className={item} disabled={asTable} onSelect={saveSvg}>
                SVG: the picture, for print
              </DropdownMenu.Item>
              <DropdownMenu.Item className={item} disabled={asTable} onSelect={() => void savePng()}>
                PNG: the picture, for slides
              </DropdownMenu.Item>
            </>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
