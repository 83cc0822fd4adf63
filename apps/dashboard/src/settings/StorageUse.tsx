'use client';
/** What the database takes on disk, table by table, and what the API keeps in memory. */
import { useQuery } from '@tanstack/react-query';
import { formatNumber, formatShare } from '@ritz/charts';
import { StorageDocument } from '@ritz/client';
import { Failed, Waiting } from '../figure/FigureState.tsx';
import { liveQuery } from '../query/useApi.ts';
import { DataTable } from './DataTable.tsx';
import { formatBytes } from './format.ts';
import { Section } from './Section.tsx';

const HOLDS: Readonly<Record<string, string>> = {
  probe: 'what each random start vector measured: Lanczos coefficients',
  step: 'losses, accuracies and rates along the runs',
  spectrum: 'settings and costs of each measurement',
  run: 'settings of each training',
  overlap: 'shares of the gradient in the leading eigenvectors',
  gradient_energy: 'the gradient’s energy over the eigenvalues',
  project: 'names of projects',
  experiment: 'names of experiments',
  token: 'hashes of access tokens',
  spectrum_job: 'spectra that workers were asked for',
  spectrum_part: 'groups of probes that workers share out',
  worker: 'workers and when they were last heard of',
};

export function StorageUse() {
  const { data, error, refetch } = useQuery(liveQuery(StorageDocument, {}));
  const storage = data?.storage;
  return (
    <Section
      title="Storage"
      about="Everything that was measured is in one PostgreSQL database; what is drawn is computed from it."
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
              title="On disk with its probes, overlaps and gradient energies, indexes included: the mean over all spectra"
            />
            <Fact
              name="Memory cache"
              value={`${formatBytes(storage.cache.bytes)} of ${formatBytes(storage.cache.capacity)}`}
              title="Results that the API process keeps so as not to compute them again"
            />
          </dl>
          <DataTable
            label="Tables"
            columns={[
              { name: 'Table' },
              { name: 'Holds' },
              { name: 'Rows, about', right: true, title: 'As the statistics of PostgreSQL estimate them' },
              { name: 'On disk', right: true, title: 'Indexes included' },
              { name: 'Share', right: true },
            ]}
            rows={storage.tables.map(({ name, bytes, rows }) => ({
              key: name,
              cells: [
                name,
                HOLDS[name] ?? 'bookkeeping',
                formatNumber(rows),
                formatBytes(bytes),
                formatShare(bytes / storage.databaseBytes),
              ],
            }))}
          />
          <p className="number text-[13px] text-muted">
            The cache holds {formatNumber(storage.cache.entries)} results; since the API started{' '}
            {formatNumber(storage.cache.hits)} questions were answered from it and {formatNumber(storage.cache.misses)}{' '}
            computed. The rest of the disk is PostgreSQL’s own catalogue.
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
