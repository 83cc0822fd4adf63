'use client';
/** A figure: title, one sentence, controls, and its data in every export format. */
import { useId, useRef, useState, type ReactNode } from 'react';
import type { FigureTable } from '@ritz/charts';
import { HelpButton } from '../help/Help.tsx';
import type { TermName } from '../help/terms.ts';
import { FigureTools } from './FigureTools.tsx';
import { TableView } from './TableView.tsx';

export interface FigureProps {
  readonly title: string;
  /** Caption: one sentence on what is drawn, and what is left out. */
  readonly reading: ReactNode;
  /** What the question mark explains. */
  readonly help?: readonly TermName[];
  readonly controls?: ReactNode;
  /** Computes the table on demand. */
  readonly table: () => FigureTable;
  /** The table of the CSV, where what is drawn is thinned; default `table`. */
  readonly fullTable?: (() => Promise<FigureTable>) | undefined;
  /** The GraphQL query that reproduces the figure. */
  readonly query: string;
  /** What a paper says of the figure; default its title and page. */
  readonly caption?: string | undefined;
  readonly children: ReactNode;
  /** Whether the figure can be saved as an image; default true. */
  readonly hasPicture?: boolean;
  /** Default: part of the page's outline. */
  readonly heading?: 'h2' | 'h3';
}

export function Figure(props: FigureProps) {
  const { title, caption, reading, help, controls, table, fullTable, query, children } = props;
  const { hasPicture = true, heading: Heading = 'h3' } = props;
  const id = useId();
  const drawing = useRef<HTMLDivElement>(null);
  const [asTable, setAsTable] = useState(false);
  return (
    <section aria-labelledby={id} className="panel flex min-w-0 flex-col px-4 pt-3 pb-3 sm:px-5">
      <div className="flex items-start justify-between gap-x-2">
        <Heading id={id} className="min-w-0 flex-1 pt-0.5 text-[15px] leading-snug font-semibold tracking-tight">
          {title}
        </Heading>
        {help && <HelpButton of={help} title={title} />}
        <FigureTools
          title={title}
          caption={caption}
          table={table}
          fullTable={fullTable}
          query={query}
          drawing={hasPicture ? drawing : null}
          asTable={asTable}
          onToggleTable={() => {
            setAsTable(!asTable);
          }}
        />
      </div>
      <div className="max-w-[78ch] text-[12.5px] leading-snug text-muted">{reading}</div>
      {controls && <div className="mt-2.5">{controls}</div>}
      {/* The exported image contains the charts, legends and captions inside; see picture.ts. */}
      <div ref={drawing} hidden={asTable} className="relative mt-2 min-w-0">
        {children}
      </div>
      {asTable && <TableView title={title} table={table()} />}
    </section>
  );
}
