/** compare: the query. */
import type { Run } from '@ritz/database';
import { lastCommonPosition } from '@ritz/spectra';
import { badInput } from '../input/badInput.ts';
import { requireUuid } from '../input/uuid.ts';
import { builder } from '../builder.ts';
import { densityCost, densityOptions, GridInput, scaleArguments, SmoothingInput } from '../spectrum/density.ts';
import { Alignment, KernelName, QuadratureMethod } from '../types/enums.ts';
import { Comparison, type PointShape } from './comparison.ts';
import { differingSettings } from './differingSettings.ts';
import { seriesArguments, seriesOf } from '../spectrum/series.ts';
import { comparisonOf, entriesAt, tracksOf } from './points.ts';
import type { RequestContext } from '../request/context.ts';

const maxRuns = 50;
const maxPositions = 20;

async function runsOf({ loaders }: RequestContext, ids: readonly string[]): Promise<Run[]> {
  const distinct = [...new Set(ids.map((id) => requireUuid('runs', id)))];
  if (distinct.length < 1 || distinct.length > maxRuns) {
    throw badInput(`runs: got ${String(distinct.length)}, expected 1 to ${String(maxRuns)} different ones.`);
  }
  const found = await Promise.all(distinct.map((id) => loaders.run.load(id)));
  return found.map((run, at) => {
    if (run) return run;
    throw badInput(`runs: there is no run ${JSON.stringify(distinct[at])}. Leave it out.`);
  });
}

function checkedPositions(at: readonly number[] | null | undefined): readonly number[] | null {
  if (!at) return null;
  if (at.length < 1 || at.length > maxPositions) {
    throw badInput(`at: got ${String(at.length)} positions, expected 1 to ${String(maxPositions)}.`);
  }
  const wrong = at.find((position) => !Number.isFinite(position));
  if (wrong !== undefined) throw badInput(`at: got ${String(wrong)}, expected finite numbers.`);
  return at;
}

function checkedTolerance(tolerance: number | null | undefined): number {
  if (tolerance === null || tolerance === undefined) return Infinity;
  if (Number.isFinite(tolerance) && tolerance >= 0) return tolerance;
  throw badInput(`tolerance: got ${String(tolerance)}, expected a finite number of at least 0.`);
}

builder.queryField('compare', (t) =>
  t.field({
    type: Comparison,
    description:
      'Runs side by side at the same moments of their trainings: densities on one grid, distances between them, the ' +
      'settings in which they differ, and what to beware of.',
    args: {
      runs: t.arg.idList({ required: true, description: 'UUIDs of the runs: 1 to 50 different ones.' }),
      align: t.arg({ type: Alignment, defaultValue: 'STEP', description: 'How points of the runs are matched.' }),
      at: t.arg.floatList({
        description:
          'Positions in the unit of the alignment (steps, shares, epochs, loss, phases), 1 to 20 of them. Unless given, the farthest ' +
          'one that every run with spectra has reached; for LOSS the lowest.',
      }),
      tolerance: t.arg.float({
        description:
          'How far from the position a spectrum may stand, at least 0. Unless given, the nearest spectrum of each run is ' +
          'taken however far it is; `ComparisonEntry.position` says where.',
      }),
      ...seriesArguments(t.arg),
      smoothing: t.arg({ type: SmoothingInput, description: 'Width of the common kernel; AUTO unless given.' }),
      grid: t.arg({ type: GridInput, description: 'The common grid; 1024 points over all spectra unless given.' }),
      method: t.arg({
        type: QuadratureMethod,
        defaultValue: 'variance-reduced',
        description: 'How the probes are combined.',
      }),
      kernel: t.arg({ type: KernelName, defaultValue: 'gaussian', description: 'Shape of the common kernel.' }),
      ...scaleArguments(t.arg),
    },
    complexity: (request) => ({
      field: request.runs.length * (request.at?.length ?? 1) * densityCost(request).field,
      multiplier: Math.max(1, request.runs.length) * (request.at?.length ?? 1),
    }),
    resolve: async (_root, request, context) => {
      const positions = checkedPositions(request.at);
      const tolerance = checkedTolerance(request.tolerance);
      const options = densityOptions(request);
      const alignment = request.align ?? 'STEP';
      const runs = await runsOf(context, request.runs);
      const tracks = await tracksOf(context, runs, seriesOf(request), alignment);
      const common = positions ? null : lastCommonPosition(tracks, alignment);
      const at = positions ?? (common === null ? [] : [common]);
      const entriesOfPoints = await Promise.all(at.map((position) => entriesAt(context, tracks, position, tolerance)));
      const points = at.map((position, index): PointShape => {
        const entries = entriesOfPoints[index] ?? [];
        const present = new Set(entries.map(({ run }) => run.id));
        let computing: ReturnType<typeof comparisonOf> | undefined;
        return {
          position,
          entries,
          missing: runs.filter(({ id }) => !present.has(id)),
          comparison: () => (computing ??= comparisonOf(context, entries, options)),
        };
      });
      return { alignment, runs, settings: differingSettings(runs), points };
    },
  }),
);
