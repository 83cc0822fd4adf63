/** Whether a spectrum was measured with enough Lanczos steps. */
import { convergence, type Convergence as ConvergenceShape } from '@ritz/spectra';
import { builder } from '../builder.ts';
import { KernelName, QuadratureMethod } from '../types/enums.ts';
import { finiteOrNull, representable } from '../request/measuredSpectrum.ts';
import { Spectrum } from '../types/refs.ts';
import { densityOptions, SmoothingInput } from './density.ts';
import { derived } from './derived.ts';
import { decompositionCost } from './statistics.ts';

const Convergence = builder.objectRef<ConvergenceShape>('Convergence').implement({
  description:
    'The density of all m Lanczos steps against that of the first m/2: what changes little between them would change little with more.',
  fields: (t) => ({
    steps: t.exposeInt('steps', { description: 'm, the Lanczos steps of the longest probe.' }),
    halfSteps: t.exposeInt('halfSteps', { description: 'The steps that are compared with all, half of m rounded up.' }),
    movedShare: t.exposeFloat('movedShare', {
      description:
        'Share of the eigenvalues (0 to 1) that the second half of the steps moves: half the L1 distance of both densities.',
    }),
    bandShare: t.exposeFloat('bandShare', {
      nullable: true,
      description:
        'Share that other probes would move: half the integral of the half-width of the confidence band; null with a single probe.',
    }),
    converged: t.exposeBoolean('converged', {
      nullable: true,
      description: 'Whether `movedShare` is at most `bandShare`; null with a single probe.',
    }),
    lambdaMaxChange: t.float({
      nullable: true,
      description: 'Largest Ritz value of m steps minus that of m/2; null if that is not a finite number.',
      resolve: ({ lambdaMaxChange }) => finiteOrNull(lambdaMaxChange),
    }),
    sigma: t.float({
      description: 'Standard deviation of the kernel of both densities.',
      resolve: ({ sigma }) => representable(sigma),
    }),
  }),
});

builder.objectField(Spectrum, 'convergence', (t) =>
  t.field({
    type: Convergence,
    nullable: true,
    description:
      'Whether m Lanczos steps were enough for a density of this width; null where a probe kept no tridiagonal.',
    args: {
      smoothing: t.arg({ type: SmoothingInput, description: 'Width of the kernel; AUTO unless given.' }),
      method: t.arg({
        type: QuadratureMethod,
        defaultValue: 'variance-reduced',
        description: 'How the probes are combined.',
      }),
      kernel: t.arg({ type: KernelName, defaultValue: 'gaussian', description: 'Shape of the kernel.' }),
      confidence: t.arg.float({ defaultValue: 0.95, description: 'Confidence of the band, between 0 and 1.' }),
    },
    complexity: { field: 4 * decompositionCost, multiplier: 1 },
    resolve: (spectrum, given, context) => {
      const { grid: _unused, ...options } = densityOptions(given);
      return derived(context, spectrum, ['convergence', options], (measured) => convergence(measured, options));
    },
  }),
);
