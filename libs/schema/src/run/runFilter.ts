/** Which runs: the filter that lists and groups share. */
import type { RunFilter as RunFilterShape } from '@ritz/database';
import { badInput } from '../input/badInput.ts';
import { requireUuid } from '../input/uuid.ts';
import { builder, type SchemaTypes } from '../builder.ts';
import type { RequestContext } from '../request/context.ts';
import { ensureSummaries } from '../request/summaries.ts';
import { BatchNormMode, RunStatus, ScheduleKind } from '../types/enums.ts';
import { checkedMeasure, checkedStatistic, RunMeasureInput, RunStatisticInput } from './runValues.ts';
import { ScheduleInput } from './schedule.ts';
import { SettingValueInput, valueOf } from '../types/settingValue.ts';

/** Entries that one list of a filter may have. */
const maxFilterEntries = 1000;

/** On statistics and measures: each is looked up for every run. */
const maxConditions = 10;

/** Of a search: each word is a condition on every run. */
const maxSearchWords = 20;
const maxSearchLength = 1000;
const ConfigFilter = builder.inputType('ConfigFilter', {
  description:
    'A condition on one free-form setting. At least one of `is`, `equals`, `atLeast`, `atMost` and `exists` is needed.',
  fields: (t) => ({
    path: t.string({ required: true, description: 'Names from the outside in, joined by dots: "optimiser.beta2".' }),
    is: t.field({
      type: SettingValueInput,
      description: 'The setting with its type: the text "1" is not the number 1.',
    }),
    equals: t.string({ description: 'The setting as text, whatever its type: a number or boolean as JSON writes it.' }),
    atLeast: t.float({ description: 'The setting is a number of at least this.' }),
    atMost: t.float({ description: 'The setting is a number of at most this.' }),
    exists: t.boolean({ description: 'Whether the run has the setting at all.' }),
  }),
});

const aboutCondition = 'At least one of `atLeast`, `atMost` and `exists` is needed.';

function conditionFields(t: PothosSchemaTypes.InputFieldBuilder<SchemaTypes, 'InputObject'>) {
  return {
    atLeast: t.float({ description: 'It is at least this.' }),
    atMost: t.float({ description: 'It is at most this.' }),
    exists: t.boolean({ description: 'Whether the run has it at all.' }),
  };
}

const RunStatisticFilter = builder.inputType('RunStatisticFilter', {
  description: `A condition on a statistic of the spectra of a run. ${aboutCondition}`,
  fields: (t) => ({
    statistic: t.field({ type: RunStatisticInput, required: true, description: 'The statistic.' }),
    ...conditionFields(t),
  }),
});

const RunMeasureFilter = builder.inputType('RunMeasureFilter', {
  description: `A condition on something logged at the steps of a run. ${aboutCondition}`,
  fields: (t) => ({
    measure: t.field({ type: RunMeasureInput, required: true, description: 'The measure.' }),
    ...conditionFields(t),
  }),
});

export const RunFilter = builder.inputType('RunFilter', {
  description:
    'Which runs: every condition given must hold. A list names the values allowed, so an empty one matches nothing.',
  fields: (t) => ({
    ids: t.idList({ description: 'UUIDs, at most 1000.' }),
    project: t.string({ description: 'Name of the project.' }),
    experiment: t.string({ description: 'Name of the experiment.' }),
    status: t.field({ type: [RunStatus], description: 'Any of these.' }),
    architecture: t.stringList({ description: 'Any of these.' }),
    dataset: t.stringList({ description: 'Any of these.' }),
    optimiser: t.stringList({ description: 'Any of these.' }),
    batchNorm: t.field({ type: [BatchNormMode], description: 'Any of these.' }),
    scheduleKind: t.field({ type: [ScheduleKind], description: 'Any of these.' }),
    schedule: t.field({ type: ScheduleInput, description: 'Exactly this schedule.' }),
    residual: t.boolean({ description: 'With (true) or without (false) residual connections.' }),
    tags: t.stringList({ description: 'All of these.' }),
    archived: t.boolean({ description: 'Archived (true) or not (false). Default: both.' }),
    superseded: t.boolean({
      description:
        'What rewinds superseded (true) or everything else (false); everything else unless given, or unless `ids` name runs.',
    }),
    parentId: t.id({ description: 'Forks of the run with this UUID; with `superseded`, what was superseded of it.' }),
    createdFrom: t.field({ type: 'DateTime', description: 'Created then or later.' }),
    createdBefore: t.field({ type: 'DateTime', description: 'Created before then.' }),
    updatedSince: t.field({
      type: 'DateTime',
      description:
        'Something of the run, its steps or its spectra was stored then or later: what changed since a poll.',
    }),
    config: t.field({ type: [ConfigFilter], description: 'All of these hold for its free-form settings.' }),
    statistics: t.field({
      type: [RunStatisticFilter],
      description: 'All of these hold for statistics of its spectra, at most 10.',
    }),
    measures: t.field({
      type: [RunMeasureFilter],
      description: 'All of these hold for what was logged at its steps, at most 10.',
    }),
    search: t.string({
      description:
        'Words that must all occur, in any case, in the name, architecture, data set, optimiser, free-form settings, notes or tags: at most 20.',
    }),
  }),
});

/**
 * The filter as the database takes it, with everything that its conditions need computed.
 * @throws GraphQLError BAD_USER_INPUT for a list or a search that is too long, or an id that is no UUID.
 */
export async function preparedFilter(
  context: RequestContext,
  filter: typeof RunFilter.$inferInput | null | undefined,
): Promise<RunFilterShape> {
  const { statistics: given, ...checked } = checkedFilter(filter);
  const statistics = given?.map(({ statistic, ...condition }) => ({
    ...condition,
    statistic: checkedStatistic(statistic),
  }));
  await ensureSummaries(
    context,
    (statistics ?? []).map(({ statistic }) => statistic),
  );
  const config = checked.config?.map(({ is, ...condition }, at) => ({
    ...condition,
    is: is ? valueOf(is, ['filter', 'config', String(at), 'is']) : undefined,
  }));
  const measures = checked.measures?.map(({ measure, ...condition }) => ({
    ...condition,
    measure: checkedMeasure(measure),
  }));
  return { ...checked, ...(statistics && { statistics }), ...(config && { config }), ...(measures && { measures }) };
}

function checkedFilter(filter: typeof RunFilter.$inferInput | null | undefined): typeof RunFilter.$inferInput {
  for (const [name, values] of Object.entries(filter ?? {})) {
    if (Array.isArray(values) && values.length > maxFilterEntries) {
      throw badInput(
        `filter.${name}: got ${String(values.length)} entries, expected at most ${String(maxFilterEntries)}. Split the query.`,
      );
    }
  }
  for (const name of ['statistics', 'measures'] as const) {
    const conditions = filter?.[name]?.length ?? 0;
    if (conditions <= maxConditions) continue;
    throw badInput(`filter.${name}: expected at most ${String(maxConditions)} conditions, got ${String(conditions)}.`);
  }
  checkSearch(filter?.search ?? '');
  const ids = filter?.ids;
  return { ...filter, ...(ids && { ids: ids.map((id) => requireUuid('filter.ids', id)) }) };
}

function checkSearch(search: string): void {
  const words = search.length > maxSearchLength ? 0 : search.split(/\s+/).filter((word) => word !== '').length;
  if (search.length <= maxSearchLength && words <= maxSearchWords) return;
  const given = words > 0 ? `${String(words)} words` : `${String(search.length)} characters`;
  const most = `${String(maxSearchWords)} words and ${String(maxSearchLength)} characters`;
  throw badInput(`filter.search: expected at most ${most}, got ${given}. Search for fewer words.`);
}
