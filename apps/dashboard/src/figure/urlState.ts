'use client';
/** View state of figures kept in the URL, so that a link reproduces the figure. */
import { createParser, parseAsFloat, parseAsInteger, parseAsStringLiteral, useQueryState } from 'nuqs';
import type { Domain } from '@ritz/charts';

/** Minimum interval between URL updates of continuous controls (browsers limit them); the figure does not wait. */
const slow = { throttleMs: 120 } as const;

/** `-0.5,2`: two numbers, the low one first. */
const domain = createParser<Domain>({
  parse: (text) => {
    const [low = Number.NaN, high = Number.NaN, ...more] = text.split(',').map(Number);
    return more.length === 0 && Number.isFinite(low) && Number.isFinite(high) && low < high ? [low, high] : null;
  },
  serialize: ([low, high]) => `${String(low)},${String(high)}`,
  eq: (a, b) => a[0] === b[0] && a[1] === b[1],
});

const step = parseAsInteger.withOptions(slow);
const sigma = parseAsFloat.withOptions(slow);
const lambdaAxis = parseAsStringLiteral(['symlog', 'log', 'linear'] as const).withDefault('symlog');
const densityAxis = parseAsStringLiteral(['log', 'symlog', 'linear'] as const).withDefault('log');
const kernel = parseAsStringLiteral(['gaussian', 'epanechnikov'] as const).withDefault('gaussian');
const evolutionKind = parseAsStringLiteral(['heat', 'ridges'] as const).withDefault('heat');
const estimator = parseAsStringLiteral(['variance-reduced', 'plain'] as const).withDefault('variance-reduced');
const stepAxis = parseAsStringLiteral(['log', 'linear'] as const).withDefault('log');

/** Null = the last measured step. */
export const useStep = () => useQueryState('step', step);

/** Null or invalid: chosen from the spectrum. */
export const useSigma = () => {
  const [value, setValue] = useQueryState('sigma', sigma);
  return [value !== null && value > 0 ? value : null, setValue] as const;
};

export const useLambdaAxis = () => useQueryState('lambda', lambdaAxis);

export const useDensityAxis = () => useQueryState('density', densityAxis);

export const useKernel = () => useQueryState('kernel', kernel);

/** Null: the full measured range. */
export const useZoom = () => useQueryState('zoom', domain);

export const useStepAxis = () => useQueryState('steps', stepAxis);

export const useEvolutionKind = () => useQueryState('evolution', evolutionKind);

/** How the probes of a density are combined. */
export const useEstimator = () => useQueryState('estimator', estimator);

/** The steps that are played; null: all. */
export const useStepRange = () => useQueryState('range', domain);

/** The step whose spectrum is drawn behind the one that is shown; null: none. */
export const useAgainst = () => useQueryState('against', parseAsInteger);
