/** The eigenvectors of the largest eigenvalues in numbers: what gradient, update and classes have in them, and where they live. */
import { formatNumber, formatShare, mainBlock } from '@ritz/charts';
import type { RitzVectorsQuery } from '@ritz/client';
import { Help } from '../help/Help.tsx';

type Vector = NonNullable<RitzVectorsQuery['spectrum']>['ritzVectors'][number];

export interface RitzVectorsProps {
  readonly vectors: readonly Vector[];
}

interface Column {
  readonly name: string;
  readonly of: (vector: Vector) => string;
  readonly known: (vector: Vector) => boolean;
}

const columns: readonly Column[] = [
  { name: 'Gradient', of: (one) => formatShare(one.gradientOverlap), known: (one) => one.gradientOverlap !== null },
  { name: 'Mini-batch', of: (one) => formatShare(one.miniBatchOverlap), known: (one) => one.miniBatchOverlap !== null },
  { name: 'Update', of: (one) => formatShare(one.updateOverlap), known: (one) => one.updateOverlap !== null },
  { name: 'Classes', of: (one) => formatShare(one.classShare), known: (one) => one.classShare !== null },
  {
    name: 'Σ u⁴',
    of: (one) => formatNumber(one.inverseParticipation, 2),
    known: (one) => one.inverseParticipation !== null,
  },
  {
    name: 'Mostly in',
    of: (one) => {
      const main = mainBlock(one);
      return main ? `${main.block} (${formatShare(main.mass)})` : '–';
    },
    known: (one) => one.massByBlock !== null && one.massByBlock.length > 0,
  },
];

export function RitzVectors({ vectors }: RitzVectorsProps) {
  const shown = columns.filter(({ known }) => vectors.some(known));
  if (vectors.length === 0) return null;
  return (
    <details className="mt-2 border-t border-line pt-2 text-[13px]">
      <summary className="text-muted">Eigenvectors of the {formatNumber(vectors.length)} largest eigenvalues</summary>
      <div className="overflow-x-auto" role="region" aria-label="Eigenvectors" tabIndex={0}>
        <table className="number mt-1 w-full text-[12.5px]">
          <thead>
            <tr className="text-muted">
              <th scope="col" className="py-1 pr-3 font-normal">
                <Help of="ritzVector">Eigenvalue</Help>
              </th>
              {shown.map(({ name }) => (
                <th key={name} scope="col" className="py-1 pr-3 font-normal">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {vectors.map((vector) => (
              <tr key={vector.index} className="border-t border-line">
                <th scope="row" className="py-1 pr-3 font-normal whitespace-nowrap">
                  {formatNumber(vector.value)}
                  {vector.residual !== null && (
                    <span className="text-muted"> ± {formatNumber(vector.residual, 1)}</span>
                  )}
                </th>
                {shown.map(({ name, of }) => (
                  <td key={name} className="py-1 pr-3">
                    {of(vector)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
