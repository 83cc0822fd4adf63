/** Statistics of a spectrum beyond its density and its outliers: those of the catalogue, lists of moments and of quantiles. */
import {
  limitations,
  moment,
  quantiles,
  statisticNames,
  statistics,
  type Estimate as EstimateShape,
  type Limitation as LimitationShape,
  type Quantile as QuantileShape,
  type StatisticName,
} from '@ritz/spectra';
import { badInput } from '../input/badInput.ts';
import { builder } from '../builder.ts';
import { finiteOrNull, representable } from '../request/measuredSpectrum.ts';
import { Estimate } from '../types/estimate.ts';
import { Spectrum } from '../types/refs.ts';
import { estimateOf, optionArguments } from './catalogue.ts';
import { derived } from './derived.ts';
import { failsAlone } from '../types/semanticNonNull.ts';

/** Cost of a statistic that decomposes every probe. */
export const decompositionCost = 10;
const maxValues = 100;

interface MomentShape extends EstimateShape {
  readonly order: number;
}

const Moment = builder.objectRef<MomentShape>('Moment').implement({
  description: 'The mean of a power of the eigenvalues.',
  fields: (t) => ({
    order: t.exposeInt('order', { description: 'The power p.' }),
    value: t.exposeFloat('value', { description: '(1/n) times the sum of (lambda_i - about)^p.' }),
    standardError: t.exposeFloat('standardError', {
      nullable: true,
      description: 'Standard error over the probes, in the unit of `value`; null with a single probe.',
    }),
  }),
});

const Quantile = builder.objectRef<QuantileShape>('Quantile').implement({
  description: 'The eigenvalue that a share of all eigenvalues does not exceed.',
  fields: (t) => ({
    probability: t.exposeFloat('probability', { description: 'The share, 0 to 1.' }),
    value: t.float({ description: 'The eigenvalue.', resolve: ({ value }) => representable(value) }),
    standardError: t.float({
      nullable: true,
      description: 'Jackknife standard error over the probes, in the unit of `value`; null with a single probe.',
      resolve: ({ standardError }) => finiteOrNull(standardError),
    }),
  }),
});

const Limitation = builder.objectRef<LimitationShape>('Limitation').implement({
  description: 'Something that cannot be computed because too little was kept of the measurement.',
  fields: (t) => ({
    quantity: t.exposeString('quantity', { description: 'What cannot be computed, such as "standard errors".' }),
    reason: t.exposeString('reason', { description: 'Why not, and what would have to be kept.' }),
  }),
});

/** Throws BAD_USER_INPUT. */
function requireSome(name: string, values: readonly number[]): void {
  if (values.length >= 1 && values.length <= maxValues) return;
  throw badInput(`${name}: got ${String(values.length)} values, expected 1 to ${String(maxValues)}.`);
}

/** Throws BAD_USER_INPUT unless every moment of so large an order is a number. */
function finite({ order, value, standardError }: MomentShape): MomentShape {
  if (Number.isFinite(value)) {
    return { order, value, standardError: Number.isFinite(standardError) ? standardError : null };
  }
  throw badInput(`orders: the moment of order ${String(order)} is beyond 64 bits; ask for a smaller one.`);
}

builder.objectFields(Spectrum, (t) => ({
  moments: t.field({
    type: [Moment],
    ...failsAlone,
    description: 'Moments of the spectrum, in the requested order.',
    args: {
      orders: t.arg.intList({ required: true, description: 'Powers, each 0 to 100; 1 to 100 of them.' }),
      about: t.arg.float({ defaultValue: 0, description: 'The point that the moments are about.' }),
    },
    complexity: ({ orders }) => ({ field: decompositionCost + orders.length, multiplier: orders.length }),
    resolve: (spectrum, { orders, about }, context) => {
      requireSome('orders', orders);
      return derived(context, spectrum, ['moments', orders, about ?? 0], (measured) =>
        orders.map((order) => finite({ order, ...moment(measured, order, about ?? 0) })),
      );
    },
  }),
  quantiles: t.field({
    type: [Quantile],
    ...failsAlone,
    description: 'Quantiles of the spectrum, in the requested order.',
    args: {
      probabilities: t.arg.floatList({ required: true, description: 'Shares, each 0 to 1; 1 to 100 of them.' }),
    },
    complexity: ({ probabilities }) => ({
      field: 3 * decompositionCost + probabilities.length,
      multiplier: probabilities.length,
    }),
    resolve: (spectrum, { probabilities }, context) => {
      requireSome('probabilities', probabilities);
      return derived(context, spectrum, ['quantiles', probabilities], (measured) => quantiles(measured, probabilities));
    },
  }),
  limitations: t.field({
    type: [Limitation],
    ...failsAlone,
    description: 'What cannot be computed from this spectrum; empty for several whole tridiagonals.',
    complexity: { field: decompositionCost, multiplier: 1 },
    resolve: (spectrum, _arguments, context) => derived(context, spectrum, ['limitations'], limitations),
  }),
}));

/** The outliers of a spectrum have the others. */
const offered = statisticNames.filter((name) => !statistics[name].ofOutliers);

builder.objectFields(Spectrum, (t) => {
  const field = (name: StatisticName) => {
    const common = {
      type: Estimate,
      description: statistics[name].description,
      args: optionArguments(name, t.arg),
      complexity: { field: decompositionCost, multiplier: 1 },
    };
    return statistics[name].nullable
      ? t.field({
          ...common,
          nullable: true,
          resolve: (spectrum, given, context) => estimateOf(context, spectrum, name, given, null),
        })
      : t.field({
          ...common,
          ...failsAlone,
          resolve: async (spectrum, given, context) => {
            const found = await estimateOf(context, spectrum, name, given, null);
            if (found) return found;
            throw new Error(`The statistic ${name} of a spectrum is missing.`);
          },
        });
  };
  return Object.fromEntries(offered.map((name) => [name, field(name)]));
});
