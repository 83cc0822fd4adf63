/** The stability limit of plain gradient descent along a training. */
import type { ChartSeries } from '@ritz/charts';
import type { History } from './Training.tsx';

/** Training is stable while the largest eigenvalue is below 2/η (Cohen et al. 2021). */
export function stabilityLimit({ step, learningRate }: History): ChartSeries {
  return {
    id: '2/η',
    label: '2/η',
    style: 7,
    x: step,
    y: learningRate.map((rate) => (rate !== null && rate > 0 ? 2 / rate : null)),
    staircase: true,
  };
}
