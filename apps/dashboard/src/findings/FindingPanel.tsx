'use client';
/** One claim: its verdict, the numbers that decided it, the rule, the figure. */
import { claimDrawing, describeMeasurement, figureTable, Legend, XYChart, type Finding } from '@ritz/charts';
import { FindingRunDocument, standaloneQuery } from '@ritz/client';
import { Figure } from '../figure/Figure.tsx';
import { NothingMeasured } from '../figure/FigureState.tsx';
import { Later } from '../figure/Later.tsx';

export interface FindingPanelProps {
  readonly finding: Finding;
  readonly ids: readonly string[];
}

const HEIGHT = 250;
const POINTS = 400;
/** More names than a legend can hold. */
const NAMES = 8;

const VERDICTS = {
  supports: { text: 'These runs support it', look: 'border-good text-good' },
  contradicts: { text: 'These runs contradict it', look: 'border-bad text-bad' },
  'cannot tell': { text: 'These runs cannot tell', look: 'border-strong-line text-muted' },
} as const;

export function FindingPanel({ finding: { claim, result }, ids }: FindingPanelProps) {
  const drawing = claimDrawing(result.figure);
  const { text, look } = VERDICTS[result.verdict];
  const { title, x, y } = result.figure;
  return (
    <Figure
      title={claim.statement}
      heading="h2"
      reading={
        <>
          <p className="my-1.5">
            <strong className={`inline-block rounded border px-2 py-0.5 font-semibold ${look}`}>{text}</strong>
          </p>
          <ul className="number my-1.5 text-ink">
            {result.measurements.map((measurement) => (
              <li key={measurement.label}>
                {measurement.label}: <strong className="font-semibold">{describeMeasurement(measurement)}</strong>
              </li>
            ))}
          </ul>
          <details>
            <summary>The rule</summary>
            <p className="mt-1">{claim.rule}</p>
          </details>
        </>
      }
      query={standaloneQuery(FindingRunDocument, { id: ids[0] ?? '', maxPoints: POINTS })}
      table={() => figureTable(x, drawing?.series ?? [])}
    >
      {drawing ? (
        <>
          {drawing.series.length <= NAMES && <Legend series={drawing.series} />}
          <Later height={HEIGHT}>
            <XYChart
              label={`${title}: ${y} against ${x}`}
              series={drawing.series}
              x={drawing.x}
              y={drawing.y}
              xTitle={x}
              yTitle={y}
              height={HEIGHT}
            />
          </Later>
        </>
      ) : (
        <NothingMeasured>None of the runs chosen has what this claim is about.</NothingMeasured>
      )}
    </Figure>
  );
}
