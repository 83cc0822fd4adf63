'use client';
/** The runs' spectra at one point of training: overlaid, grouped, and their distances. */
import { useMemo } from 'react';
import { comparedCurves, describePoint, formatNumber, type Domain } from '@ritz/charts';
import { AxisControls } from '../figure/AxisControls.tsx';
import { Failed, NothingMeasured, Waiting } from '../figure/FigureState.tsx';
import type { StepView } from '../figure/StepFigure.tsx';
import { SmoothingControl } from '../figure/SmoothingControl.tsx';
import { useZoom } from '../figure/urlState.ts';
import { useDensityView } from '../figure/useDensityView.ts';
import type { Curvature } from '../run/spectra.ts';
import { Comparability } from './Comparability.tsx';
import { CompareDensities } from './CompareDensities.tsx';
import { CompareDistances } from './CompareDistances.tsx';
import { CompareMultiples } from './CompareMultiples.tsx';
import type { Drawing } from './drawings.ts';
import { PointControls } from './PointControls.tsx';
import type { Keys } from './groupings.ts';
import type { NamedRun } from './NamedRun.ts';
import type { ComparisonTarget } from './target.ts';
import { useMeasuredRuns } from './useMeasuredRuns.ts';
import type { AlignmentPoint } from './useAlignmentPoint.ts';

export interface CompareSpectraProps {
  readonly runs: readonly NamedRun[];
  readonly keys: Keys;
  readonly curvature: Curvature;
  readonly drawing: Drawing;
  readonly point: AlignmentPoint;
  /** Of the charts over steps. */
  readonly steps: StepView;
}

const height = 400;

export function CompareSpectra({ runs, keys, curvature, drawing, point, steps }: CompareSpectraProps) {
  const { settings, view } = useDensityView();
  const [, setZoom] = useZoom();
  const { present, absent, error, retry } = useMeasuredRuns(runs, point, curvature);
  const { alignment, position, exact } = point;
  const curves = useMemo(
    () =>
      comparedCurves(
        present.map(({ id, label, style, step, measured }) => ({
          id,
          // A run shown at another step says which.
          label: alignment === 'STEP' && step === position ? label : `${label} (step ${formatNumber(step)})`,
          style,
          measured,
        })),
        settings,
      ),
    [present, settings, alignment, position],
  );
  const target = useMemo((): ComparisonTarget | null => {
    if (position === null) return null;
    return {
      ids: runs.map(({ id }) => id),
      alignment,
      position,
      exact,
      curvature,
      name: describePoint(alignment, position),
    };
  }, [runs, alignment, position, exact, curvature]);
  if (target === null) {
    return (
      <NothingMeasured>
        {alignment === 'STEP'
          ? 'These runs have no spectra.'
          : 'These runs did not log the quantity they are aligned by. Align by step instead.'}
      </NothingMeasured>
    );
  }
  const ends = curves.flatMap(({ lambda }) => [lambda[0] ?? 0, lambda.at(-1) ?? 0]);
  const extent: Domain = curves.length > 0 ? [Math.min(...ends), Math.max(...ends)] : [0, 1];
  const waiting = present.length + absent.length < runs.length;
  return (
    <section aria-label="Spectra at one point of training" className="space-y-4">
      <div className="panel space-y-3 px-4 py-3 sm:px-5">
        <PointControls point={point} />
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <SmoothingControl sigma={curves[0]?.sigma ?? null} extent={extent} />
          <AxisControls extent={extent} />
        </div>
      </div>
      <Comparability runs={present} />
      {absent.length > 0 && (
        <p role="status" className="text-[13px] text-warn">
          Without a spectrum at {target.name}: {absent.map(({ label }) => label).join(', ')}.
        </p>
      )}
      {error && <Failed error={error} onRetry={retry} />}
      {!error && waiting && curves.length === 0 && <Waiting height={height} />}
      {curves.length > 0 && (
        <CompareDensities
          target={target}
          runs={present}
          curves={curves}
          drawing={drawing}
          view={view}
          settings={settings}
          onZoom={(domain) => void setZoom(domain)}
        />
      )}
      {runs.length > 1 && (
        <CompareMultiples
          runs={runs}
          keys={keys}
          drawing={drawing}
          target={target}
          curves={curves}
          settings={settings}
          view={view}
          steps={steps}
        />
      )}
      {present.length > 1 && <CompareDistances target={target} runs={present} settings={settings} />}
    </section>
  );
}
