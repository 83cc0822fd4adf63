/** What the runs of a plan have in common, in words. */
import { counted, groupBy } from '@ritz/charts';
import { describeOptimiser } from '@ritz/training';
import type { PlannedRun } from './plan.ts';

/** Two sentences for each group of runs that differ in net, normalisation, rate and seed alone. */
export function settingsText(plan: readonly PlannedRun[]): string[] {
  const groups = groupBy(plan, ({ config: { data, steps, batchSize, spectra, precision, optimiser } }) =>
    JSON.stringify({ data, steps, batchSize, spectra, precision, optimiser }),
  );
  return groups.map(({ members }) => groupText(members));
}

function groupText(runs: readonly PlannedRun[]): string {
  const [first] = runs;
  if (!first) return '';
  const { data, steps, batchSize, precision } = first.config;
  const distinct = <T>(of: (run: PlannedRun) => T): T[] => [...new Set(runs.map(of))];
  const images =
    data.kind === 'cifar10' && data.trainExamples !== undefined ? `${data.trainExamples} images` : 'all images';
  const rates = distinct(({ config }) => rateText(config.schedule)).join(' or ');
  const nets = distinct(({ family }) => family).join(', ');
  const seeds = distinct(({ config }) => config.seed).join(', ');
  return (
    `${counted(runs.length, 'run')} of ${nets}, seeds ${seeds}: ` +
    `${steps} steps of ${batchSize} images by ${describeOptimiser(first.config.optimiser)}, ${rates}, on ${images} of ${data.kind}. ` +
    spectraText(first.config.spectra, precision)
  );
}

function spectraText(
  { steps, examples, probes, lanczosSteps }: PlannedRun['config']['spectra'],
  precision: string,
): string {
  if (steps?.length === 0) return 'No spectra: they are compared by their speed alone.';
  return (
    `Spectra are of the Hessian over the same ${examples} training images, whose loss is the training loss: ` +
    `k = ${probes}, m = ${lanczosSteps}, products in ${precision}.`
  );
}

function rateText(schedule: PlannedRun['config']['schedule']): string {
  switch (schedule.kind) {
    case 'constant':
      return `constant rate ${schedule.rate}`;
    case 'step':
      return `rate ${schedule.initial}, times ${schedule.factor} after ${schedule.steps.join(', ')}`;
    case 'cosine':
    case 'warmup-cosine':
    case 'one-cycle':
    case 'piecewise':
      return `${schedule.kind} rate`;
    default:
      throw new Error(`Unknown schedule: ${String(schedule satisfies never)}`);
  }
}
