'use client';
/** Header of the run page: name, status, key settings, tags and notes. */
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { describeSchedule, formatNumber } from '@ritz/charts';
import { DeleteRuns } from '../edit/DeleteRuns.tsx';
import { EditFault } from '../edit/EditFault.tsx';
import { NotesField } from '../edit/NotesField.tsx';
import { TagsField } from '../edit/TagsField.tsx';
import { useEdits } from '../edit/useEdits.ts';
import { usePermissions } from '../edit/usePermissions.ts';
import { LiveStatus } from '../live/LiveStatus.tsx';
import type { Live } from '../live/useWrites.ts';
import { ShareLink } from '../figure/ShareLink.tsx';
import { Status } from '../page/Status.tsx';
import { RunProgress } from './RunProgress.tsx';
import type { Run } from './spectra.ts';

export interface RunHeaderProps {
  readonly run: Run;
  readonly lastStep: number;
  readonly live: Live;
}

export function RunHeader({ run, lastStep, live }: RunHeaderProps) {
  const router = useRouter();
  const { apply, busy, error } = useEdits();
  const { canEdit } = usePermissions();
  const facts = [
    run.architecture,
    run.parameterCount === null ? null : `${formatNumber(run.parameterCount)} parameters`,
    run.dataset,
    run.optimiser,
    `learning rate ${describeSchedule(run.schedule)}`,
  ].filter((fact) => fact !== null);
  return (
    <header className="mb-5">
      <p className="mb-1 text-[13px] text-muted">
        <Link href="/runs" className="hover:text-ink hover:underline">
          Runs
        </Link>{' '}
        / {run.project.name} / {run.experiment.name}
      </p>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="text-[22px] leading-tight font-semibold tracking-tight break-words">
          <bdi>{run.name}</bdi>
        </h1>
        <Status status={run.status} />
        {run.archived && <span className="rounded bg-sunken px-2 text-[12.5px] text-muted">Archived</span>}
        <RunProgress run={run} lastStep={lastStep} />
        <LiveStatus live={live} />
        <div className="flex flex-wrap gap-2 sm:ml-auto">
          <ShareLink />
          {canEdit && (
            <button
              type="button"
              className="control"
              disabled={busy}
              onClick={() => void apply([run.id], { kind: 'archive', archived: !run.archived })}
            >
              {run.archived ? 'Restore' : 'Archive'}
            </button>
          )}
          <DeleteRuns
            count={1}
            disabled={busy}
            onDelete={() => {
              void apply([run.id], { kind: 'delete' }).then((done) => {
                if (done) router.push('/runs');
              });
            }}
          />
        </div>
      </div>
      <p className="number mt-1.5 text-muted">{facts.join(' · ')}</p>
      <div className="mt-2.5 flex flex-wrap items-start gap-x-8 gap-y-2.5">
        <TagsField id={run.id} tags={run.tags} />
        <NotesField id={run.id} notes={run.notes} />
      </div>
      <EditFault error={error} />
    </header>
  );
}
