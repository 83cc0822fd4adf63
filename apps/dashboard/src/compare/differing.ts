/** The settings that differ between runs. */
import { describeSchedule, formatNumber } from '@ritz/charts';
import type { DifferingSettingsQuery } from '@ritz/client';
import type { ComparedRun } from './ComparedRun.ts';

const settings: readonly (readonly [name: string, read: (run: ComparedRun) => string])[] = [
  ['Architecture', (run) => run.architecture],
  ['Parameters', (run) => formatNumber(run.parameterCount)],
  ['Normalisation', (run) => run.normalisation?.toLowerCase().replace('_', ' ') ?? '–'],
  ['Batch normalisation', (run) => run.batchNorm.toLowerCase()],
  ['Residual connections', (run) => (run.residual ? 'yes' : 'no')],
  ['Data set', (run) => run.dataset],
  ['Classes', (run) => formatNumber(run.classes)],
  ['Optimiser', (run) => run.optimiser],
  ['Learning rate', (run) => describeSchedule(run.schedule)],
  ['Planned steps', (run) => formatNumber(run.plannedSteps)],
  ['Seed', (run) => formatNumber(run.seed)],
  ['Engine', (run) => run.computedBy?.name ?? '–'],
  ['Git revision', (run) => run.gitRevision ?? '–'],
  ['Lanczos steps, m', (run) => distinct(run.spectra.map(({ lanczosSteps }) => lanczosSteps))],
  ['Probes, k', (run) => distinct(run.spectra.map(({ probeCount }) => probeCount))],
  ['Examples measured', (run) => distinct(run.spectra.map(({ dataSize }) => dataSize))],
];

function distinct(values: readonly number[]): string {
  return [...new Set(values)].map((value) => formatNumber(value)).join(', ') || '–';
}

export interface Difference {
  readonly setting: string;
  /** One for each run, in their order. */
  readonly values: readonly string[];
}

/** Free-form settings, as the API names them. */
const freeFormPrefix = 'config.';

/** The built-in settings, followed by the free-form ones in `differing`. */
export function differingSettings(
  runs: readonly ComparedRun[],
  differing: DifferingSettingsQuery['compare']['differingSettings'],
): Difference[] {
  const known = settings.map(([setting, read]) => ({ setting, values: runs.map(read) }));
  const freeForm = differing
    .filter(({ name }) => name.startsWith(freeFormPrefix))
    .map(({ name, values }) => ({
      setting: name.slice(freeFormPrefix.length),
      values: values.map((value) => value?.shown ?? '–'),
    }));
  return [...known, ...freeForm].filter(({ values }) => new Set(values).size > 1);
}
