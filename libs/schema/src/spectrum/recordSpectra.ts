/** recordSpectra: stores many measured spectra, all of them or none. */
import { spectra, type Spectrum as SpectrumRow } from '@ritz/database';
import { builder } from '../builder.ts';
import { Spectrum } from '../types/refs.ts';
import { payloadType } from '../input/payloadType.ts';
import { payload, requireAtMost } from '../input/userError.ts';
import { RecordSpectrumInput } from './recordSpectrum.ts';

const maxSpectra = 100;

const RecordSpectraInput = builder.inputType('RecordSpectraInput', {
  description: 'Measured spectra, of any runs.',
  fields: (t) => ({
    spectra: t.field({ type: [RecordSpectrumInput], required: true, description: 'The spectra, at most 100.' }),
  }),
});

interface Written {
  readonly spectra: readonly SpectrumRow[] | null;
  readonly createdCount: number;
}

const RecordSpectraPayload = payloadType<Written>('recordSpectra', (t) => ({
  spectra: t.field({
    type: [Spectrum],
    nullable: true,
    description: 'The spectra as stored, in the order they were sent; null if there are `userErrors`.',
    resolve: ({ spectra: stored }) => (stored ? [...stored] : null),
  }),
  createdCount: t.exposeInt('createdCount', { description: 'How many of them were not stored already.' }),
}));

builder.mutationField('recordSpectra', (t) =>
  t.field({
    type: RecordSpectraPayload,
    description:
      'Stores many measured spectra, all of them or none; each as recordSpectrum does. For thousands of them, take ' +
      'POST /ingest. Needs scope WRITE.',
    args: { input: t.arg({ type: RecordSpectraInput, required: true, description: 'The spectra.' }) },
    resolve: (_root, { input }, { database }) =>
      payload(
        async () => {
          requireAtMost(maxSpectra, input.spectra, ['spectra']);
          const recorded = await spectra.recordAll(database, input.spectra);
          return {
            spectra: recorded.map(({ spectrum }) => spectrum),
            createdCount: recorded.filter(({ created }) => created).length,
          };
        },
        { spectra: null, createdCount: 0 },
      ),
  }),
);
