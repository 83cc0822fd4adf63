/** Three trainings with a known course: losses, rates, and the eigenvalues of the Hessian at some steps. */
import { normal } from './random.ts';

export interface SeedRun {
  readonly id: string;
  readonly name: string;
  readonly initialRate: number;
  readonly dropAt: readonly number[];
  readonly seed: number;
  /** Size of the largest outlier late in training. */
  readonly sharpness: number;
}

/** Trainable parameters, and so eigenvalues. */
export const parameters = 640;
export const classes = 10;
export const plannedSteps = 1000;
export const spectrumSteps = [0, 10, 32, 100, 316, 1000] as const;

export const seedRuns: readonly SeedRun[] = [
  {
    id: 'a0000000-0000-4000-8000-000000000001',
    name: 'constant rate',
    initialRate: 0.1,
    dropAt: [],
    seed: 11,
    sharpness: 22,
  },
  {
    id: 'a0000000-0000-4000-8000-000000000002',
    name: 'step decay',
    initialRate: 0.1,
    dropAt: [200, 600],
    seed: 11,
    sharpness: 9,
  },
  {
    id: 'a0000000-0000-4000-8000-000000000003',
    name: 'low rate',
    initialRate: 0.02,
    dropAt: [],
    seed: 12,
    sharpness: 38,
  },
];

function rateAt({ initialRate, dropAt }: SeedRun, step: number): number {
  return initialRate * 0.1 ** dropAt.filter((drop) => step >= drop).length;
}

/** Loss and accuracy at a step; the test set is measured every 50 steps only. */
export function measuresAt(run: SeedRun, step: number): Record<string, number | null> {
  const noise = normal(run.seed * 7919 + step);
  const speed = run.initialRate / 0.1;
  const settled = run.dropAt.some((drop) => step >= drop) ? 0.05 : 0.12;
  const loss = settled + (2.3 - settled) / (1 + (step * speed) / 18);
  const trainLoss = loss * (1 + 0.03 * Math.abs(noise()));
  const tested = step % 50 === 0;
  return {
    trainLoss,
    trainAccuracy: Math.max(0.1, 1 - 0.36 * loss),
    testLoss: tested ? loss * 1.1 : null,
    testAccuracy: tested ? Math.max(0.1, 0.985 - 0.36 * loss) : null,
    learningRate: rateAt(run, step),
    gradientNorm: 0.2 + 2 * loss * (1 + 0.1 * noise()),
  };
}

/** A bulk around 0 that loses its negative side, and one outlier per class but one that grows. */
export function eigenvaluesAt(run: SeedRun, step: number): Float64Array {
  const draw = normal(run.seed * 104_729 + step);
  const age = Math.log10(1 + step) / 3;
  const values = Float64Array.from({ length: parameters }, (_unused, index) => {
    const bulk = draw() ** 2 * 0.12 * (draw() > 1.6 - 0.9 * (1 - age) ? -(1.05 - age) : 1);
    if (index >= classes - 1) return bulk;
    return (1.2 + run.sharpness * age ** 1.5) * 0.78 ** index;
  });
  return values.sort();
}

/** ‖P_K g‖² / ‖g‖² for the leading K. */
export function overlapAt(run: SeedRun, step: number, k: number): number {
  const age = Math.log10(1 + step) / 3;
  return Math.min(0.98, (0.08 + 0.72 * age * (run.dropAt.length > 0 ? 0.8 : 1)) * (k / classes) ** 0.35);
}

/**
 * Shares of ‖g‖² along the eigenvectors, in the order of `eigenvaluesAt`: the classes' outliers hold what `overlapAt` says, equally,
 * the rest of the spectrum the remainder.
 */
export function energyAt(run: SeedRun, step: number, share: number): Float64Array {
  const top = overlapAt(run, step, classes) * share;
  return Float64Array.from({ length: parameters }, (_unused, index) =>
    index >= parameters - classes ? top / classes : (1 - top) / (parameters - classes),
  );
}
