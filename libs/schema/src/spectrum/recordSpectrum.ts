/** recordSpectrum: stores one measured spectrum with its probes. */
import { spectra, type Spectrum as SpectrumRow } from '@ritz/database';
import { builder } from '../builder.ts';
import { GradientEnergyInput } from './gradientEnergy.ts';
import { GradientOverlapInput } from './gradientOverlap.ts';
import { ProbeInput } from './probe.ts';
import { settingInputs } from './settings.ts';
import { topSpaceInputs } from './topSpace.ts';
import { Spectrum } from '../types/refs.ts';
import { payloadType } from '../input/payloadType.ts';
import { payload, requireAtMost } from '../input/userError.ts';

const maxProbes = 1000;
const maxOverlaps = 1000;
const maxLanczosSteps = 10_000;

export const RecordSpectrumInput = builder.inputType('RecordSpectrumInput', {
  description: 'One measured spectrum: where, of what, how, and what each probe gave.',
  fields: (t) => ({
    id: t.id({
      required: true,
      description: 'UUID made by the client. Sending the same spectrum again changes nothing.',
    }),
    runId: t.id({ required: true, description: 'UUID of the run.' }),
    step: t.int({ required: true, description: 'Step number; the step is created if nothing was logged there.' }),
    ...settingInputs(t),
    probes: t.field({ type: [ProbeInput], required: true, description: 'What each probe gave: 1 to 1000 of them.' }),
    gradientOverlap: t.field({ type: [GradientOverlapInput], description: 'Gradient overlaps, each K and kind once.' }),
    gradientEnergy: t.field({
      type: [GradientEnergyInput],
      description: 'Gradient energy spectra, at most one for each kind of gradient.',
    }),
    ...topSpaceInputs(t),
  }),
});

interface Written {
  readonly spectrum: SpectrumRow | null;
  readonly created: boolean;
}

const RecordSpectrumPayload = payloadType<Written>('recordSpectrum', (t) => ({
  spectrum: t.expose('spectrum', {
    type: Spectrum,
    nullable: true,
    description: 'The spectrum as stored; null if there are `userErrors`.',
  }),
  created: t.exposeBoolean('created', {
    description: 'False when the same spectrum was stored already, or was refused.',
  }),
}));

builder.mutationField('recordSpectrum', (t) =>
  t.field({
    type: RecordSpectrumPayload,
    description:
      'Stores one measured spectrum. The same input again changes nothing and answers `created: false`; other values under ' +
      'the same id, or a second spectrum of the same operator and block at the same step, are a CONFLICT.',
    args: { input: t.arg({ type: RecordSpectrumInput, required: true, description: 'The spectrum.' }) },
    resolve: (_root, { input }, { database }) =>
      payload(
        async () => {
          requireAtMost(maxProbes, input.probes, ['probes']);
          requireAtMost(maxOverlaps, input.gradientOverlap, ['gradientOverlap']);
          input.probes.forEach(({ alpha, nodes }, index) => {
            requireAtMost(maxLanczosSteps, alpha, ['probes', String(index), 'alpha']);
            requireAtMost(maxLanczosSteps, nodes, ['probes', String(index), 'nodes']);
          });
          return await spectra.record(database, input);
        },
        { spectrum: null, created: false },
      ),
  }),
);
