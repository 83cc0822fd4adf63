/** The density of a spectrum, computed on request from what was measured. */
import type { Spectrum } from '@ritz/database';
import { density, type Density as DensityShape, type DensityOptions, type Smoothing } from '@ritz/spectra';
import { badInput } from '../input/badInput.ts';
import { builder } from '../builder.ts';
import { KernelName, QuadratureMethod, SmoothingKind } from '../types/enums.ts';
import { packed } from '../types/packed.ts';
import type { RequestContext } from '../request/context.ts';
import { allRepresentable, representable } from '../request/measuredSpectrum.ts';
import { derived } from './derived.ts';

const maxGridPoints = 10_000;
const defaultGridPoints = 1024;
const defaultConfidence = 0.95;

export const SmoothingInput = builder.inputType('SmoothingInput', {
  description: 'How wide the kernel is.',
  fields: (t) => ({
    kind: t.field({ type: SmoothingKind, required: true, description: 'How the width is chosen.' }),
    sigma: t.float({ description: 'ABSOLUTE: standard deviation in units of the eigenvalues, greater than 0.' }),
    sigmaSquared: t.float({ description: 'PAPER: variance before scaling, greater than 0; 1e-5 unless given.' }),
  }),
});

export const GridInput = builder.inputType('GridInput', {
  description: 'Where the density is computed: evenly spaced points.',
  fields: (t) => ({
    points: t.int({ defaultValue: defaultGridPoints, description: 'Number of points, 2 to 10000.' }),
    min: t.float({
      description: 'First point, in units of the eigenvalues; wide enough for every kernel unless given.',
    }),
    max: t.float({ description: 'Last point, greater than `min`; wide enough for every kernel unless given.' }),
  }),
});

export const Density = builder.objectRef<DensityShape>('Density').implement({
  description: 'Spectral density on a grid, as parallel arrays of one length. Its integral over all eigenvalues is 1.',
  fields: (t) => {
    const column = (name: 'lambda' | 'density' | 'lower' | 'upper', description: string) =>
      t.field({ type: ['Float'], description, resolve: (curve) => allRepresentable(curve[name]) });
    const text = (name: 'lambda' | 'density' | 'lower' | 'upper') =>
      t.string({
        description: `\`${name}\` as base64 of little-endian float64, for programs.`,
        resolve: (curve) => packed(curve[name]),
      });
    return {
      packedLambda: text('lambda'),
      packedDensity: text('density'),
      packedLower: text('lower'),
      packedUpper: text('upper'),
      confidence: t.exposeFloat('confidence', { description: 'Confidence of `lower` and `upper`, between 0 and 1.' }),
      kernel: t.expose('kernel', { type: KernelName, description: 'The kernel that was used.' }),
      lambda: column('lambda', 'Grid points, ascending, in units of the eigenvalues.'),
      density: column('density', 'Share of eigenvalues per unit of eigenvalue at each grid point.'),
      lower: column(
        'lower',
        'Lower end of the confidence interval over the probes, at least 0; equal to `density` with a single probe.',
      ),
      upper: column(
        'upper',
        'Upper end of the confidence interval over the probes; equal to `density` with a single probe.',
      ),
      sigma: t.float({
        description: 'Standard deviation of the kernel that was used.',
        resolve: ({ sigma }) => representable(sigma),
      }),
      method: t.expose('method', { type: QuadratureMethod, description: 'How the probes were combined.' }),
    };
  },
});

/** Throws BAD_USER_INPUT for a width that is not positive, or one that the kind needs and is missing. */
function smoothingOf(input: typeof SmoothingInput.$inferInput | null | undefined): Smoothing {
  const positive = (name: string, value: number): number => {
    if (Number.isFinite(value) && value > 0) return value;
    throw badInput(`smoothing.${name}: got ${String(value)}, expected a finite number greater than 0.`);
  };
  switch (input?.kind) {
    case undefined:
    case 'AUTO':
      return { kind: 'auto' };
    case 'PAPER': {
      const variance = input.sigmaSquared ?? null;
      return variance === null
        ? { kind: 'paper' }
        : { kind: 'paper', sigmaSquared: positive('sigmaSquared', variance) };
    }
    case 'ABSOLUTE': {
      if (typeof input.sigma !== 'number') {
        throw badInput(
          'smoothing.sigma: missing; kind ABSOLUTE needs it. Give a number greater than 0, or use kind AUTO.',
        );
      }
      return { kind: 'absolute', sigma: positive('sigma', input.sigma) };
    }
  }
}

function gridOf(input: typeof GridInput.$inferInput | null | undefined): {
  points: number;
  min?: number;
  max?: number;
} {
  const points = input?.points ?? defaultGridPoints;
  if (points < 2 || points > maxGridPoints) {
    throw badInput(`grid.points: got ${String(points)}, expected 2 to ${String(maxGridPoints)}.`);
  }
  const min = input?.min ?? null;
  const max = input?.max ?? null;
  for (const [name, end] of Object.entries({ min, max })) {
    if (end !== null && !Number.isFinite(end))
      throw badInput(`grid.${name}: got ${String(end)}, expected a finite number.`);
  }
  if (min !== null && max !== null && min >= max) {
    throw badInput(`grid: got min ${String(min)} and max ${String(max)}, expected min < max.`);
  }
  return { points, ...(min === null ? {} : { min }), ...(max === null ? {} : { max }) };
}

export interface DensityArguments {
  readonly smoothing?: typeof SmoothingInput.$inferInput | null | undefined;
  readonly grid?: typeof GridInput.$inferInput | null | undefined;
  readonly method?: typeof QuadratureMethod.$inferType | null | undefined;
  readonly kernel?: typeof KernelName.$inferType | null | undefined;
  readonly confidence?: number | null | undefined;
}

/** The options of @ritz/spectra. Throws BAD_USER_INPUT. */
export function densityOptions({
  smoothing,
  grid,
  method,
  kernel,
  confidence: asked,
}: DensityArguments): DensityOptions {
  const confidence = asked ?? defaultConfidence;
  if (!(confidence > 0 && confidence < 1)) {
    throw badInput(`confidence: got ${String(confidence)}, expected a number between 0 and 1, such as 0.95.`);
  }
  return {
    confidence,
    kernel: kernel ?? 'gaussian',
    smoothing: smoothingOf(smoothing),
    grid: gridOf(grid),
    method: method ?? 'variance-reduced',
  };
}

/** The density of a spectrum, kept for those who ask for the same again. `options` must have been checked. */
export function densityOf(context: RequestContext, spectrum: Spectrum, options: DensityOptions): Promise<DensityShape> {
  return derived(context, spectrum, ['density', options], (measured) => density(measured, options), sizeOf);
}

function sizeOf({ lambda }: DensityShape): number {
  return 4 * 8 * lambda.length;
}

/** Decomposing the probes, then one pass per grid point. */
export function densityCost({ grid }: DensityArguments): { field: number; multiplier: number } {
  return { field: 10 + Math.ceil((grid?.points ?? defaultGridPoints) / 64), multiplier: 1 };
}
