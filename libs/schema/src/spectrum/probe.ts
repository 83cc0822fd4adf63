/** What one random start vector measured: the truth that every curve is computed from. */
import type { Probe as ProbeRow } from '@ritz/database';
import { builder } from '../builder.ts';
import { packed } from '../types/packed.ts';

const about = {
  index: 'Position among the probes of the spectrum, from 0.',
  seed: 'Seed that makes the start vector.',
  alpha: 'Diagonal of the Lanczos tridiagonal, m numbers; null if only nodes and weights were kept.',
  beta: 'Off-diagonal, m or m - 1 numbers: beta[j] couples j and j + 1; the m-th is the norm of the last residual. null as `alpha`.',
  nodes: 'Ritz values, where the tridiagonal was not kept; null otherwise.',
  weights: 'Quadrature weights of `nodes`: not negative, sum 1; null as `nodes`.',
};

export const Probe = builder.objectRef<ProbeRow>('Probe').implement({
  description:
    'What one random start vector measured: a Lanczos tridiagonal, or nodes and weights if no more was kept.',
  fields: (t) => {
    const numbers = (name: 'alpha' | 'beta' | 'nodes' | 'weights') =>
      t.field({
        type: ['Float'],
        nullable: true,
        description: about[name],
        resolve: (probe) => (probe[name] ? [...probe[name]] : null),
      });
    const text = (name: 'alpha' | 'beta' | 'nodes' | 'weights') =>
      t.string({
        nullable: true,
        description: `\`${name}\` as base64 of little-endian float64, for programs; null where it is null.`,
        resolve: (probe) => (probe[name] ? packed(probe[name]) : null),
      });
    return {
      index: t.exposeInt('index', { description: about.index }),
      seed: t.expose('seed', { type: 'SafeInt', description: about.seed }),
      alpha: numbers('alpha'),
      beta: numbers('beta'),
      nodes: numbers('nodes'),
      weights: numbers('weights'),
      packedAlpha: text('alpha'),
      packedBeta: text('beta'),
      packedNodes: text('nodes'),
      packedWeights: text('weights'),
    };
  },
});

export const ProbeInput = builder.inputType('ProbeInput', {
  description: 'One probe: either `alpha` and `beta`, or `nodes` and `weights` where no tridiagonal was kept.',
  fields: (t) => ({
    index: t.int({ required: true, description: about.index }),
    seed: t.field({ type: 'SafeInt', required: true, description: about.seed }),
    alpha: t.floatList({ description: 'Diagonal of the Lanczos tridiagonal, m ≥ 1 numbers.' }),
    beta: t.floatList({
      description:
        'Off-diagonal, m or m - 1 numbers: beta[j] couples j and j + 1; the m-th is the norm of the last residual.',
    }),
    nodes: t.floatList({ description: 'Ritz values, at least one.' }),
    weights: t.floatList({ description: 'Quadrature weights, one for each of `nodes`: not negative, sum 1.' }),
  }),
});
