/** The settings in which runs differ, for a table of nothing but differences. */
import { describeSchedule, formatNumber } from '@ritz/charts';
import type { ComparedRun } from './aligned.ts';

const SETTINGS: readonly (readonly [name: string, read: (run: ComparedRun) => string])[] = [
  ['Architecture', (run) => run.architecture],
  ['Parameters', (run) => formatNumber(run.parameterCount)],
  ['Batch normalisation', (run) => run.batchNorm.toLowerCase()],
  ['Residual connections', (run) => (run.residual ? 'yes' : 'no')],
  ['Data set', (run) => run.dataset],
  ['Classes', (run) => formatNumber(run.classes)],
  ['Optimiser', (run) => run.optimiser],
  ['Learning rate', (run) => describeSchedule(run.schedule)],
  ['Steps planned', (run) => formatNumber(run.plannedSteps)],
  ['Seed', (run) => formatNumber(run.seed)],
  ['Engine', (run) => run.engine ?? '–'],
  ['Code revision', (run) => run.gitRevision ?? '–'],
  ['Lanczos steps, m', (run) => distinct(run.spectra.map(({ lanczosSteps }) => lanczosSteps))],
  ['Probes, k', (run) => distinct(run.spectra.map(({ probeCount }) => probeCount))],
  ['Examples measured on', (run) => distinct(run.spectra.map(({ dataSize }) => dataSize))],
];

function distinct(values: readonly number[]): string {
  return [...new Set(values)].map((value) => formatNumber(value)).join(', ') || '–';
}

export interface Difference {
  readonly setting: string;
  /** One for each run, in their order. */
  readonly values: readonly string[];
}

export function differingSettings(runs: readonly ComparedRun[]): Difference[] {
  return SETTINGS.map(([setting, read]) => ({ setting, values: runs.map(read) })).filter(
    ({ values }) => new Set(values).size > 1,
  );
}
