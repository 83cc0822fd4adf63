/** The density of a spectrum, computed on request from what was measured. */
import type { Spectrum } from '@ritz/database';
import { density, type Density as DensityShape, type DensityOptions, type Smoothing } from '@ritz/spectra';
import type { ArgBuilder } from '@pothos/core';
import { badInput } from '../input/badInput.ts';
import { builder, type SchemaTypes } from '../builder.ts';
import { DensityScale, KernelName, QuadratureMethod, SmoothingKind } from '../types/enums.ts';
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
    sigma: t.float({
      description:
        'ABSOLUTE: standard deviation in units of the coordinate of the scale (the eigenvalues, unless it is ASINH), greater than 0.',
    }),
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

/** Arguments of a scale. */
export function scaleArguments(arg: ArgBuilder<SchemaTypes>) {
  return {
    scale: arg({
      type: DensityScale,
      defaultValue: 'linear',
      description: 'The coordinate in which the grid is even and the kernel is the same everywhere.',
    }),
    scaleWidth: arg.float({
      description:
        'ASINH: where the scale turns from linear to logarithmic, greater than 0, in units of the eigenvalues; their median magnitude unless given.',
    }),
  };
}

export const Density = builder.objectRef<DensityShape>('Density').implement({
  description:
    'Spectral density on a grid, as parallel arrays of one length. Its integral over the coordinate of its scale is 1.',
  fields: (t) => {
    const column = (name: 'lambda' | 'coordinate' | 'density' | 'lower' | 'upper', description: string) =>
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
      coordinate: column(
        'coordinate',
        'The same points in the coordinate of the scale, evenly spaced: the eigenvalue, or arsinh(eigenvalue / scaleWidth).',
      ),
      density: column(
        'density',
        'Share of eigenvalues per unit of the coordinate at each grid point: per unit of eigenvalue on the linear scale.',
      ),
      lower: column(
        'lower',
        'Lower end of the confidence interval over the probes, at least 0; equal to `density` with a single probe.',
      ),
      upper: column(
        'upper',
        'Upper end of the confidence interval over the probes; equal to `density` with a single probe.',
      ),
      sigma: t.float({
        description: 'Standard deviation of the kernel that was asked for, in units of the coordinate.',
        resolve: ({ sigma }) => representable(sigma),
      }),
      effectiveSigma: t.float({
        description:
          'Standard deviation of a peak as this grid shows it: larger than `sigma` where the grid is coarser than half of it, as each ' +
          'point is the mean over its cell there.',
        resolve: ({ effectiveSigma }) => representable(effectiveSigma),
      }),
      scale: t.expose('scale', { type: DensityScale, description: 'The scale of the grid and the kernel.' }),
      scaleWidth: t.exposeFloat('width', {
        nullable: true,
        description: 'Where an ASINH scale turns from linear to logarithmic; null on the linear one.',
      }),
      warnings: t.field({
        type: ['String'],
        description: 'What the curve does not show as it was asked for, such as peaks narrower than the grid.',
        resolve: ({ warnings }) => [...warnings],
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
  readonly scale?: typeof DensityScale.$inferType | null | undefined;
  readonly scaleWidth?: number | null | undefined;
}

/** The options of @ritz/spectra. Throws BAD_USER_INPUT. */
export function densityOptions({
  smoothing,
  grid,
  method,
  kernel,
  confidence: asked,
  scale,
  scaleWidth,
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
    scale: scaleOf(scale ?? 'linear', scaleWidth ?? null, smoothing?.kind),
  };
}

/** Throws BAD_USER_INPUT for a width that is not positive or has no meaning, and for a smoothing that the scale does not have. */
function scaleOf(
  kind: typeof DensityScale.$inferType,
  width: number | null,
  smoothing: typeof SmoothingKind.$inferType | undefined,
): NonNullable<DensityOptions['scale']> {
  switch (kind) {
    case 'linear':
      if (width === null) return { kind };
      throw badInput('scaleWidth: expected scale: ASINH, got LINEAR, which has no width. Leave it out.');
    case 'asinh':
      if (smoothing === 'PAPER') {
        throw badInput(
          'smoothing.kind: PAPER is a width in eigenvalues, which scale: ASINH does not have. Use AUTO or ABSOLUTE.',
        );
      }
      if (width === null) return { kind };
      if (Number.isFinite(width) && width > 0) return { kind, width };
      throw badInput(`scaleWidth: expected a finite number greater than 0, got ${String(width)}.`);
  }
}

/** The density of a spectrum, kept for those who ask for the same again. `options` must have been checked. */
export function densityOf(context: RequestContext, spectrum: Spectrum, options: DensityOptions): Promise<DensityShape> {
  return derived(context, spectrum, ['density', options], (measured) => density(measured, options), sizeOf);
}

function sizeOf({ lambda }: DensityShape): number {
  return 5 * 8 * lambda.length;
}

/** Decomposing the probes, then one pass per grid point. */
export function densityCost({ grid }: DensityArguments): { field: number; multiplier: number } {
  return { field: 10 + Math.ceil((grid?.points ?? defaultGridPoints) / 64), multiplier: 1 };
}
