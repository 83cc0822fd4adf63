'use client';
/** The blocks of a network over the steps: any statistic as a heat map, and how far the blocks are apart at the step shown. */
import { memo, useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { formatNumber, formatShare, matrixMap, MatrixHeatMap, matrixTable, type MatrixCell } from '@ritz/charts';
import { BlockStatisticsDocument, standaloneQuery, type BlockStatisticsQuery } from '@ritz/client';
import { ownQuery } from '../data/useApi.ts';
import { Figure } from '../figure/Figure.tsx';
import { Failed, NothingMeasured, Waiting } from '../figure/FigureState.tsx';
import type { StepView } from '../figure/StepFigure.tsx';
import type { TermName } from '../help/terms.ts';
import { captionOfCurves } from './captionOf.ts';
import type { Curvature, Run, RunSpectrum } from './spectra.ts';

export interface BlocksProps {
  readonly run: Run;
  readonly curvature: Curvature;
  readonly spectra: ReadonlyMap<number, RunSpectrum>;
  /** The last measured step. */
  readonly newest: number | undefined;
  readonly view: StepView;
  /** Shows the density of a block at a step. */
  readonly onPickCell: (block: string, step: number) => void;
}

type Statistics = NonNullable<BlockStatisticsQuery['run']>['blockStatistics'];
type Values = readonly (readonly (number | null)[])[];

interface Quantity {
  readonly label: string;
  readonly title: string;
  readonly of: (statistics: Statistics) => Values;
  readonly format?: (value: number) => string;
}

const quantities = {
  lambdaMax: { label: 'λ₁', title: 'largest eigenvalue', of: ({ lambdaMax }) => lambdaMax.value },
  lambdaMin: { label: 'λmin', title: 'smallest eigenvalue', of: ({ lambdaMin }) => lambdaMin.value },
  trace: { label: 'trace', title: 'sum of the eigenvalues', of: ({ trace }) => trace.value },
  tracePerParameter: {
    label: 'trace per parameter',
    title: 'mean of the eigenvalues',
    of: ({ tracePerParameter }) => tracePerParameter.value,
  },
  frobeniusNorm: { label: 'Frobenius norm', title: 'Frobenius norm', of: ({ frobeniusNorm }) => frobeniusNorm.value },
  effectiveRank: { label: 'effective rank', title: 'effective rank', of: ({ effectiveRank }) => effectiveRank.value },
  negativeMass: {
    label: 'negative mass',
    title: 'share of the eigenvalues below 0',
    of: ({ negativeMass }) => negativeMass.value,
    format: formatShare,
  },
  gradientOverlap: {
    label: 'gradient overlap',
    title: 'share of the block’s gradient in its top eigenvector',
    of: ({ gradientOverlap }) => gradientOverlap,
    format: formatShare,
  },
} as const satisfies Readonly<Record<string, Quantity>>;

type QuantityName = keyof typeof quantities;
const names = Object.keys(quantities) as QuantityName[];
const quantityName = parseAsStringLiteral(names).withDefault('lambdaMax');
const help: readonly TermName[] = ['blocks', 'trace', 'effectiveRank'];

export const Blocks = memo(function Blocks(props: BlocksProps) {
  const { run, curvature, spectra, newest, view, onPickCell } = props;
  const { operator, preconditioner, block } = curvature;
  const [name, setName] = useQueryState('blocks', quantityName);
  const variables = { id: run.id, operator, preconditioner };
  const { data, error, refetch } = useQuery(ownQuery(BlockStatisticsDocument, variables, newest));
  const statistics = data?.run?.blockStatistics;
  const quantity: Quantity = quantities[name];
  const matrix = useMemo(
    () =>
      statistics && {
        rows: statistics.blocks,
        steps: statistics.steps,
        values: quantities[name].of(statistics),
      },
    [statistics, name],
  );
  const map = useMemo(() => matrix && matrixMap(matrix), [matrix]);
  return (
    <Figure
      title="Blocks over the steps"
      help={help}
      reading={`Colour is the ${quantity.title} of each block; a click shows the density of that block.`}
      query={standaloneQuery(BlockStatisticsDocument, variables)}
      caption={captionOfCurves(`Blocks of the network, ${quantity.title}, `, run.name, [...spectra.values()])}
      table={() => (matrix ? matrixTable(matrix) : { columns: ['step'], rows: [] })}
      controls={
        <label className="flex items-center gap-2 text-[12.5px] text-muted">
          Statistic
          <select
            className="field"
            value={name}
            onChange={({ target }) => void setName(names.find((one) => one === target.value) ?? null)}
          >
            {names.map((one) => (
              <option key={one} value={one}>
                {quantities[one].label}
              </option>
            ))}
          </select>
        </label>
      }
    >
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {!error && !matrix && <Waiting height={200} />}
      {matrix && !map && <NothingMeasured>This statistic was not measured for any block.</NothingMeasured>}
      {map && (
        <MatrixHeatMap
          label={`${quantity.title} of ${formatNumber(map.rows.length)} blocks over ${formatNumber(map.steps.length)} steps`}
          map={map}
          title={quantity.label}
          stepAxis={view.axis}
          lastStep={view.lastStep}
          currentStep={view.currentStep}
          currentRow={block === 'all' ? null : block}
          onPick={({ row, step }: MatrixCell) => {
            onPickCell(row, step);
          }}
          cursor={view.cursor}
          {...(quantity.format ? { format: quantity.format } : {})}
        />
      )}
    </Figure>
  );
});
