/** cancelSpectrumJob and retrySpectrumJob. */
import { jobs, type Database, type SpectrumJob as JobRow } from '@ritz/database';
import { builder } from '../builder.ts';
import { payloadType } from '../input/payloadType.ts';
import { payload } from '../input/userError.ts';
import { SpectrumJob } from '../types/refs.ts';
import { jobUuid } from './jobId.ts';

interface ChangedJob {
  readonly job: JobRow | null;
}

/** A mutation of one job: its input, its payload and itself. */
function jobMutation(
  name: 'cancelSpectrumJob' | 'retrySpectrumJob',
  description: string,
  change: (database: Database, id: string) => Promise<JobRow>,
): void {
  const capital = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const input = builder.inputType(`${capital}Input`, {
    description: 'Which job.',
    fields: (t) => ({ id: t.id({ required: true, description: 'Id of the job.' }) }),
  });
  const result = payloadType<ChangedJob>(name, (t) => ({
    job: t.expose('job', {
      type: SpectrumJob,
      nullable: true,
      description: 'The job as it is now; null if there are `userErrors`.',
    }),
  }));
  builder.mutationField(name, (t) =>
    t.field({
      type: result,
      description,
      args: { input: t.arg({ type: input, required: true, description: 'The job.' }) },
      resolve: (_root, { input: { id } }, { database }) =>
        payload(async () => ({ job: await change(database, jobUuid(id)) }), { job: null }),
    }),
  );
}

jobMutation(
  'cancelSpectrumJob',
  'Cancels a job: workers stop at their next heartbeat. Probes already measured are kept. Needs scope WRITE.',
  jobs.cancel,
);
jobMutation(
  'retrySpectrumJob',
  'Queues the missing parts of a failed or cancelled job again. Needs scope WRITE.',
  jobs.retry,
);
