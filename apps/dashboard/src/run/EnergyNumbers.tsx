/** Gradient energy in numbers: one column per kind of gradient. */
import { formatNumber, formatShare } from '@ritz/charts';
import type { GradientEnergyQuery, GradientKind } from '@ritz/client';

type Spectrum = NonNullable<GradientEnergyQuery['run']>['spectra'][number];

export interface EnergyNumbersProps {
  readonly energies: Spectrum['gradientEnergy'];
  readonly overlaps: Spectrum['gradientOverlap'];
}

const energyKinds = [
  ['FULL_BATCH', 'Full batch'],
  ['MINI_BATCH', 'Mini-batch'],
] as const;

interface Line {
  readonly name: string;
  readonly of: (kind: GradientKind) => string;
}

function linesOf({ energies, overlaps }: EnergyNumbersProps): Line[] {
  const energyOf = (kind: GradientKind) => energies.find(({ gradient }) => gradient === kind);
  const ks = [...new Set(overlaps.map(({ k }) => k))].sort((a, b) => a - b);
  const inTop = ks.map((k): Line => ({
    name: k === 1 ? 'In the top eigenvector' : `In the top ${formatNumber(k)} eigenvectors`,
    of: (kind) => formatShare(overlaps.find((one) => one.gradient === kind && one.k === k)?.fraction),
  }));
  if (energies.length === 0) return inTop;
  return [
    ...inTop,
    {
      name: 'Along negative curvature',
      of: (kind) => {
        const energy = energyOf(kind);
        return formatShare(
          energy?.nodes.reduce((sum, node, index) => sum + (node < 0 ? (energy.weights[index] ?? 0) : 0), 0),
        );
      },
    },
    { name: 'Curvature along it, gᵀHg / ‖g‖²', of: (kind) => formatNumber(energyOf(kind)?.curvature, 3) },
  ];
}

export function EnergyNumbers(props: EnergyNumbersProps) {
  const lines = linesOf(props);
  const kinds = energyKinds.filter(([kind]) =>
    [...props.energies, ...props.overlaps].some(({ gradient }) => gradient === kind),
  );
  if (lines.length === 0) return null;
  return (
    <table className="number mt-3 w-full text-[13px]">
      <thead>
        <tr className="text-muted">
          <th scope="col" className="py-1 font-normal">
            Share of the gradient
          </th>
          {kinds.map(([kind, name]) => (
            <th key={kind} scope="col" className="py-1 text-right font-normal">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ name, of }) => (
          <tr key={name} className="border-t border-line">
            <th scope="row" className="py-1.5 font-normal text-muted">
              {name}
            </th>
            {kinds.map(([kind]) => (
              <td key={kind} className="py-1.5 text-right font-medium">
                {of(kind)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
