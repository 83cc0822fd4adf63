/** Which spectrum of each run stands at a position, and everything computed from those that stand together. */
import type { Run, Spectrum } from '@ritz/database';
import { constantOf } from '@ritz/records';
import {
  curvesNeeded,
  compareSpectra,
  nearestPosition,
  positionOf,
  resolveEigenvalues,
  type Alignment,
  type DensityOptions,
  type MeasuredSpectrum,
  type SpectraComparison,
} from '@ritz/spectra';
import { GraphQLError } from 'graphql';
import type { RequestContext } from '../request/context.ts';
import { inTurn } from '../request/inTurn.ts';
import { kept } from '../spectrum/derived.ts';
import type { Series } from '../spectrum/series.ts';
import { withClientOptions } from '../request/measuredSpectrum.ts';

export interface EntryShape {
  readonly run: Run;
  readonly spectrum: Spectrum;
  /** Where the spectrum stands on the axis of the alignment. */
  readonly position: number;
}

/** One of the measured spectra of a run. */
interface Place {
  readonly run: Run;
  readonly spectrumId: string;
  readonly position: number;
}

/** All measured spectra of one run with their positions. */
export type Track = readonly Place[];

/** The spectra of one series of each run that have a position. */
export async function tracksOf(
  { loaders }: RequestContext,
  runs: readonly Run[],
  series: Series,
  alignment: Alignment,
): Promise<Track[]> {
  const fields = curvesNeeded[alignment];
  return Promise.all(
    runs.map(async (run) => {
      const [{ ids, steps }, history] = await Promise.all([
        loaders.trajectory.load({ runId: run.id, series, statistic: null }),
        fields ? loaders.history.load({ runId: run.id, fields }) : { number: [] },
      ]);
      const schedule = { ...run.schedule, kind: constantOf(run.schedule.kind) };
      const place = positionOf({ schedule, plannedSteps: run.plannedSteps, history }, alignment);
      return ids.flatMap((spectrumId, at) => {
        const position = place(steps[at] ?? NaN);
        return position === null ? [] : [{ run, spectrumId, position }];
      });
    }),
  );
}

/** Of each run the spectrum nearest to the position, the earlier of two; none farther than `tolerance`. */
export async function entriesAt(
  { loaders }: RequestContext,
  tracks: readonly Track[],
  position: number,
  tolerance: number,
): Promise<EntryShape[]> {
  const places = tracks.flatMap((track) => nearestPosition(track, position, tolerance) ?? []);
  const found = await Promise.all(places.map(({ spectrumId }) => loaders.spectrum.load(spectrumId)));
  return places.flatMap(({ run, position: stands }, at) => {
    const spectrum = found[at];
    return spectrum ? [{ run, spectrum, position: stands }] : [];
  });
}

/** Everything computed from the spectra that can be computed with; those that cannot do not hide the others. */
export interface PointComparison extends SpectraComparison {
  /** For each entry why it is left out, or null and its place in the comparison. */
  readonly places: readonly ({ readonly fault: GraphQLError } | { readonly fault: null; readonly at: number })[];
}

/** Null without entries. @throws GraphQLError NOT_COMPUTABLE where none of them can be computed with. */
export async function comparisonOf(
  context: RequestContext,
  entries: readonly EntryShape[],
  options: DensityOptions,
): Promise<PointComparison | null> {
  if (entries.length === 0) return null;
  const key = ['comparison', entries.map(({ spectrum }) => spectrum.revision), options];
  const { loaders, budget } = context;
  return kept(context, key, sizeOf, async () => {
    const measured = await Promise.all(entries.map(({ spectrum }) => loaders.measured(spectrum)));
    const usable: MeasuredSpectrum[] = [];
    const places: PointComparison['places'][number][] = [];
    for (const one of measured) {
      budget.check();
      const fault = await inTurn(() => faultOf(one));
      places.push(fault ? { fault } : { fault, at: usable.length });
      if (!fault) usable.push(one);
    }
    budget.check();
    const [place] = places;
    if (usable.length === 0 && place?.fault) throw place.fault;
    return inTurn(() => ({ ...withClientOptions(() => compareSpectra(usable, options)), places }));
  });
}

/** Why nothing can be computed from a spectrum; null where something can. */
function faultOf(measured: MeasuredSpectrum): GraphQLError | null {
  try {
    withClientOptions(() => {
      resolveEigenvalues(measured);
    });
    return null;
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function sizeOf({ densities, lambda }: SpectraComparison): number {
  return 8 * lambda.length * (1 + 4 * densities.length) + 24 * densities.length ** 2;
}
