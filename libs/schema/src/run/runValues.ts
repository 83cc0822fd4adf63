/** Statistics and measures of a run at a chosen position: as columns of tables of runs. */
import type { RunMeasure, RunStatistic } from '@ritz/database';
import { badInput, reading } from '../input/badInput.ts';
import { builder } from '../builder.ts';
import {
  Alignment,
  CurvatureOperator,
  Preconditioner,
  RunPosition,
  StatisticName,
  StepMeasure,
} from '../types/enums.ts';
import { Run } from '../types/refs.ts';

/** Columns of one table. */
const maxColumns = 50;

const NearInput = builder.inputType('NearInput', {
  description: 'A moment of the training: the measured step nearest to it is taken, the earlier of two.',
  fields: (t) => ({
    alignment: t.field({ type: Alignment, required: true, description: 'The axis.' }),
    position: t.float({
      required: true,
      description: 'The moment on that axis: a step, a share, an epoch, a loss, a phase.',
    }),
    tolerance: t.float({ description: 'How far from it a step may lie, at least 0; any distance unless given.' }),
  }),
});

export const RunStatisticInput = builder.inputType('RunStatisticInput', {
  description: 'A statistic of one of the spectra of a run: `{ name: LAMBDA_MAX }` is that of its last spectrum.',
  fields: (t) => ({
    name: t.field({ type: StatisticName, required: true, description: 'Which statistic.' }),
    at: t.field({ type: RunPosition, description: 'Which spectrum; LAST unless `at` or `near` is given.' }),
    near: t.field({ type: NearInput, description: 'Instead of `at`: the spectrum nearest to a moment.' }),
    operator: t.field({ type: CurvatureOperator, defaultValue: 'hessian', description: 'Which matrix.' }),
    block: t.string({ defaultValue: 'all', description: '"all", or the name of a group of parameters.' }),
    preconditioner: t.field({
      type: Preconditioner,
      defaultValue: 'none',
      description: 'The preconditioner.',
    }),
  }),
});

export const RunMeasureInput = builder.inputType('RunMeasureInput', {
  description: 'Something logged at a step of a run: `{ name: TEST_ACCURACY }` is the last one.',
  fields: (t) => ({
    name: t.field({ type: StepMeasure, required: true, description: 'What was logged.' }),
    at: t.field({
      type: RunPosition,
      description: 'At which of the steps that have it; LAST unless `at` or `near` is given.',
    }),
    near: t.field({ type: NearInput, description: 'Instead of `at`: at the step nearest to a moment that has it.' }),
  }),
});

/** As the database takes them. Throws BAD_USER_INPUT. */
export function checkedStatistics(given: readonly (typeof RunStatisticInput.$inferInput)[]): RunStatistic[] {
  requireFew(given);
  return given.map(checkedStatistic);
}

export function checkedStatistic({ near, ...statistic }: typeof RunStatisticInput.$inferInput): RunStatistic {
  return { ...statistic, near: near && checkedNear(near) };
}

/** Throws BAD_USER_INPUT. */
export function checkedMeasures(given: readonly (typeof RunMeasureInput.$inferInput)[]): readonly RunMeasure[] {
  requireFew(given);
  return given.map(checkedMeasure);
}

export function checkedMeasure({ near, ...measure }: typeof RunMeasureInput.$inferInput): RunMeasure {
  return { ...measure, near: near && checkedNear(near) };
}

function requireFew(columns: readonly object[]): void {
  if (columns.length <= maxColumns) return;
  throw badInput(`of: expected at most ${String(maxColumns)}, got ${String(columns.length)}. Split the query.`);
}

function checkedNear({
  alignment,
  position,
  tolerance,
}: typeof NearInput.$inferInput): NonNullable<RunStatistic['near']> {
  if (typeof tolerance === 'number' && tolerance < 0) {
    throw badInput(`near.tolerance: expected at least 0, got ${String(tolerance)}.`);
  }
  return { alignment, position, tolerance };
}

interface RunValueShape {
  readonly value: number | null;
  readonly standardError: number | null;
  readonly step: number | null;
}

const RunValue = builder.objectRef<RunValueShape>('RunValue').implement({
  description: 'A number of a run at one of its steps; all of it is null where the run was not measured.',
  fields: (t) => ({
    value: t.exposeFloat('value', {
      nullable: true,
      description: 'The number; null, too, where this spectrum does not have the statistic.',
    }),
    standardError: t.exposeFloat('standardError', {
      nullable: true,
      description: 'Standard error over the probes, in the unit of `value`; null where there is none.',
    }),
    step: t.exposeInt('step', { nullable: true, description: 'The step that the value is of; null if there is none.' }),
  }),
});

/** A run without the value as an object of nulls: the list has one item for each that was asked for. */
const absent: RunValueShape = { value: null, standardError: null, step: null };

function shown(found: readonly (RunValueShape | null)[]): RunValueShape[] {
  return found.map((one) => one ?? absent);
}

function columnsCost({ of }: { readonly of: readonly object[] }) {
  return { field: 1, multiplier: Math.max(1, of.length) };
}

builder.objectFields(Run, (t) => ({
  statistics: t.field({
    type: [RunValue],
    description: 'Statistics of its spectra, in the requested order; for `runs`, the columns of a table.',
    args: { of: t.arg({ type: [RunStatisticInput], required: true, description: 'Which, at most 50.' }) },
    complexity: columnsCost,
    resolve: async ({ id }, { of }, { loaders }) => {
      const statistics = checkedStatistics(of);
      return shown(await reading(() => loaders.statisticsOfRun.load({ id, statistics })));
    },
  }),
  measures: t.field({
    type: [RunValue],
    description: 'Values logged at its steps, in the requested order.',
    args: { of: t.arg({ type: [RunMeasureInput], required: true, description: 'Which, at most 50.' }) },
    complexity: columnsCost,
    resolve: async ({ id }, { of }, { loaders }) => {
      const measures = checkedMeasures(of);
      return shown(await reading(() => loaders.measuresOfRun.load({ id, measures })));
    },
  }),
}));
