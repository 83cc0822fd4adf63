/** Header row of a group: shared settings, number of runs, and means. */
import { ChevronDown, ChevronRight } from 'lucide-react';
import { formatNumber, formatShare } from '@ritz/charts';
import { runColumns } from './columns.tsx';
import type { TableRow } from './tableRows.ts';

export interface GroupRowProps {
  readonly row: Extract<TableRow, { readonly kind: 'group' }>;
  /** Chosen columns, which are empty here. */
  readonly columns: number;
  readonly position: number;
  readonly height: number;
}

interface Mean {
  readonly value: number | null;
  readonly runs: number;
}

const cell = 'px-2 py-1 whitespace-nowrap number text-right';

/** Aligned with the runs' numbers, which have a sparkline to their right. */
const besideCurve = 'sm:pr-[78px]';

function MeanOf({ mean, format }: { readonly mean: Mean | undefined; readonly format: (value: number) => string }) {
  // One run has no mean: its own row has the number.
  if (mean?.value == null || mean.runs < 2) return null;
  return <span title={`Mean over ${formatNumber(mean.runs)} runs`}>{format(mean.value)}</span>;
}

export function GroupRow({
  row: { label, group, means, open, onToggle },
  columns: chosen,
  position,
  height,
}: GroupRowProps) {
  const Arrow = open ? ChevronDown : ChevronRight;
  const short = (value: number): string => formatNumber(value, 3);
  return (
    <tr className="border-t border-line bg-sunken/50 font-medium" aria-rowindex={position} style={{ height }}>
      <th scope="rowgroup" colSpan={2} className="p-0 font-medium">
        <button
          type="button"
          aria-expanded={open}
          className="relative flex w-full items-center gap-2 py-1 pl-2.5 text-left md:w-[440px] lg:w-[620px]"
          style={{ height: height - 2 }}
          onClick={onToggle}
        >
          <Arrow className="size-4 flex-none text-muted" aria-hidden />
          <span className="line-clamp-2 min-w-0 leading-tight md:line-clamp-1" title={label}>
            {label}
          </span>
          <span className="number flex-none text-[12.5px] font-normal text-muted">
            {formatNumber(group.count)} {group.count === 1 ? 'run' : 'runs'}
            {group.count > 1 && <span className="hidden md:inline">, means:</span>}
          </span>
        </button>
      </th>
      <td className={runColumns.status.shown} />
      <td className={runColumns.architecture.shown} />
      <td className={runColumns.data.shown} />
      <td className={runColumns.rate.shown} />
      <td className={runColumns.spectra.shown} />
      <td className={`${cell} ${runColumns.loss.shown} ${besideCurve}`}>
        <MeanOf mean={group.trainLoss} format={short} />
      </td>
      <td className={`${cell} ${runColumns.accuracy.shown}`}>
        <MeanOf mean={group.testAccuracy} format={formatShare} />
      </td>
      <td className={`${cell} ${runColumns.lambda.shown} ${besideCurve}`}>
        <MeanOf mean={means?.lambdaMax} format={short} />
      </td>
      <td className={runColumns.density.shown} />
      <td className={`${cell} ${runColumns.ratio.shown}`}>
        <MeanOf mean={means?.ratio} format={short} />
      </td>
      {chosen > 0 && <td colSpan={chosen} />}
      <td className={runColumns.created.shown} />
    </tr>
  );
}
