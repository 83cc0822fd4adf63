/** Training curves of a run as parallel arrays, thinned openly when they are long. */
import type { Run } from '@ritz/database';
import { stepMeasures, type StepMeasure } from '@ritz/records';
import type { StabilityLimit } from '@ritz/spectra';
import { badInput } from '../input/badInput.ts';
import type { GraphQLResolveInfo } from 'graphql';
import { builder } from '../builder.ts';
import { extremePositions } from './downsample.ts';
import type { Curves, Loaders } from '../request/loaders.ts';
import { fieldsAsked } from '../request/fieldsAsked.ts';
import { stepMeasureDescriptions } from '../types/stepMeasures.ts';
import { limitDescription, limitMeasures, limitsOf, stabilityOf } from './stabilityOfRun.ts';

const historyPointLimit = 10_000;

interface HistoryShape {
  readonly columns: Curves;
  /** Positions of the steps to show. */
  readonly kept: readonly number[];
  /** Of the run's optimiser; null where it is not known. */
  readonly limit: StabilityLimit | null;
}

function curve(values: readonly (number | null)[] | undefined, kept: readonly number[]): (number | null)[] {
  if (!values) throw new Error('A curve was asked for that was not read.');
  return kept.map((position) => values[position] ?? null);
}

export const History = builder.objectRef<HistoryShape>('History').implement({
  description: 'Training curves as parallel arrays of one length; null = not measured at that step.',
  fields: (t) => {
    const column = (name: StepMeasure) =>
      t.field({
        type: ['Float'],
        nullable: { list: false, items: true },
        description: stepMeasureDescriptions[name],
        resolve: ({ columns, kept }) => curve(columns[name], kept),
      });
    return {
      step: t.field({
        type: ['Int'],
        description: 'Step numbers, ascending.',
        resolve: ({ columns, kept }) => kept.flatMap((position) => columns.number[position] ?? []),
      }),
      ...Object.fromEntries(stepMeasures.map((name) => [name, column(name)])),
      stabilityLimit: t.field({
        type: ['Float'],
        nullable: { list: false, items: true },
        description: limitDescription,
        resolve: ({ columns, kept, limit }) => (limit ? curve(limitsOf(limit, columns), kept) : kept.map(() => null)),
      }),
      totalSteps: t.int({
        description: 'Steps stored, whether shown here or not.',
        resolve: ({ columns }) => columns.number.length,
      }),
      downsampled: t.boolean({
        description: 'Whether steps were left out to stay within `maxPoints`.',
        resolve: ({ columns, kept }) => kept.length < columns.number.length,
      }),
    };
  },
});

/** Loads those curves of a run that are asked for. Throws BAD_USER_INPUT unless 2 ≤ maxPoints ≤ 10000. */
export async function historyOf(
  loaders: Loaders,
  run: Run,
  maxPoints: number | null | undefined,
  info: GraphQLResolveInfo,
): Promise<HistoryShape> {
  const budget = maxPoints ?? 1000;
  if (budget < 2 || budget > historyPointLimit) {
    throw badInput(`maxPoints: got ${String(budget)}, expected 2 to ${String(historyPointLimit)}.`);
  }
  const asked = fieldsAsked(info);
  const fields = stepMeasures.filter((name) => asked.has(name));
  const read = asked.has('stabilityLimit') ? [...new Set([...fields, ...limitMeasures])] : fields;
  const columns = await loaders.history.load({ runId: run.id, fields: read });
  const curves = fields.map((name) => columns[name] ?? []);
  const { limit } = stabilityOf(run);
  return { columns, limit, kept: extremePositions(columns.number.length, curves, budget) };
}
