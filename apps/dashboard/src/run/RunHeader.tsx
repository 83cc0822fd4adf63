/** Which run this is, where it stands, and its settings at a glance. */
import Link from 'next/link';
import { describeSchedule, formatNumber } from '@ritz/charts';
import { Status } from '../page/Status.tsx';
import type { Run } from './spectra.ts';

export interface RunHeaderProps {
  readonly run: Run;
  readonly lastStep: number;
}

export function RunHeader({ run, lastStep }: RunHeaderProps) {
  const { plannedSteps } = run;
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
        <Link href="/" className="hover:text-ink hover:underline">
          Runs
        </Link>{' '}
        / {run.project.name} / {run.experiment.name}
      </p>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="text-[22px] leading-tight font-semibold tracking-tight">{run.name}</h1>
        <Status status={run.status} />
        <span className="number text-[13px] text-muted">
          step {formatNumber(lastStep)}
          {plannedSteps !== null && plannedSteps > lastStep && ` of ${formatNumber(plannedSteps)}`}
        </span>
      </div>
      <p className="number mt-1.5 text-muted">{facts.join(' · ')}</p>
    </header>
  );
}
