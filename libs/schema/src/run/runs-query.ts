/** The list of runs: filtered, sorted, by pages. */
import { runs } from '@ritz/database';
import { badInput } from '../input/bad-input.ts';
import { builder } from '../builder.ts';
import { DEFAULT_PAGE_LENGTH, loadPage, pageCost, pageLength } from '../types/connection.ts';
import { BatchNormMode, RunOrderField, RunStatus, SortDirection } from '../types/enums.ts';
import { RunConnection } from './run.ts';
import { requireUuid } from '../input/uuid.ts';

/** Entries that one list of a filter may have. */
const MAX_FILTER_ENTRIES = 1000;

const RunFilter = builder.inputType('RunFilter', {
  description:
    'Which runs: every condition given must hold. A list names the values allowed, so an empty one matches nothing.',
  fields: (t) => ({
    ids: t.idList({ description: 'UUIDs, at most 1000.' }),
    project: t.string({ description: 'Name of the project.' }),
    experiment: t.string({ description: 'Name of the experiment.' }),
    status: t.field({ type: [RunStatus], description: 'Any of these.' }),
    architecture: t.stringList({ description: 'Any of these.' }),
    dataset: t.stringList({ description: 'Any of these.' }),
    batchNorm: t.field({ type: [BatchNormMode], description: 'Any of these.' }),
    residual: t.boolean({ description: 'With (true) or without (false) residual connections.' }),
    tags: t.stringList({ description: 'All of these.' }),
    search: t.string({
      description: 'Words that must all occur, in any case, in the name, architecture, data set, notes or tags.',
    }),
  }),
});

const RunOrder = builder.inputType('RunOrder', {
  description: 'How runs are sorted; runs that tie are sorted by id, so that pages never overlap.',
  fields: (t) => ({
    field: t.field({ type: RunOrderField, required: true, description: 'What to sort by.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which end comes first.' }),
  }),
});

function checkedFilter(filter: typeof RunFilter.$inferInput): typeof RunFilter.$inferInput {
  for (const [name, values] of Object.entries(filter)) {
    if (Array.isArray(values) && values.length > MAX_FILTER_ENTRIES) {
      throw badInput(
        `filter.${name}: got ${String(values.length)} entries, expected at most ${String(MAX_FILTER_ENTRIES)}. Split the query.`,
      );
    }
  }
  return filter.ids ? { ...filter, ids: filter.ids.map((id) => requireUuid('filter.ids', id)) } : filter;
}

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
      loadPage(() =>
        runs.list(database, {
          first: pageLength(first),
          after,
          filter: filter ? checkedFilter(filter) : null,
          orderBy,
        }),
      ),
  }),
);
