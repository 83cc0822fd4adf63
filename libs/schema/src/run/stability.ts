/** Run.stability: λ1 along a training against the limit of its optimiser, and what sums that up. */
import type { Run as RunRow } from '@ritz/database';
import type { StepMeasure } from '@ritz/records';
import {
  catapults,
  defaultEdgeTolerance,
  edgeRatio,
  edgeStatisticNames,
  edgeStatistics,
  estimateEdge,
  type Catapult as CatapultShape,
  type EdgePoint,
  type LimitedMatrix,
} from '@ritz/spectra';
import { builder } from '../builder.ts';
import { badInput } from '../input/badInput.ts';
import type { RequestContext } from '../request/context.ts';
import { estimateOf } from '../spectrum/catalogue.ts';
import { isOfSeries } from '../spectrum/series.ts';
import { Preconditioner } from '../types/enums.ts';
import { Run } from '../types/refs.ts';
import { extremePositions } from './downsample.ts';
import { limitMeasures, limitsOf, stabilityOf, type RunStability } from './stabilityOfRun.ts';
import { trajectoryCost } from './trajectory.ts';

const pointLimit = 10_000;
/** Share of λ1 that a residual may be without a warning. */
const convergedShare = 0.05;

interface MeasuredPoint extends EdgePoint {
  /** Null where it was not recorded, or λ1 is that of a spectrum. */
  readonly residual: number | null;
}

interface StabilityShape extends RunStability {
  readonly matrix: LimitedMatrix;
  readonly points: readonly MeasuredPoint[];
  readonly kept: readonly number[];
  readonly catapults: readonly CatapultShape[];
  readonly tolerance: number;
}

/** Where λ1 of the matrix is logged, and its residual. */
const measuresOf: Readonly<Record<'hessian' | 'preconditioned', readonly [StepMeasure, StepMeasure]>> = {
  hessian: ['sharpness', 'sharpnessError'],
  preconditioned: ['preconditionedSharpness', 'preconditionedSharpnessError'],
};

const Catapult = builder.objectRef<CatapultShape>('Catapult').implement({
  description:
    'A rise of the training loss by a tenth or more that comes back to where it began, with lambda1 at its limit before the peak and ' +
    'smaller after it (after Lewkowycz et al. 2020, arXiv 2003.02218).',
  fields: (t) => ({
    start: t.exposeInt('start', { description: 'The step with the loss from which it rose.' }),
    peak: t.exposeInt('peak', { description: 'The step with the largest loss.' }),
    end: t.exposeInt('end', { description: 'The first logged step at which the loss is back to where it was.' }),
    lossRatio: t.exposeFloat('lossRatio', { description: 'The largest loss over that at the start.' }),
    lambda1Before: t.exposeFloat('lambda1Before', { description: 'The largest lambda1 measured up to the peak.' }),
    lambda1After: t.exposeFloat('lambda1After', { description: 'The first lambda1 measured from the end on.' }),
  }),
});

const Stability = builder.objectRef<StabilityShape>('Stability').implement({
  description:
    'Lambda1 at the steps where it was measured, against the limit of the optimiser: parallel arrays of one length, and what sums ' +
    'them up over all measured steps (Cohen et al. 2021, arXiv 2103.00065; 2022, arXiv 2207.14484).',
  fields: (t) => {
    const column = (description: string, valueOf: (point: MeasuredPoint) => number | null) =>
      t.field({
        type: ['Float'],
        nullable: { list: false, items: true },
        description,
        resolve: ({ points, kept }) => kept.map((at) => (points[at] ? valueOf(points[at]) : null)),
      });
    return {
      preconditioner: t.field({
        type: Preconditioner,
        description:
          'What the Hessian is preconditioned by in `lambda1`: NONE, or P of an optimiser that divides its updates.',
        resolve: ({ matrix }) => matrix,
      }),
      formula: t.string({
        nullable: true,
        description:
          'The limit in the learning rate, with the numbers of the optimiser; null where `reason` says why there is none.',
        resolve: ({ limit }) => limit?.formula ?? null,
      }),
      reason: t.exposeString('reason', {
        nullable: true,
        description: 'Why there is no limit; null where there is one.',
      }),
      warnings: t.field({
        type: ['String'],
        description: 'What the numbers rest on that was not recorded, and values of lambda1 that have not converged.',
        resolve: warningsOf,
      }),
      step: t.field({
        type: ['Int'],
        description: 'The steps at which lambda1 was measured, ascending.',
        resolve: ({ points, kept }) => kept.flatMap((at) => points[at]?.step ?? []),
      }),
      lambda1: t.field({
        type: ['Float'],
        description: 'The largest eigenvalue: what was logged at the step, else that of its spectrum.',
        resolve: ({ points, kept }) => kept.flatMap((at) => points[at]?.lambda1 ?? []),
      }),
      residual: column(
        'An eigenvalue lies within this of `lambda1`; null where it was not recorded or comes from a spectrum.',
        ({ residual }) => residual,
      ),
      limit: column(
        'The stability limit of the update that follows; null where it is not known.',
        ({ limit }) => limit,
      ),
      ratio: column(
        'lambda1 / limit, the distance to the edge: below 1 stable, 1 on the edge of stability, above 1 beyond it; null without a limit.',
        edgeRatio,
      ),
      downsampled: t.boolean({
        description: 'Whether measured steps were left out to stay within `maxPoints`.',
        resolve: ({ points, kept }) => kept.length < points.length,
      }),
      tolerance: t.exposeFloat('tolerance', { description: 'The tolerance that was used.' }),
      catapults: t.field({
        type: [Catapult],
        description: 'The catapults, ascending.',
        resolve: ({ catapults: found }) => [...found],
      }),
      ...Object.fromEntries(
        edgeStatisticNames.map((name) => [
          name,
          t.float({
            nullable: true,
            description: `${edgeStatistics[name].description} null without a limit or a measured step.`,
            resolve: ({ points, tolerance }) => estimateEdge(name, points, tolerance),
          }),
        ]),
      ),
    };
  },
});

function warningsOf({ points, assumed }: StabilityShape): string[] {
  const loose = points.filter(({ lambda1, residual }) => (residual ?? 0) > convergedShare * Math.abs(lambda1)).length;
  return [
    ...(assumed.length > 0
      ? [`The record of the optimiser does not say everything; assumed: ${assumed.join(', ')}.`]
      : []),
    ...(loose > 0
      ? [
          `${String(loose)} of ${String(points.length)} values of lambda1 have a residual above ${String(100 * convergedShare)} % ` +
            'of the value: they have not converged, and lambda1 may be larger. Take more Lanczos steps.',
        ]
      : []),
  ];
}

async function stabilityAlong(
  context: RequestContext,
  run: RunRow,
  { tolerance, maxPoints }: { readonly tolerance: number; readonly maxPoints: number },
): Promise<StabilityShape> {
  const { loaders } = context;
  const known = stabilityOf(run);
  const matrix = known.limit?.matrix ?? 'none';
  const [value, error] = measuresOf[matrix === 'none' ? 'hessian' : 'preconditioned'];
  const fields = [value, error, 'trainLoss', ...limitMeasures] as const;
  const columns = await loaders.history.load({ runId: run.id, fields });
  const limits = known.limit ? limitsOf(known.limit, columns) : columns.number.map(() => null);
  const found = new Map<number, MeasuredPoint>();
  const limitOf = new Map(columns.number.map((step, at) => [step, limits[at] ?? null]));
  columns.number.forEach((step, at) => {
    const lambda1 = columns[value]?.[at] ?? null;
    if (lambda1 !== null)
      found.set(step, { step, lambda1, residual: columns[error]?.[at] ?? null, limit: limits[at] ?? null });
  });
  const series = { operator: 'hessian', block: 'all', preconditioner: matrix } as const;
  const spectra = (await loaders.shownSpectraOfRun.load(run.id)).filter(
    (spectrum) => isOfSeries(spectrum, series) && !found.has(spectrum.stepNumber),
  );
  for (const spectrum of spectra) {
    const { stepNumber: step } = spectrum;
    const estimate = await estimateOf(context, spectrum, 'lambdaMax', {}, null);
    if (estimate) found.set(step, { step, lambda1: estimate.value, residual: null, limit: limitOf.get(step) ?? null });
  }
  const points = [...found.values()].sort((a, b) => a.step - b.step);
  const losses = columns.number.flatMap((step, at) => {
    const loss = columns.trainLoss?.[at] ?? null;
    return loss === null ? [] : [{ step, loss }];
  });
  return {
    ...known,
    matrix,
    points,
    tolerance,
    kept: extremePositions(points.length, [points.map(({ lambda1 }) => lambda1), points.map(edgeRatio)], maxPoints),
    catapults: catapults(losses, points, tolerance),
  };
}

builder.objectField(Run, 'stability', (t) =>
  t.field({
    type: Stability,
    description: 'Its largest eigenvalue against the stability limit of its optimiser, along the training.',
    args: {
      tolerance: t.arg.float({
        defaultValue: defaultEdgeTolerance,
        description: 'How far from 1 lambda1 / limit counts as on the edge, above 0 and below 1.',
      }),
      maxPoints: t.arg.int({
        defaultValue: 1000,
        description: 'Most points to return, 2 to 10000, thinned as `history` is.',
      }),
    },
    complexity: { field: trajectoryCost, multiplier: 1 },
    resolve: (run, { tolerance: asked, maxPoints: points }, context) => {
      const tolerance = asked ?? defaultEdgeTolerance;
      const maxPoints = points ?? 1000;
      if (!(tolerance > 0 && tolerance < 1)) {
        throw badInput(`tolerance: expected a number above 0 and below 1, got ${String(tolerance)}.`);
      }
      if (maxPoints < 2 || maxPoints > pointLimit) {
        throw badInput(`maxPoints: expected 2 to ${String(pointLimit)}, got ${String(maxPoints)}.`);
      }
      return stabilityAlong(context, run, { tolerance, maxPoints });
    },
  }),
);
