/** All settings of a run and its measurements. */
import type { ReactNode } from 'react';
import { describeSchedule, formatNumber } from '@ritz/charts';
import { curvatureOperatorNames, precisionNames, probeLawNames } from '@ritz/client';
import { nameOfBlock } from './CurvatureControls.tsx';
import type { Run } from './spectra.ts';

const dateFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });
const normalisations = {
  NONE: 'none',
  BATCH: 'batch',
  GROUP: 'group',
  LAYER: 'layer',
  WEIGHT_STANDARDISATION: 'weight standardisation',
} as const;
const batchNorm = {
  NONE: 'none',
  MINIBATCH: 'mini-batch statistics',
  POPULATION: 'full-data statistics',
  RUNNING: 'running averages',
} as const;

/** The distinct values of a setting over several spectra. */
function each<Value extends string | number>(values: readonly Value[], show: (value: Value) => string): string {
  return [...new Set(values)].map(show).join(', ') || '–';
}

function List({ title, rows }: { readonly title: string; readonly rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <section className="panel min-w-0 px-4 py-3.5 sm:px-5" aria-label={title}>
      <h3 className="mb-2 text-[15.5px] font-semibold tracking-tight">{title}</h3>
      <dl className="number text-[13px]">
        {rows.map(([label, value]) => (
          <div key={label} className="flex gap-4 border-t border-line py-1.5">
            <dt className="w-40 flex-none text-muted">{label}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function RunSettings({ run }: { readonly run: Run }) {
  const { spectra } = run;
  return (
    <>
      <h2 className="mt-8 mb-3 text-lg font-semibold tracking-tight">Settings</h2>
      <div className="grid gap-4 lg:grid-cols-2">
        <List
          title="Training"
          rows={[
            ['Architecture', run.architecture],
            ['Parameters', formatNumber(run.parameterCount)],
            ['Normalisation', run.normalisation === null ? '–' : normalisations[run.normalisation]],
            ['Batch normalisation', batchNorm[run.batchNorm]],
            ['Residual connections', run.residual ? 'yes' : 'no'],
            ['Data set', run.dataset],
            ['Classes', formatNumber(run.classes)],
            ['Optimiser', run.optimiser],
            ['Learning rate', describeSchedule(run.schedule)],
            ['Planned steps', formatNumber(run.plannedSteps)],
            ['Seed', formatNumber(run.seed)],
            ['Engine', run.computedBy?.name ?? '–'],
            ['Git revision', run.gitRevision ?? '–'],
          ]}
        />
        <List
          title="Measurement"
          rows={[
            ['Spectra', formatNumber(spectra.length)],
            [
              'Operator',
              each(
                spectra.map(({ operator }) => operator),
                (operator) => curvatureOperatorNames[operator],
              ),
            ],
            [
              'Blocks',
              each(
                spectra.map(({ block }) => block),
                nameOfBlock,
              ),
            ],
            [
              'Lanczos steps, m',
              each(
                spectra.map(({ lanczosSteps }) => lanczosSteps),
                formatNumber,
              ),
            ],
            [
              'Probes, k',
              each(
                spectra.map(({ probeCount }) => probeCount),
                formatNumber,
              ),
            ],
            [
              'Start vectors',
              each(
                spectra.map(({ probeLaw }) => probeLaw),
                (law) => probeLawNames[law],
              ),
            ],
            [
              'Reorthogonalisation',
              each(
                spectra.map(({ reorthogonalisation }) => reorthogonalisation),
                (kind) => kind.toLowerCase(),
              ),
            ],
            [
              'Examples',
              each(
                spectra.map(({ dataSize }) => dataSize),
                formatNumber,
              ),
            ],
            [
              'Loss',
              each(
                spectra.map(({ lossReduction }) => lossReduction),
                (kind) => `${kind.toLowerCase()} over the examples`,
              ),
            ],
            [
              'Precision',
              each(
                spectra.map(({ precision }) => precision),
                (kind) => precisionNames[kind],
              ),
            ],
            [
              'Engine',
              each(
                spectra.map(({ computedBy }) => computedBy.name),
                String,
              ),
            ],
            ['Created', `${dateFormat.format(new Date(run.createdAt))} UTC`],
          ]}
        />
      </div>
    </>
  );
}
