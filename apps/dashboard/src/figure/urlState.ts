'use client';
/** What of a figure's view belongs to the address, so that a link shows the same picture. */
import { parseAsFloat, parseAsInteger, parseAsStringLiteral, useQueryState } from 'nuqs';

/** Continuous controls write the address at most this often (browsers limit it); the picture does not wait. */
const SLOW = { throttleMs: 120 } as const;

const step = parseAsInteger.withOptions(SLOW);
const sigma = parseAsFloat.withOptions(SLOW);
const lambdaAxis = parseAsStringLiteral(['symlog', 'linear'] as const).withDefault('symlog');
const evolutionKind = parseAsStringLiteral(['heat', 'ridges'] as const).withDefault('heat');
const stepAxis = parseAsStringLiteral(['log', 'linear'] as const).withDefault('log');

/** Null = the last measured step. */
export const useStep = () => useQueryState('step', step);

/** Null, or what is no width = chosen from the spectrum. */
export const useSigma = () => {
  const [value, setValue] = useQueryState('sigma', sigma);
  return [value !== null && value > 0 ? value : null, setValue] as const;
};

export const useLambdaAxis = () => useQueryState('lambda', lambdaAxis);

export const useStepAxis = () => useQueryState('steps', stepAxis);

export const useEvolutionKind = () => useQueryState('evolution', evolutionKind);
