/** Lists of runs, of all or of one project or experiment: filtered, sorted, by pages. */
import { runs, type Database, type Page, type Run as RunRow, type RunFilter as RunFilterShape } from '@ritz/database';
import { reading } from '../input/badInput.ts';
import { builder } from '../builder.ts';
import { defaultPageLength, pageCost, pageLength } from '../types/connection.ts';
import { RunOrderField, SortDirection } from '../types/enums.ts';
import { RunConnection } from './run.ts';
import { checkedFilter, RunFilter } from './runFilter.ts';

const RunOrder = builder.inputType('RunOrder', {
  description: 'How runs are sorted; runs that tie are sorted by id, so that pages never overlap.',
  fields: (t) => ({
    field: t.field({ type: RunOrderField, required: true, description: 'What to sort by.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which end comes first.' }),
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
  database: Database,
  { first, after, filter, orderBy }: RunListArguments,
  within: RunFilterShape = {},
): Promise<Page<RunRow>> {
  return reading(() =>
    runs.list(database, { first: pageLength(first), after, filter: { ...checkedFilter(filter), ...within }, orderBy }),
  );
}

builder.queryField('runs', (t) =>
  t.field({
    type: RunConnection,
    description: 'Runs by pages, the newest first unless `orderBy` says otherwise.',
    args: runListArguments,
    complexity: pageCost,
    resolve: (_root, list, { database }) => listRuns(database, list),
  }),
);
