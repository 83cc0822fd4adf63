'use client';
/** One claim: the finding in a sentence, its replicates beside what was claimed, its figure; numbers and rule on demand. */
import {
  claimDrawing,
  describeMeasurement,
  drawable,
  figureTable,
  findingSentence,
  Legend,
  ReplicateStrips,
  XYChart,
  type Finding,
} from '@ritz/charts';
import { FindingRunsDocument, standaloneQuery } from '@ritz/client';
import { Figure } from '../figure/Figure.tsx';
import { NothingMeasured } from '../figure/FigureState.tsx';
import { Later } from '../figure/Later.tsx';
import { findingRuns } from '../data/lists.ts';
import { findingVariables } from './chosen.ts';
import { explanations } from './explanations.ts';
import { typeset } from './typeset.ts';

export interface FindingPanelProps {
  readonly finding: Finding;
  readonly ids: readonly string[];
  /** Run styles by name. */
  readonly styles: ReadonlyMap<string, number>;
}

const height = 260;

const looks: Readonly<Record<Finding['result']['verdict'], string>> = {
  supports: 'text-good',
  contradicts: 'text-bad',
  'no effect': 'text-muted',
  'cannot tell': 'text-muted',
};

/** Verdict of a single number. */
const answers = {
  supports: 'agrees',
  contradicts: 'disagrees',
  'no effect': 'no effect',
  'cannot tell': 'undecided',
} as const;

export function FindingPanel({ finding, ids, styles }: FindingPanelProps) {
  const { claim, result } = finding;
  const drawing = claimDrawing(result.figure, styles);
  const drawn = drawing && drawable(drawing.series, drawing.x);
  const { answer, because } = findingSentence(finding);
  const { title } = result.figure;
  const [x, y] = [typeset(result.figure.x), typeset(result.figure.y)];
  return (
    <Figure
      title={`${claim.id} · ${claim.statement}`}
      heading="h2"
      reading={
        <p className="number my-1 text-[15px] leading-snug text-ink" role="status" aria-label={`Finding ${claim.id}`}>
          <strong className={`font-semibold ${looks[result.verdict]}`}>{answer}:</strong> {typeset(because)}.
        </p>
      }
      query={standaloneQuery(FindingRunsDocument, { ids: [...ids], first: findingRuns, ...findingVariables })}
      table={() => figureTable(x, drawing?.series ?? [])}
    >
      <ReplicateStrips measurements={result.measurements} />
      {drawing && drawn ? (
        <>
          <p className="ritz-caption mb-1 text-[13px] font-medium">{title}</p>
          <Legend series={drawn.series} />
          <Later height={height}>
            <XYChart
              label={`${title}: ${y} against ${x}`}
              series={drawn.series}
              x={drawing.x}
              y={drawing.y}
              xTitle={x}
              yTitle={y}
              height={height}
            />
          </Later>
        </>
      ) : (
        <NothingMeasured>None of the selected runs bears on this claim.</NothingMeasured>
      )}
      <details className="mt-2 border-t border-line pt-2 text-[12.5px] text-muted">
        <summary>Numbers, rule and meaning</summary>
        <ul className="number my-1.5 text-ink">
          {result.measurements.map((measurement) => (
            <li key={measurement.label}>
              {typeset(measurement.label)}:{' '}
              <strong className="font-semibold">{typeset(describeMeasurement(measurement))}</strong>
              <span className="text-muted">
                {' '}
                · claimed {measurement.claimed.side} {measurement.claimed.of}: {answers[measurement.verdict]}
              </span>
            </li>
          ))}
        </ul>
        <p className="mt-1">{typeset(claim.rule)}</p>
        <p className="mt-1">{explanations[claim.id]}</p>
        {drawn?.note && <p className="mt-1">{drawn.note}</p>}
      </details>
    </Figure>
  );
}
