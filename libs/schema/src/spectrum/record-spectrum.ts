/** recordSpectrum: stores one measured spectrum with its probes. */
import { spectra, type Spectrum as SpectrumRow } from '@ritz/database';
import { builder } from '../builder.ts';
import {
  BatchNormMode,
  CurvatureOperator,
  LossReduction,
  Precision,
  ProbeLaw,
  Reorthogonalisation,
} from '../types/enums.ts';
import { GradientEnergyInput } from './gradient-energy.ts';
import { GradientOverlapInput } from './gradient-overlap.ts';
import { ProbeInput } from './probe.ts';
import { Spectrum } from '../types/refs.ts';
import { payload, requireAtMost, UserError, type UserErrorShape } from '../input/user-error.ts';

export const MAX_PROBES = 1000;
const MAX_OVERLAPS = 1000;
export const MAX_LANCZOS_STEPS = 10_000;

export const RecordSpectrumInput = builder.inputType('RecordSpectrumInput', {
  description: 'One measured spectrum: where, of what, how, and what each probe gave.',
  fields: (t) => ({
    id: t.id({
      required: true,
      description: 'UUID made by the client. Sending the same spectrum again changes nothing.',
    }),
    runId: t.id({ required: true, description: 'UUID of the run.' }),
    step: t.int({ required: true, description: 'Step number; the step is created if nothing was logged there.' }),
    operator: t.field({ type: CurvatureOperator, defaultValue: 'HESSIAN', description: 'Which matrix.' }),
    block: t.string({ defaultValue: 'all', description: '"all", or the name of a group of parameters.' }),
    parameterCount: t.field({
      type: 'SafeInt',
      required: true,
      description: 'n, the dimension of the operator, at least 1.',
    }),
    lanczosSteps: t.int({
      required: true,
      description: 'm, Lanczos steps per probe, 1 to 10000. A probe that met an invariant subspace may hold fewer.',
    }),
    probeLaw: t.field({ type: ProbeLaw, defaultValue: 'SPHERE', description: 'Distribution of the start vectors.' }),
    seed: t.field({ type: 'SafeInt', required: true, description: 'Seed that the start vectors come from.' }),
    reorthogonalisation: t.field({
      type: Reorthogonalisation,
      defaultValue: 'FULL',
      description: 'Whether the Lanczos vectors were kept orthogonal.',
    }),
    precision: t.field({ type: Precision, required: true, description: 'Arithmetic of the matrix-vector products.' }),
    dataSize: t.field({
      type: 'SafeInt',
      required: true,
      description: 'Examples the loss was taken over, at least 1.',
    }),
    dataFingerprint: t.string({ required: true, description: 'Digest of those examples, in order.' }),
    lossReduction: t.field({
      type: LossReduction,
      defaultValue: 'MEAN',
      description: 'Mean or sum over the examples.',
    }),
    weightDecayIncluded: t.boolean({ defaultValue: false, description: 'Whether weight decay is part of the loss.' }),
    batchNorm: t.field({
      type: BatchNormMode,
      defaultValue: 'NONE',
      description: 'Statistics batch normalisation used.',
    }),
    hvpCount: t.field({ type: 'SafeInt', required: true, description: 'Matrix-vector products that were computed.' }),
    seconds: t.float({ required: true, description: 'Wall time of the measurement, in seconds.' }),
    engine: t.string({ required: true, description: 'What computed the products, such as "onnx-cpu".' }),
    probes: t.field({ type: [ProbeInput], required: true, description: 'What each probe gave: 1 to 1000 of them.' }),
    gradientOverlap: t.field({ type: [GradientOverlapInput], description: 'Gradient overlaps, each K and kind once.' }),
    gradientEnergy: t.field({
      type: [GradientEnergyInput],
      description: 'Gradient energy spectra, at most one for each kind of gradient.',
    }),
  }),
});

interface RecordSpectrumPayloadShape {
  readonly spectrum: SpectrumRow | null;
  readonly created: boolean;
  readonly userErrors: UserErrorShape[];
}

const RecordSpectrumPayload = builder.objectRef<RecordSpectrumPayloadShape>('RecordSpectrumPayload').implement({
  description: 'What recordSpectrum did.',
  fields: (t) => ({
    spectrum: t.expose('spectrum', {
      type: Spectrum,
      nullable: true,
      description: 'The spectrum as stored; null if there are `userErrors`.',
    }),
    created: t.exposeBoolean('created', {
      description: 'False when the same spectrum was stored already, or was refused.',
    }),
    userErrors: t.expose('userErrors', {
      type: [UserError],
      description: 'Faults of the input; empty when all is well.',
    }),
  }),
});

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
          requireAtMost(MAX_PROBES, input.probes, ['probes']);
          requireAtMost(MAX_OVERLAPS, input.gradientOverlap, ['gradientOverlap']);
          input.probes.forEach(({ alpha, nodes }, index) => {
            requireAtMost(MAX_LANCZOS_STEPS, alpha, ['probes', String(index), 'alpha']);
            requireAtMost(MAX_LANCZOS_STEPS, nodes, ['probes', String(index), 'nodes']);
          });
          return await spectra.record(database, input);
        },
        { spectrum: null, created: false },
      ),
  }),
);
