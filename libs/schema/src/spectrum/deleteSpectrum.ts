/** deleteSpectrum: takes a wrong measurement away, and keeps a trace of it. */
import { spectra, type SpectrumDeletion as SpectrumDeletionRow } from '@ritz/database';
import { builder } from '../builder.ts';
import { payloadType } from '../input/payloadType.ts';
import { payload } from '../input/userError.ts';
import { CurvatureOperator, Preconditioner } from '../types/enums.ts';

export const SpectrumDeletion = builder.objectRef<SpectrumDeletionRow>('SpectrumDeletion').implement({
  description: 'The trace of a spectrum that was deleted.',
  fields: (t) => ({
    spectrumId: t.exposeID('spectrumId', { description: 'The id that it had.' }),
    stepNumber: t.exposeInt('stepNumber', { description: 'The step it was measured at.' }),
    operator: t.expose('operator', { type: CurvatureOperator, description: 'Which matrix was measured.' }),
    block: t.exposeString('block', { description: '"all", or the name of the group of parameters.' }),
    preconditioner: t.expose('preconditioner', { type: Preconditioner, description: 'By what it was preconditioned.' }),
    reason: t.exposeString('reason', { description: 'Why it was deleted, in the words of who did it.' }),
    deletedAt: t.expose('deletedAt', { type: 'DateTime', description: 'When it was deleted.' }),
  }),
});

const DeleteSpectrumInput = builder.inputType('DeleteSpectrumInput', {
  description: 'The spectrum to delete, and why.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'UUID of the spectrum.' }),
    reason: t.string({ required: true, description: 'What is wrong with it; kept with the run.' }),
  }),
});

interface Written {
  readonly deletion: SpectrumDeletionRow | null;
}

const DeleteSpectrumPayload = payloadType<Written>('deleteSpectrum', (t) => ({
  deletion: t.expose('deletion', {
    type: SpectrumDeletion,
    nullable: true,
    description: 'The record of the deletion; null if there was no such spectrum.',
  }),
}));

builder.mutationField('deleteSpectrum', (t) =>
  t.field({
    type: DeleteSpectrumPayload,
    description:
      'Deletes a spectrum with its probes, overlaps and energies, and keeps a trace in `Run.deletedSpectra`. Needs scope ADMIN.',
    args: { input: t.arg({ type: DeleteSpectrumInput, required: true, description: 'The spectrum.' }) },
    resolve: (_root, { input }, { database }) =>
      payload(async () => ({ deletion: await spectra.remove(database, input.id, input.reason) }), { deletion: null }),
  }),
);
