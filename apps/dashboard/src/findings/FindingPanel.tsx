'use client';
/** One claim: explanation, verdict, numbers, rule and figure. */
import { claimDrawing, describeMeasurement, drawable, figureTable, Legend, XYChart, type Finding } from '@ritz/charts';
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

const verdicts = {
  supports: { text: 'These runs support it', look: 'border-good text-good' },
  contradicts: { text: 'These runs contradict it', look: 'border-bad text-bad' },
  'no effect': { text: 'These runs show no effect that matters', look: 'border-strong-line text-muted' },
  'cannot tell': { text: 'These runs cannot tell', look: 'border-strong-line text-muted' },
} as const;

/** Verdict of a single number. */
const answers = {
  supports: 'agrees',
  contradicts: 'disagrees',
  'no effect': 'no effect',
  'cannot tell': 'undecided',
} as const;

export function FindingPanel({ finding: { claim, result }, ids, styles }: FindingPanelProps) {
  const drawing = claimDrawing(result.figure, styles);
  const drawn = drawing && drawable(drawing.series, drawing.x);
  const { text, look } = verdicts[result.verdict];
  const { title } = result.figure;
  const [x, y] = [typeset(result.figure.x), typeset(result.figure.y)];
  return (
    <Figure
      title={`${claim.id} · ${claim.statement}`}
      heading="h2"
      reading={
        <>
          <p className="my-1.5">
            <strong className={`inline-block rounded border px-2 py-0.5 font-semibold ${look}`}>{text}</strong>
          </p>
          <p className="my-1.5">{explanations[claim.id]}</p>
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
          <details>
            <summary>The rule</summary>
            <p className="mt-1">{typeset(claim.rule)}</p>
          </details>
          {drawn?.note && <p className="mt-1">{drawn.note}</p>}
        </>
      }
      query={standaloneQuery(FindingRunsDocument, { ids: [...ids], first: findingRuns, ...findingVariables })}
      table={() => figureTable(x, drawing?.series ?? [])}
    >
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
    </Figure>
  );
}
