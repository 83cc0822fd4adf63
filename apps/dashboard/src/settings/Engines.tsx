'use client';
/** The engines that measured the stored spectra. */
import { useQuery } from '@tanstack/react-query';
import { formatNumber } from '@ritz/charts';
import { EnginesDocument, precisionNames } from '@ritz/client';
import { Failed, Waiting } from '../figure/FigureState.tsx';
import { liveQuery } from '../data/useApi.ts';
import { DataTable } from './DataTable.tsx';
import { formatTime } from './format.ts';
import { Section } from './Section.tsx';

export function Engines() {
  const { data, error, refetch } = useQuery(liveQuery(EnginesDocument, {}));
  return (
    <Section
      title="Engines"
      about="The engines that computed the Hessian-vector products of the stored spectra. 32-bit and 64-bit spectra agree to about seven digits."
    >
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Waiting height={120} />}
      {data && data.engines.length === 0 && (
        <p className="text-[13px] text-muted">No engines yet: no spectra have been recorded.</p>
      )}
      {data && data.engines.length > 0 && (
        <DataTable
          label="Engines"
          columns={[
            { name: 'Engine' },
            { name: 'Precision', title: 'Arithmetic of the Hessian-vector products' },
            { name: 'Spectra', right: true },
            { name: 'Runs', right: true },
            { name: 'Last seen (UTC)' },
          ]}
          rows={data.engines.map(
            ({ computedBy: { name: engine }, precision, spectrumCount, runCount, lastUsedAt }) => ({
              key: `${engine} ${precision}`,
              cells: [
                engine,
                precisionNames[precision],
                formatNumber(spectrumCount),
                formatNumber(runCount),
                formatTime(lastUsedAt),
              ],
            }),
          )}
        />
      )}
    </Section>
  );
}
