'use client';
/** Export tools of a figure: table, CSV, SVG, PNG and the query behind it. */
import { lazy, Suspense, useState } from 'react';
import { Check, Code, Download, Table } from 'lucide-react';
import type { DownloadMenuProps } from './DownloadMenu.tsx';
import { fileName, save } from './save.ts';

export interface FigureToolsProps extends Omit<DownloadMenuProps, 'say'> {
  readonly onToggleTable: () => void;
}

const copiedFor = 1600;

const load = () => import('./DownloadMenu.tsx').then(({ DownloadMenu }) => ({ default: DownloadMenu }));
const DownloadMenu = lazy(load);

export function FigureTools({
  title,
  caption,
  table,
  fullTable,
  query,
  drawing,
  asTable,
  onToggleTable,
}: FigureToolsProps) {
  const [said, setSaid] = useState('');
  const [menu, setMenu] = useState(false);
  const say = (text: string): void => {
    setSaid(text);
    setTimeout(() => {
      setSaid('');
    }, copiedFor);
  };
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(query);
      say('Query copied');
    } catch {
      save(fileName(title, 'graphql'), 'text/plain', query);
      say('Query saved as a file: copying is blocked in this browser');
    }
  };
  const opens = (
    <button
      type="button"
      className="tool"
      aria-label={`Download: ${title}`}
      aria-haspopup="menu"
      aria-expanded={menu}
      title="Download"
      onPointerEnter={() => void load()}
      onClick={() => {
        setMenu(true);
      }}
    >
      <Download className="size-4" aria-hidden />
    </button>
  );
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
      {menu ? (
        <Suspense fallback={opens}>
          <DownloadMenu
            title={title}
            caption={caption}
            query={query}
            table={table}
            fullTable={fullTable}
            drawing={drawing}
            asTable={asTable}
            say={say}
          />
        </Suspense>
      ) : (
        opens
      )}
    </div>
  );
}
