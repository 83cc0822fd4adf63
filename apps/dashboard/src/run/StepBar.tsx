'use client';
/** The bar that stays: the step, the steps that are played, the smoothing, and what the spectra are of. */
import { Pin, X } from 'lucide-react';
import { formatNumber, type Domain } from '@ritz/charts';
import { SmoothingControl } from '../figure/SmoothingControl.tsx';
import { StepControls } from '../figure/StepControls.tsx';
import { Help } from '../help/Help.tsx';
import { CurvatureControls } from './CurvatureControls.tsx';
import type { Curvature, Run } from './spectra.ts';
import type { StepState } from './useStepState.ts';

export interface StepBarProps {
  readonly run: Run;
  readonly curvature: Curvature;
  readonly onCurvature: (curvature: Curvature) => void;
  readonly steps: readonly number[];
  readonly step: number;
  readonly state: StepState;
  /** Null before the spectrum has arrived. */
  readonly sigma: number | null;
  readonly extent: Domain;
}

export function StepBar(props: StepBarProps) {
  const { run, curvature, onCurvature, steps, step, state, sigma, extent } = props;
  const { range, setRange, against, setAgainst, playback, onPickStep } = state;
  const [from, to] = range ?? [steps[0] ?? 0, steps.at(-1) ?? 0];
  const keys = {
    '[': () => {
      setRange(step < to ? [step, to] : null);
    },
    ']': () => {
      setRange(step > from ? [from, step] : null);
    },
    '=': () => {
      setAgainst(against === null ? step : null);
    },
    Escape: () => {
      playback.stop();
      setRange(null);
      setAgainst(null);
    },
  };
  const of = (
    <>
      <SmoothingControl sigma={sigma} extent={extent} />
      <CurvatureControls run={run} curvature={curvature} onChange={onCurvature} />
    </>
  );
  return (
    <>
      <div
        role="toolbar"
        aria-label="Step and smoothing"
        className="sticky top-0 z-20 -mx-4 mb-4 border-b border-strong-line bg-page/95 px-4 py-2 backdrop-blur-sm sm:-mx-6 sm:px-6"
      >
        <div className="flex flex-wrap items-center gap-x-6 gap-y-1.5">
          <div className="flex min-w-0 flex-1 basis-80 flex-wrap items-center gap-x-3 gap-y-1">
            <div className="min-w-0 flex-1 basis-72">
              <StepControls steps={steps} step={step} onChange={onPickStep} playback={playback} keys={keys} />
            </div>
            <button
              type="button"
              className="control max-sm:hidden"
              aria-pressed={against !== null}
              title="Keep this step behind the others, to see what changes"
              onClick={() => {
                setAgainst(against === null ? step : null);
              }}
            >
              <Pin className="size-3.5" aria-hidden />
              {against === null ? 'Pin step' : `Step ${formatNumber(against)}`}
            </button>
            {range && (
              <button
                type="button"
                className="control"
                aria-label={`Steps ${formatNumber(from)} to ${formatNumber(to)} are played: play all`}
                onClick={() => {
                  setRange(null);
                }}
              >
                <span className="number">
                  {formatNumber(from)}–{formatNumber(to)}
                </span>
                <X className="size-3.5" aria-hidden />
              </button>
            )}
            <Help of="stepKeys" label="Help: keys" className="tool max-sm:hidden">
              ?
            </Help>
          </div>
          <div className="contents max-sm:hidden">{of}</div>
        </div>
      </div>
      {/* On a phone the bar that stays is one line high, and these scroll away. */}
      <div className="mb-4 flex flex-wrap items-center gap-x-6 gap-y-2 sm:hidden">{of}</div>
    </>
  );
}
