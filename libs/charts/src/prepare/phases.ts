/** The phases of a training with their names. */
import { trainingPhases, type MeasuredTraining, type PhaseKind } from '@ritz/spectra';
import { describeDrop, type RateDrop } from './rateDrops.ts';

export interface NamedPhase {
  readonly kind: PhaseKind;
  /** In a sentence or on a button. */
  readonly name: string;
  /** On a chart. */
  readonly short: string;
  readonly from: number;
  readonly to: number;
}

const names: Readonly<Record<PhaseKind, { readonly name: string; readonly short: string }>> = {
  'fast loss of negative curvature': {
    name: 'Fast loss of negative curvature',
    short: 'loss of negative curvature',
  },
  plateau: { name: 'Plateau', short: 'plateau' },
  'after a rate drop': { name: 'After the drop', short: 'after the drop' },
};

export type PhasesOf = Omit<MeasuredTraining, 'drops'> & { readonly drops: readonly RateDrop[] };

/** By the rule of `trainingPhases`; those after a drop are named after it: `After η 0.1 → 0.01`. */
export function namedPhases({ drops, ...training }: PhasesOf): NamedPhase[] {
  return trainingPhases({ ...training, drops: drops.map(({ step }) => step) }).map((phase) => {
    const drop = phase.kind === 'after a rate drop' ? drops.find(({ step }) => step === phase.from) : undefined;
    return { ...phase, ...names[phase.kind], ...(drop ? { name: `After ${describeDrop(drop)}` } : {}) };
  });
}
