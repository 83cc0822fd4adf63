'use client';
/** The curves of a run's spectra over the steps with their error bounds, and the phases that they show. */
import { useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import {
  bounded,
  confidence95,
  namedPhases,
  outlierTrajectories,
  type ChartSeries,
  type NamedPhase,
  type RateDrop,
} from '@ritz/charts';
import { RunOutliersDocument, standaloneQuery, type RunTrajectoryQuery } from '@ritz/client';
import { historyPoints } from '../data/lists.ts';
import { ownQuery } from '../data/useApi.ts';
import type { Curvature } from './spectra.ts';

export type Trajectory = NonNullable<RunTrajectoryQuery['run']>['trajectory'];

export interface RunCurves {
  /** λ₁ first. */
  readonly outliers: readonly ChartSeries[];
  readonly negativeMass: ChartSeries;
  readonly phases: readonly NamedPhase[];
  /** The query that gives the curves with their bounds. */
  readonly query: string;
}

export interface RunCurvesOf {
  readonly id: string;
  readonly curvature: Curvature;
  /** K; null if unknown. */
  readonly classes: number | null;
  /** Undefined while it loads. */
  readonly trajectory: Trajectory | undefined;
  readonly drops: readonly RateDrop[];
  readonly lastStep: number;
}

/** Null while the curves load. The bounds follow, so that the page does not wait for them. */
export function useRunCurves({ id, curvature, classes, trajectory, drops, lastStep }: RunCurvesOf): RunCurves | null {
  const variables = { id, maxPoints: historyPoints, ...curvature };
  const bounds = useQuery({
    ...ownQuery(RunOutliersDocument, variables, trajectory?.step.at(-1)),
    enabled: trajectory !== undefined,
  });
  const spectra = bounds.data?.run?.spectra;
  const curves = useMemo(() => {
    if (!trajectory) return null;
    const measured = (spectra ?? []).map(({ step: { number }, outliers }) => ({ step: number, ...outliers }));
    const errors = new Map((spectra ?? []).map((one) => [one.step.number, one.negativeMass]));
    const { step, negativeMass } = trajectory;
    const series: ChartSeries = { id: 'negative mass', label: 'negative mass', style: 0, x: step, y: negativeMass };
    const confidence = (at: number): number | null | undefined => {
      const found = errors.get(at);
      return found && confidence95(found);
    };
    return {
      outliers: outlierTrajectories({ ...trajectory, classes }, measured),
      negativeMass: spectra ? bounded(series, confidence, 0) : series,
      phases: namedPhases({
        step,
        negativeMass,
        standardError: step.map((at) => errors.get(at)?.standardError ?? null),
        drops,
        lastStep,
      }),
    };
  }, [trajectory, spectra, classes, drops, lastStep]);
  return curves && { ...curves, query: standaloneQuery(RunOutliersDocument, variables) };
}
