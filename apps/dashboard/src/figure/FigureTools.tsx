'use client';
/** What one can take away from a figure: a table, CSV, SVG, PNG, and the query behind it. */
import { useState, type RefObject } from 'react';
import { Check, Code, Download, Table } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { toCsv, type FigureTable } from '@ritz/charts';
import { fileName, save } from './save.ts';
import { pictureOf, pngOf, type Picture } from './picture.ts';

export interface FigureToolsProps {
  readonly title: string;
  readonly table: () => FigureTable;
  readonly query: string;
  /** Holds the charts; null = there is nothing to draw. */
  readonly drawing: RefObject<HTMLDivElement | null> | null;
  readonly asTable: boolean;
  readonly onToggleTable: () => void;
}

const COPIED_FOR = 1600;
const ITEM =
  'flex cursor-pointer items-center rounded px-2.5 py-1.5 text-[13px] outline-none data-highlighted:bg-sunken data-disabled:opacity-50';

export function FigureTools({ title, table, query, drawing, asTable, onToggleTable }: FigureToolsProps) {
  const [said, setSaid] = useState('');
  const say = (text: string): void => {
    setSaid(text);
    setTimeout(() => {
      setSaid('');
    }, COPIED_FOR);
  };
  const picture = (): Picture | null => {
    const drawn = drawing?.current ? pictureOf(drawing.current, title) : null;
    if (!drawn) say('Nothing is drawn yet');
    return drawn;
  };
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(query);
      say('Query copied');
    } catch {
      save(fileName(title, 'graphql'), 'text/plain', query);
      say('Query saved: the browser forbids copying here');
    }
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
    <div className="-mr-1.5 flex flex-none items-center gap-0.5">
      <span role="status" className="pr-1 text-[12px] text-good">
        {said}
      </span>
      <button
        type="button"
        className="tool"
        aria-pressed={asTable}
        aria-label={`View as table: ${title}`}
        title="View as table"
        onClick={onToggleTable}
      >
        <Table className="size-4" aria-hidden />
      </button>
      <button
        type="button"
        className="tool"
        aria-label={`Copy GraphQL query: ${title}`}
        title="Copy the GraphQL query behind this figure"
        onClick={() => void copy()}
      >
        {said ? <Check className="size-4" aria-hidden /> : <Code className="size-4" aria-hidden />}
      </button>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className="tool" aria-label={`Download: ${title}`} title="Download">
          <Download className="size-4" aria-hidden />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content align="end" sideOffset={4} className="menu">
            <DropdownMenu.Item
              className={ITEM}
              onSelect={() => {
                save(fileName(title, 'csv'), 'text/csv', toCsv(table()));
              }}
            >
              CSV: the numbers, in full precision
            </DropdownMenu.Item>
            {drawing && (
              <>
                <DropdownMenu.Item className={ITEM} disabled={asTable} onSelect={saveSvg}>
                  SVG: the picture, for print
                </DropdownMenu.Item>
                <DropdownMenu.Item className={ITEM} disabled={asTable} onSelect={() => void savePng()}>
                  PNG: the picture, for slides
                </DropdownMenu.Item>
              </>
            )}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </div>
  );
}
