/** Lists of runs, of all or of one project or experiment: filtered, sorted, by pages. */
import { runs, type Page, type Run as RunRow, type RunFilter as RunFilterShape } from '@ritz/database';
import { reading } from '../input/badInput.ts';
import { builder } from '../builder.ts';
import type { RequestContext } from '../request/context.ts';
import { ensureSummaries } from '../request/summaries.ts';
import { defaultPageLength, pageCost, pageLength } from '../types/connection.ts';
import { RunOrderField, SortDirection } from '../types/enums.ts';
import { RunConnection } from './run.ts';
import { preparedFilter, RunFilter } from './runFilter.ts';
import { checkedMeasure, checkedStatistic, RunMeasureInput, RunStatisticInput } from './runValues.ts';

const RunOrder = builder.inputType('RunOrder', {
  description:
    'How runs are sorted: by exactly one of `field`, `statistic`, `measure` and `config`. Runs that do not have what they are ' +
    'sorted by come last in both directions; those that tie are sorted by id, so that pages never overlap.',
  fields: (t) => ({
    field: t.field({ type: RunOrderField, description: 'What to sort by.' }),
    statistic: t.field({ type: RunStatisticInput, description: 'Instead of `field`: a statistic of their spectra.' }),
    measure: t.field({ type: RunMeasureInput, description: 'Instead of `field`: something logged at their steps.' }),
    config: t.string({
      description: 'Instead of `field`: a free-form setting by its path, as in ConfigFilter; numbers sort before text.',
    }),
    direction: t.field({ type: SortDirection, required: true, description: 'Sort direction.' }),
  }),
});

interface RunListArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly filter?: typeof RunFilter.$inferInput | null | undefined;
  readonly orderBy?: typeof RunOrder.$inferInput | null | undefined;
}

/** The arguments of every list of runs. */
export const runListArguments = builder.args((t) => ({
  first: t.int({ defaultValue: defaultPageLength, description: 'Length of the page, 1 to 100.' }),
  after: t.string({ description: 'Cursor of the last run of the page before, of the same ordering.' }),
  filter: t.field({ type: RunFilter, description: 'Which runs; all unless given.' }),
  orderBy: t.field({ type: RunOrder, description: 'How they are sorted.' }),
}));

/** A page of the runs that match, and lie `within`. Throws BAD_USER_INPUT. */
export function listRuns(
  context: RequestContext,
  { first, after, filter, orderBy }: RunListArguments,
  within: RunFilterShape = {},
): Promise<Page<RunRow>> {
  return reading(async () => {
    const matching = { ...(await preparedFilter(context, filter)), ...within };
    const statistic = orderBy?.statistic && checkedStatistic(orderBy.statistic);
    if (statistic) await ensureSummaries(context, [statistic]);
    return runs.list(context.database, {
      first: pageLength(first),
      after,
      filter: matching,
      orderBy: orderBy && { ...orderBy, statistic, measure: orderBy.measure && checkedMeasure(orderBy.measure) },
    });
  });
}

builder.queryField('runs', (t) =>
  t.field({
    type: RunConnection,
    description: 'Runs by pages, the newest first unless `orderBy` says otherwise.',
    args: runListArguments,
    complexity: pageCost,
    resolve: (_root, list, context) => listRuns(context, list),
  }),
);
