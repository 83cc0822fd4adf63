'use client';
/** Disk usage by table and the API's memory cache. */
import { useQuery } from '@tanstack/react-query';
import { formatNumber, formatShare } from '@ritz/charts';
import { StorageDocument } from '@ritz/client';
import { Failed, Waiting } from '../figure/FigureState.tsx';
import { liveQuery } from '../data/useApi.ts';
import { DataTable } from './DataTable.tsx';
import { formatBytes } from './format.ts';
import { Section } from './Section.tsx';

const contents: Readonly<Record<string, string>> = {
  probe: 'Lanczos coefficients of each random start vector',
  step: 'losses, accuracies and learning rates',
  spectrum: 'settings and cost of each measurement',
  run: 'settings of each training',
  overlap: 'gradient overlap with the leading eigenvectors',
  gradient_energy: 'distribution of the gradient over the eigenvalues',
  project: 'names of projects',
  experiment: 'names of experiments',
  token: 'hashes of access tokens',
  spectrum_job: 'queued spectra',
  spectrum_part: 'groups of probes assigned to workers',
  worker: 'workers and their last heartbeats',
};

export function StorageUse() {
  const { data, error, refetch } = useQuery(liveQuery(StorageDocument, {}));
  const storage = data?.storage;
  return (
    <Section
      title="Storage"
      about="All measurements are in one PostgreSQL database; figures are computed from them on request."
    >
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {!error && !storage && <Waiting height={240} />}
      {storage && (
        <>
          <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3 lg:grid-cols-6">
            <Fact name="Database" value={formatBytes(storage.databaseBytes)} />
            <Fact name="Runs" value={formatNumber(storage.runCount)} />
            <Fact name="Archived runs" value={formatNumber(storage.archivedRunCount)} />
            <Fact name="Spectra" value={formatNumber(storage.spectrumCount)} />
            <Fact
              name="A spectrum"
              value={storage.bytesPerSpectrum === null ? '–' : formatBytes(storage.bytesPerSpectrum)}
              title="Mean size on disk of a spectrum with its probes, overlaps, gradient energies and indexes"
            />
            <Fact
              name="Memory cache"
              value={`${formatBytes(storage.cache.bytes)} of ${formatBytes(storage.cache.capacity)}`}
              title="Computed results kept in memory by the API process"
            />
          </dl>
          <DataTable
            label="Tables"
            columns={[
              { name: 'Table' },
              { name: 'Holds' },
              { name: 'Rows (approx.)', right: true, title: 'Estimated by PostgreSQL’s statistics' },
              { name: 'On disk', right: true, title: 'Indexes included' },
              { name: 'Share', right: true },
            ]}
            rows={storage.tables.map(({ name, bytes, rows }) => ({
              key: name,
              cells: [
                name,
                contents[name] ?? 'bookkeeping',
                formatNumber(rows),
                formatBytes(bytes),
                formatShare(bytes / storage.databaseBytes),
              ],
            }))}
          />
          <p className="number text-[13px] text-muted">
            The cache holds {formatNumber(storage.cache.entries)} results; since the API started{' '}
            {formatNumber(storage.cache.hits)} results were served from the cache and{' '}
            {formatNumber(storage.cache.misses)} computed. The remainder is PostgreSQL’s system catalogue.
          </p>
        </>
      )}
    </Section>
  );
}

function Fact(props: { readonly name: string; readonly value: string; readonly title?: string }) {
  const { name, value, title } = props;
  return (
    <div title={title}>
      <dt className="text-[12.5px] text-muted">{name}</dt>
      <dd className="number text-[17px] font-semibold tracking-tight">{value}</dd>
    </div>
  );
}
