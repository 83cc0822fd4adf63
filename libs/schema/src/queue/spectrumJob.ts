/** SpectrumJob: a spectrum that was asked for, and the parts that workers measure it in. */
import type { SpectrumJob as JobRow, SpectrumPart as PartRow } from '@ritz/database';
import { builder } from '../builder.ts';
import { isOfSeries } from '../spectrum/series.ts';
import { connectionOf } from '../types/connection.ts';
import { jobId } from './jobId.ts';
import { CurvatureOperator, EngineName, JobStatus, Precision } from '../types/enums.ts';
import { Run, Spectrum, SpectrumJob } from '../types/refs.ts';
import { Engine, engineDeprecation } from '../types/engine.ts';
import { itemsFailAlone } from '../types/semanticNonNull.ts';

const SpectrumPart = builder.objectRef<PartRow>('SpectrumPart').implement({
  description:
    'A group of probes of a job, which one worker measures; the last part assembles what the groups measured.',
  fields: (t) => ({
    index: t.exposeInt('index', { description: 'Position in the job, from 0.' }),
    firstProbe: t.exposeInt('firstProbe', { description: 'Index of its first probe.' }),
    probeCount: t.exposeInt('probeCount', { description: 'How many probes it has; 0 for the assembly.' }),
    status: t.expose('status', { type: JobStatus, description: 'Where it stands.' }),
    attempts: t.exposeInt('attempts', { description: 'Number of times that a worker took it.' }),
    workerName: t.exposeString('workerName', {
      nullable: true,
      description: 'The worker that has it, or had it last; null when none has.',
    }),
    stepsDone: t.exposeInt('stepsDone', { description: 'Lanczos steps that each of its probes has taken.' }),
    resumedFrom: t.exposeInt('resumedFrom', {
      nullable: true,
      description:
        'Lanczos step of a saved state that its last attempt went on from; null = it began at the beginning.',
    }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a worker last took it; null = never.',
    }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was measured; null = it is not.',
    }),
    failure: t.exposeString('failure', {
      nullable: true,
      description: 'Why its last attempt failed; null when none did, or it is measured.',
    }),
  }),
});

SpectrumJob.implement({
  description: 'A requested spectrum, which workers measure.',
  fields: (t) => ({
    id: t.id({ description: '`job_` and the UUID that its client made.', resolve: ({ id }) => jobId(id) }),
    spectrumId: t.exposeID('id', { description: 'UUID that its client made; the spectrum is recorded under it.' }),
    run: t.field({
      type: Run,
      description: 'The run it belongs to.',
      resolve: ({ runId }, _arguments, { loaders }) => loaders.ownerRun.load(runId),
    }),
    step: t.exposeInt('stepNumber', { description: 'Number of the optimiser step it is taken at.' }),
    spectrum: t.field({
      type: Spectrum,
      nullable: true,
      description: 'The measured spectrum; null until it is recorded.',
      resolve: ({ id, status }, _arguments, { loaders }) =>
        status === 'finished' ? loaders.spectrum.load(id) : Promise.resolve(null),
    }),
    operator: t.field({
      type: CurvatureOperator,
      description: 'The matrix.',
      resolve: ({ request }) => request.operator,
    }),
    blocks: t.string({
      nullable: true,
      description:
        'The blocks of the matrix that are measured instead of the whole: "layers", "tensors", or name=pattern of each; null for the whole.',
      resolve: ({ request }) => blocksText(request.blocks),
    }),
    spectra: t.field({
      type: [Spectrum],
      ...itemsFailAlone,
      description: 'What was measured: one spectrum, or one of each block; empty until it is.',
      resolve: async ({ id, status, runId, stepNumber, request }, _arguments, { loaders }) => {
        if (status !== 'finished') return [];
        if (!request.blocks) return [await loaders.spectrum.load(id)].filter((found) => found !== null);
        const ofStep = await loaders.shownSpectraOfStep.load({ runId, number: stepNumber });
        const { operator } = request;
        return ofStep.filter((one) => one.block !== 'all' && isOfSeries(one, { operator, preconditioner: 'none' }));
      },
    }),
    engine: t.field({
      type: EngineName,
      description: 'What computes; only workers of this engine take it.',
      deprecationReason: engineDeprecation,
      resolve: ({ request }) => request.engine,
    }),
    computedBy: t.field({
      type: Engine,
      description: 'What computes; only workers of this engine take it.',
      resolve: ({ request }) => ({ name: request.engine }),
    }),
    precision: t.field({
      type: Precision,
      description: 'Of the products.',
      resolve: ({ request }) => request.precision,
    }),
    lanczosSteps: t.int({
      description: 'm, Lanczos steps of each probe.',
      resolve: ({ request }) => request.lanczosSteps,
    }),
    probeCount: t.int({ description: 'k, random start vectors.', resolve: ({ request }) => request.probes }),
    status: t.expose('status', { type: JobStatus, description: 'Where it stands.' }),
    failure: t.exposeString('failure', { nullable: true, description: 'Why it failed; null unless it did.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was requested.' }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ended; null = it has not.',
    }),
    progress: t.float({
      description: 'Share of its Lanczos steps that are done, from 0 to 1.',
      resolve: async ({ id, request }, _arguments, { loaders }) => {
        const parts = await loaders.partsOfJob.load(id);
        if (request.blocks)
          return parts.reduce((least, part) => Math.min(least, shareOf(part, request.lanczosSteps)), 1);
        const done = parts.reduce((sum, part) => sum + part.probeCount * shareOf(part, request.lanczosSteps), 0);
        return done / request.probes;
      },
    }),
    parts: t.field({
      type: [SpectrumPart],
      description: 'The groups of probes in their order, then the assembly.',
      resolve: async ({ id }, _arguments, { loaders }) => [...(await loaders.partsOfJob.load(id))],
    }),
  }),
});

function blocksText(blocks: JobRow['request']['blocks']): string | null {
  if (!blocks) return null;
  if (typeof blocks === 'string') return blocks;
  return Object.entries(blocks)
    .flatMap(([name, patterns]) => patterns.map((pattern) => `${name}=${pattern}`))
    .join(', ');
}

/** A probe may end before m steps, so that what is finished counts whole. */
function shareOf({ status, stepsDone }: PartRow, steps: number): number {
  return status === 'finished' ? 1 : Math.min(1, stepsDone / steps);
}

export const SpectrumJobConnection = connectionOf('SpectrumJob', SpectrumJob, 'jobs');
