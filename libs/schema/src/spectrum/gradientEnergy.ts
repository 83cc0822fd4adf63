/** How a gradient's energy is spread over the eigenvalues. */
import type { GradientEnergy as GradientEnergyRow } from '@ritz/database';
import { ritzDecomposition } from '@ritz/spectra';
import { builder } from '../builder.ts';
import { allRepresentable, withClientOptions } from '../request/measuredSpectrum.ts';
import { GradientKind } from '../types/enums.ts';
import { packed } from '../types/packed.ts';
import { Spectrum } from '../types/refs.ts';
import { decompositionCost } from './statistics.ts';
import { itemsFailAlone } from '../types/semanticNonNull.ts';

const about = {
  gradient: 'Which gradient g.',
  gradientNorm: 'Euclidean norm of g; null if it was not kept.',
  alpha: 'Diagonal of the Lanczos tridiagonal started at g / |g|, m numbers.',
  beta: 'Its off-diagonal, m or m - 1 numbers, as of a probe.',
};

const decomposed = (energy: GradientEnergyRow) => withClientOptions(() => ritzDecomposition(energy));

const GradientEnergy = builder.objectRef<GradientEnergyRow>('GradientEnergy').implement({
  description:
    'How the energy |g|^2 of a gradient is spread over the eigenvalues: the Lanczos tridiagonal started at g / |g|, whose ' +
    'Ritz values and squared first components are a Gauss quadrature of it.',
  fields: (t) => ({
    gradient: t.expose('gradient', { type: GradientKind, description: about.gradient }),
    gradientNorm: t.exposeFloat('gradientNorm', { nullable: true, description: about.gradientNorm }),
    alpha: t.field({ type: ['Float'], description: about.alpha, resolve: ({ alpha }) => [...alpha] }),
    beta: t.field({ type: ['Float'], description: about.beta, resolve: ({ beta }) => [...beta] }),
    nodes: t.field({
      type: ['Float'],
      description: 'Ritz values, ascending.',
      resolve: (energy) => allRepresentable(decomposed(energy).values),
    }),
    weights: t.field({
      type: ['Float'],
      description: 'Share of the energy at each of `nodes`; sum 1.',
      resolve: (energy) => allRepresentable(decomposed(energy).weights),
    }),
    curvature: t.float({
      description: 'Curvature along the gradient, g^T H g / |g|^2: the mean of the eigenvalues, weighted by energy.',
      resolve: ({ alpha }) => alpha[0] ?? 0,
    }),
    packedNodes: t.string({
      description: '`nodes` as base64 of little-endian float64.',
      resolve: (energy) => packed(decomposed(energy).values),
    }),
    packedWeights: t.string({
      description: '`weights` as base64 of little-endian float64.',
      resolve: (energy) => packed(decomposed(energy).weights),
    }),
  }),
});

export const GradientEnergyInput = builder.inputType('GradientEnergyInput', {
  description: 'The Lanczos tridiagonal started at g / |g|.',
  fields: (t) => ({
    gradient: t.field({ type: GradientKind, defaultValue: 'full-batch', description: about.gradient }),
    gradientNorm: t.float({ description: 'Euclidean norm of g, at least 0.' }),
    alpha: t.floatList({ required: true, description: about.alpha }),
    beta: t.floatList({ required: true, description: about.beta }),
  }),
});

builder.objectField(Spectrum, 'gradientEnergy', (t) =>
  t.field({
    type: [GradientEnergy],
    ...itemsFailAlone,
    description: 'How gradients’ energies are spread over the eigenvalues, by kind of gradient; empty if not measured.',
    complexity: { field: decompositionCost, multiplier: 2 },
    resolve: async ({ id }, _arguments, { loaders }) => [...(await loaders.energiesOfSpectrum.load(id))],
  }),
);
