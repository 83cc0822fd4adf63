/** The list of runs: filtered, sorted, by pages. */
import { runs } from '@ritz/database';
import { reading } from '../input/bad-input.ts';
import { builder } from '../builder.ts';
import { DEFAULT_PAGE_LENGTH, pageCost, pageLength } from '../types/connection.ts';
import { RunOrderField, SortDirection } from '../types/enums.ts';
import { RunConnection } from './run.ts';
import { checkedFilter, RunFilter } from './run-filter.ts';

const RunOrder = builder.inputType('RunOrder', {
  description: 'How runs are sorted; runs that tie are sorted by id, so that pages never overlap.',
  fields: (t) => ({
    field: t.field({ type: RunOrderField, required: true, description: 'What to sort by.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which end comes first.' }),
  }),
});

builder.queryField('runs', (t) =>
  t.field({
    type: RunConnection,
    description: 'Runs by pages, the newest first unless `orderBy` says otherwise.',
    args: {
      first: t.arg.int({ defaultValue: DEFAULT_PAGE_LENGTH, description: 'Length of the page, 1 to 100.' }),
      after: t.arg.string({ description: 'Cursor of the last run of the page before, of the same ordering.' }),
      filter: t.arg({ type: RunFilter, description: 'Which runs; all unless given.' }),
      orderBy: t.arg({ type: RunOrder, description: 'How they are sorted.' }),
    },
    complexity: pageCost,
    resolve: (_root, { first, after, filter, orderBy }, { database }) =>
      reading(() =>
        runs.list(database, {
          first: pageLength(first),
          after,
          filter: checkedFilter(filter),
          orderBy,
        }),
      ),
  }),
);
