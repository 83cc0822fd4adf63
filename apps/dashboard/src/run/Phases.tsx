/** The phases of a training; pressing one plays its steps. */
import { Play } from 'lucide-react';
import { formatNumber, type Domain, type NamedPhase } from '@ritz/charts';
import { Help } from '../help/Help.tsx';

export interface PhasesProps {
  readonly phases: readonly NamedPhase[];
  /** The steps that are played. */
  readonly range: Domain | null;
  readonly onPlay: (range: Domain) => void;
}

export function Phases({ phases, range, onPlay }: PhasesProps) {
  if (phases.length === 0) return null;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2 text-[12.5px]">
      <span className="text-muted">
        <Help of="phases">Phases</Help>
      </span>
      <ul aria-label="Phases of the training" className="number flex min-w-0 flex-wrap gap-2">
        {phases.map(({ name, from, to }) => (
          <li key={from}>
            <button
              type="button"
              className="control h-auto! py-0.5 text-left text-[12.5px]!"
              aria-pressed={range !== null && range[0] === from && range[1] === to}
              title="Play these steps"
              onClick={() => {
                onPlay([from, to]);
              }}
            >
              <Play className="size-3 flex-none" aria-hidden />
              <span>
                {name}{' '}
                <span className="text-muted">
                  {formatNumber(from)}–{formatNumber(to)}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
