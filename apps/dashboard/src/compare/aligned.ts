/** Which spectrum of each run stands beside the others at a wanted step. */
import type { CompareRunsQuery } from '@ritz/client';
import { nearestStep } from '../figure/nearest.ts';

export type ComparedRun = CompareRunsQuery['runs']['nodes'][number];

export interface Aligned {
  readonly run: ComparedRun;
  readonly spectrumId: string;
  readonly step: number;
}

/** The spectra that are compared: those of the whole Hessian. */
function hessianSpectra({ spectra }: ComparedRun): ComparedRun['spectra'] {
  return spectra.filter(({ operator, block }) => operator === 'HESSIAN' && block === 'all');
}

/** All steps at which any of the runs was measured, ascending. */
export function unionOfSteps(runs: readonly ComparedRun[]): number[] {
  return [...new Set(runs.flatMap((run) => hessianSpectra(run).map(({ step }) => step.number)))].sort((a, b) => a - b);
}

/** For each run its measured step nearest to `step`; runs without spectra are left out. */
export function alignByStep(runs: readonly ComparedRun[], step: number): Aligned[] {
  return runs.flatMap((run) => {
    const ids = new Map(hessianSpectra(run).map(({ id, step: { number } }) => [number, id]));
    const nearest = nearestStep([...ids.keys()], step);
    const spectrumId = nearest === null ? undefined : ids.get(nearest);
    return nearest === null || spectrumId === undefined ? [] : [{ run, spectrumId, step: nearest }];
  });
}
