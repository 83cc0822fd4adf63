'use client';
/** What the stored spectra were measured with. */
import { useQuery } from '@tanstack/react-query';
import { formatNumber } from '@ritz/charts';
import { EnginesDocument } from '@ritz/client';
import { Failed, Waiting } from '../figure/FigureState.tsx';
import { liveQuery } from '../query/useApi.ts';
import { DataTable } from './DataTable.tsx';
import { formatMoment } from './format.ts';
import { Section } from './Section.tsx';

const PRECISION = { FLOAT32: '32 bits', FLOAT64: '64 bits' } as const;

export function Engines() {
  const { data, error, refetch } = useQuery(liveQuery(EnginesDocument, {}));
  return (
    <Section
      title="Engines seen"
      about="What computed the Hessian-vector products of the stored spectra. Spectra in 32 and in 64 bits agree to about seven digits."
    >
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Waiting height={120} />}
      {data && data.engines.length === 0 && (
        <p className="text-[13px] text-muted">No spectrum is stored yet, so that no engine was seen.</p>
      )}
      {data && data.engines.length > 0 && (
        <DataTable
          label="Engines seen"
          columns={[
            { name: 'Engine' },
            { name: 'Precision', title: 'Arithmetic of the Hessian-vector products' },
            { name: 'Spectra', right: true },
            { name: 'Runs', right: true },
            { name: 'Last seen (UTC)' },
          ]}
          rows={data.engines.map(({ engine, precision, spectrumCount, runCount, lastUsedAt }) => ({
            key: `${engine} ${precision}`,
            cells: [
              engine,
              PRECISION[precision],
              formatNumber(spectrumCount),
              formatNumber(runCount),
              formatMoment(lastUsedAt),
            ],
          }))}
        />
      )}
    </Section>
  );
}
