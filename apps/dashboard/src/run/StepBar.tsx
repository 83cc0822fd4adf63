'use client';
/** The bar that stays: the step, the smoothing, and what the spectra are of. */
import type { Domain } from '@ritz/charts';
import { SmoothingControl } from '../figure/SmoothingControl.tsx';
import { StepSlider } from '../figure/StepSlider.tsx';
import { CurvatureControls } from './CurvatureControls.tsx';
import type { Curvature, Run } from './spectra.ts';

export interface StepBarProps {
  readonly run: Run;
  readonly curvature: Curvature;
  readonly onCurvature: (curvature: Curvature) => void;
  readonly steps: readonly number[];
  readonly step: number;
  readonly onStep: (step: number) => void;
  /** Null before the spectrum has arrived. */
  readonly sigma: number | null;
  readonly extent: Domain;
}

export function StepBar(props: StepBarProps) {
  const { run, curvature, onCurvature, steps, step, onStep, sigma, extent } = props;
  return (
    <div
      role="toolbar"
      aria-label="Step and smoothing"
      className="sticky top-0 z-20 -mx-4 mb-4 border-b border-strong-line bg-page/95 px-4 py-2 backdrop-blur-sm sm:-mx-6 sm:px-6"
    >
      <div className="flex flex-wrap items-center gap-x-6 gap-y-1.5">
        <div className="min-w-0 flex-1 basis-80">
          <StepSlider steps={steps} step={step} onChange={onStep} />
        </div>
        <SmoothingControl sigma={sigma} extent={extent} />
        <CurvatureControls run={run} curvature={curvature} onChange={onCurvature} />
      </div>
    </div>
  );
}
