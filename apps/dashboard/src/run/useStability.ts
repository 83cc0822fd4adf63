'use client';
/** The stability limit of a run's optimiser along its training, and the sharpness that is held against it. */
import { useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { ChartSeries } from '@ritz/charts';
import { RunStabilityDocument, standaloneQuery, type RunStabilityQuery } from '@ritz/client';
import { historyPoints } from '../data/lists.ts';
import { ownQuery } from '../data/useApi.ts';
import type { Curvature } from './spectra.ts';

type Measured = NonNullable<RunStabilityQuery['run']>;

export interface RunStability {
  readonly stability: Measured['stability'];
  readonly history: Measured['history'];
  readonly query: string;
}

export interface StabilityState {
  /** Null until it has arrived. */
  readonly found: RunStability | null;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** @param lastStep of the history: what was logged since is fetched when it changes */
export function useStability(id: string, lastStep: number | undefined): StabilityState {
  const variables = { id, maxPoints: historyPoints };
  const { data, error, refetch } = useQuery(ownQuery(RunStabilityDocument, variables, lastStep));
  const run = data?.run;
  const query = standaloneQuery(RunStabilityDocument, variables);
  const found = useMemo(() => (run ? { stability: run.stability, history: run.history, query } : null), [run, query]);
  return { found, error, retry: () => void refetch() };
}

/**
 * The limit as a curve over the eigenvalues of a matrix; empty where it is a limit of another one, or there is none. It is of the
 * whole Hessian, preconditioned where the optimiser divides its updates.
 */
export function limitCurve(found: RunStability | null, { operator, block, preconditioner }: Curvature): ChartSeries {
  const none: ChartSeries = { id: 'limit', label: 'stability limit', style: 7, x: [], y: [], staircase: true };
  if (!found || operator !== 'HESSIAN' || block !== 'all') return none;
  const { stability, history } = found;
  if (stability.formula === null || stability.preconditioner !== preconditioner) return none;
  return { ...none, label: limitName(stability.formula), x: history.step, y: history.stabilityLimit };
}

/** A long formula is behind the help. */
const longestFormula = 22;

function limitName(formula: string): string {
  return formula.length > longestFormula ? 'stability limit' : formula;
}
