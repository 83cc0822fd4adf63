/** What the runs of a plan have in common, in words. */
import { describeOptimiser } from '@ritz/training';
import type { PlannedRun } from './plan.ts';

/** The settings that the runs of a plan share, in three sentences. */
export function settingsText(plan: readonly PlannedRun[]): string {
  const [first] = plan;
  if (!first) return 'No runs.';
  const { data, steps, batchSize, schedule, spectra, precision } = first.config;
  const distinct = <T>(of: (run: PlannedRun) => T): T[] => [...new Set(plan.map(of))];
  const images =
    data.kind === 'cifar10' && data.trainExamples !== undefined ? `${data.trainExamples} images` : 'all images';
  const rate =
    schedule.kind === 'step'
      ? `rate ${schedule.initial}, times ${schedule.factor} after steps ${schedule.steps.join(', ')}`
      : `${schedule.kind} rate`;
  const by = describeOptimiser(first.config.optimiser);
  return (
    `${plan.length} runs of ${distinct(({ family }) => family).join(' and ')}, seeds ${distinct(({ config }) => config.seed).join(', ')}: ` +
    `${steps} steps of ${batchSize} images by ${by}, ${rate}, on ${images} of ${data.kind}. ` +
    `Every spectrum is of the Hessian over the same ${spectra.examples} training images: k = ${spectra.probes} probes of ` +
    `m = ${spectra.lanczosSteps} Lanczos steps, products in ${precision}. Training loss is that of these images. ` +
    '“Late” is the second half of a run’s spectra.'
  );
}
