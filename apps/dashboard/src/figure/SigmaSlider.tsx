'use client';
/** Logarithmic slider for the kernel width; densities update while it moves. */
import { formatNumber } from '@ritz/charts';

export interface SigmaSliderProps {
  /** Current kernel width in units of λ. */
  readonly sigma: number;
  /** Null: chosen from the spectrum. */
  readonly chosen: number | null;
  /** λmax − λmin of what is drawn; positive. */
  readonly range: number;
  readonly onChange: (sigma: number | null) => void;
}

/** Ends of the slider as powers of ten of the range. */
const narrowest = -4.5;
const widest = -1;

export function SigmaSlider({ sigma, chosen, range, onChange }: SigmaSliderProps) {
  return (
    <div className="flex w-full items-center gap-2 sm:w-auto" role="group" aria-label="Smoothing">
      <label className="flex min-w-0 flex-1 items-center gap-2 text-[12.5px] whitespace-nowrap text-muted">
        Smoothing σ
        <input
          type="range"
          aria-label="Smoothing σ"
          aria-valuetext={`σ = ${formatNumber(sigma, 3)}`}
          min={narrowest}
          max={widest}
          step={0.05}
          value={Math.log10(sigma / range)}
          onChange={({ target }) => {
            onChange(Number((range * 10 ** Number(target.value)).toPrecision(3)));
          }}
          className="h-8 w-full min-w-0 accent-(--accent) sm:w-32"
        />
      </label>
      <span className="number w-14 text-[13px] whitespace-nowrap">{formatNumber(sigma, 3)}</span>
      <button
        type="button"
        className="control"
        aria-pressed={chosen === null}
        title="σ = 1/200 of the range of the spectrum"
        onClick={() => {
          onChange(null);
        }}
      >
        auto
      </button>
    </div>
  );
}
