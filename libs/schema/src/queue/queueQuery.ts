/** What waits, who works, and how it ended. */
import { jobs, type QueueDepth as DepthRow, type Worker as WorkerRow } from '@ritz/database';
import { builder } from '../builder.ts';
import { reading } from '../input/badInput.ts';
import { defaultPageLength, pageCost, pageLength } from '../types/connection.ts';
import { JobStatus } from '../types/enums.ts';
import { SpectrumJob } from '../types/refs.ts';
import { jobUuid } from './jobId.ts';
import { SpectrumJobConnection } from './spectrumJob.ts';
import { Engine, engineDeprecation } from '../types/engine.ts';

const Worker = builder.objectRef<WorkerRow>('Worker').implement({
  description: 'A process that measures spectra for others (`ritz worker`).',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID; a worker that is started again has another.' }),
    name: t.exposeString('name', { description: 'Its machine and process.' }),
    engine: t.exposeString('engine', {
      description: 'What it computes with, as `ritz worker --engine` names it.',
      deprecationReason: engineDeprecation,
    }),
    computedBy: t.field({
      type: Engine,
      description: 'What it computes with.',
      resolve: ({ engine }) => ({ name: engine }),
    }),
    concurrency: t.exposeInt('concurrency', { description: 'Parts that it measures at a time.' }),
    running: t.exposeInt('running', { description: 'Parts that it has now.' }),
    alive: t.exposeBoolean('alive', { description: 'It was heard of within a minute, and did not say that it stops.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it started.' }),
    heartbeatAt: t.expose('heartbeatAt', { type: 'DateTime', description: 'When it was last heard of.' }),
    stoppedAt: t.expose('stoppedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it announced that it stops; null = it has not.',
    }),
  }),
});

const QueueDepth = builder.objectRef<DepthRow>('QueueDepth').implement({
  description: 'How many parts of jobs stand where.',
  fields: (t) => ({
    queued: t.exposeInt('queued', { description: 'Wait for a worker, or for the parts before them.' }),
    running: t.exposeInt('running', { description: 'Are with a worker.' }),
    finished: t.exposeInt('finished', { description: 'Are measured.' }),
    failed: t.exposeInt('failed', { description: 'Were given up.' }),
    cancelled: t.exposeInt('cancelled', { description: 'Are wanted no more.' }),
  }),
});

builder.queryFields((t) => ({
  queueDepth: t.field({
    type: QueueDepth,
    description: 'How many parts of spectra wait, run, and ended how.',
    resolve: (_root, _arguments, { database }) => jobs.depth(database),
  }),
  workers: t.field({
    type: [Worker],
    description: 'Workers that live, and those heard of within a day, newest first.',
    resolve: (_root, _arguments, { database }) => jobs.workers(database),
  }),
  spectrumJob: t.field({
    type: SpectrumJob,
    nullable: true,
    description: 'The job with this id; null if there is none.',
    args: { id: t.arg.id({ required: true, description: 'Id of the job.' }) },
    resolve: async (_root, { id }, { database }) => (await jobs.byIds(database, [jobUuid(id)]))[0] ?? null,
  }),
  spectrumJobs: t.field({
    type: SpectrumJobConnection,
    description: 'Requested spectra, by pages, newest first.',
    args: {
      first: t.arg.int({ defaultValue: defaultPageLength, description: 'Length of the page, 1 to 100.' }),
      after: t.arg.string({ description: 'Cursor of the last job of the page before.' }),
      status: t.arg({ type: JobStatus, description: 'Only those that stand there; all unless given.' }),
    },
    complexity: pageCost,
    resolve: (_root, { first, after, status }, { database }) =>
      reading(() => jobs.list(database, { first: pageLength(first), after, status })),
  }),
}));
