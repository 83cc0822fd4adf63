/** The comparison, in the form the API takes. */
import { comparedPoints, type Alignment, type DensitySettings } from '@ritz/charts';
import { ComparisonDocument, standaloneQuery } from '@ritz/client';
import { densityVariables } from '../figure/useDensityView.ts';
import type { Curvature } from '../run/spectra.ts';

export interface ComparisonTarget {
  readonly ids: readonly string[];
  readonly alignment: Alignment;
  readonly position: number;
  readonly exact: boolean;
  readonly curvature: Curvature;
  /** The alignment point in words. */
  readonly name: string;
}

/** The query that gives the densities, the distances and the warnings of a comparison. */
export function comparisonQuery(target: ComparisonTarget, settings: DensitySettings, points = comparedPoints): string {
  const { ids, alignment, position, exact, curvature } = target;
  return standaloneQuery(ComparisonDocument, {
    runs: [...ids],
    align: alignment,
    at: [position],
    ...(exact ? { tolerance: 0 } : {}),
    ...curvature,
    ...densityVariables(settings, points),
  });
}
