/** The list of spectra over all runs: what was measured, and what was measured since the last look. */
import { spectra } from '@ritz/database';
import { reading } from '../input/badInput.ts';
import { builder } from '../builder.ts';
import { preparedFilter, RunFilter } from '../run/runFilter.ts';
import { connectionOf, defaultPageLength, pageCost, pageLength } from '../types/connection.ts';
import { CurvatureOperator, Preconditioner, SortDirection } from '../types/enums.ts';
import { Spectrum } from '../types/refs.ts';

const SpectrumConnection = connectionOf('Spectrum', Spectrum, 'spectra');

const SpectrumFilter = builder.inputType('SpectrumFilter', {
  description: 'Which spectra: every condition given must hold.',
  fields: (t) => ({
    runs: t.field({ type: RunFilter, description: 'Of the runs that match.' }),
    operator: t.field({ type: CurvatureOperator, description: 'Of this matrix.' }),
    block: t.string({ description: 'Of this block: "all", or the name of a group of parameters.' }),
    preconditioner: t.field({ type: Preconditioner, description: 'Preconditioned by this; NONE for not at all.' }),
    engine: t.stringList({ description: 'Measured with any of these engines.' }),
    stepFrom: t.int({ description: 'At this step or later.' }),
    stepTo: t.int({ description: 'At this step or earlier.' }),
    updatedSince: t.field({
      type: 'DateTime',
      description: 'Stored, or added to by a late overlap, then or later: what is new since a poll.',
    }),
  }),
});

builder.queryField('spectra', (t) =>
  t.field({
    type: SpectrumConnection,
    description:
      'Spectra of all runs by pages, every measurement of each, the newest first. To follow what is measured, ask with ' +
      '`updatedSince` and ASC and keep the last cursor.',
    args: {
      first: t.arg.int({ defaultValue: defaultPageLength, description: 'Length of the page, 1 to 100.' }),
      after: t.arg.string({ description: 'Cursor of the last spectrum of the page before, of the same direction.' }),
      filter: t.arg({ type: SpectrumFilter, description: 'Which spectra; all unless given.' }),
      direction: t.arg({
        type: SortDirection,
        defaultValue: 'DESC',
        description: 'By the moment of their last change: DESC the newest first.',
      }),
    },
    complexity: pageCost,
    resolve: (_root, { first, after, filter, direction }, context) =>
      reading(async () =>
        spectra.list(context.database, {
          first: pageLength(first),
          after,
          direction,
          filter: { ...filter, runs: filter?.runs ? await preparedFilter(context, filter.runs) : null },
        }),
      ),
  }),
);
