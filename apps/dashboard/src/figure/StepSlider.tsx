'use client';
/** Slider over the measured steps or other positions, with arrow keys, buttons and playback. */
import { useEffect, useState } from 'react';
import { ChevronLeft, ChevronRight, Pause, Play } from 'lucide-react';
import { formatNumber } from '@ritz/charts';

export interface StepSliderProps {
  /** In the order of training. */
  readonly steps: readonly number[];
  readonly step: number;
  readonly onChange: (step: number) => void;
  /** Formats a position; default `step 1,000`. */
  readonly format?: (step: number) => string;
}

const playEvery = 700;

const nameOf = (step: number): string => `step ${formatNumber(step)}`;

export function StepSlider({ steps, step, onChange, format = nameOf }: StepSliderProps) {
  const at = Math.max(0, steps.indexOf(step));
  const last = steps.length - 1;
  const [playing, setPlaying] = useState(false);
  const go = (index: number): void => {
    const next = steps[Math.min(last, Math.max(0, index))];
    if (next !== undefined && next !== step) onChange(next);
  };
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => {
      const next = steps[at + 1];
      if (next === undefined) setPlaying(false);
      else onChange(next);
    }, playEvery);
    return () => {
      clearTimeout(timer);
    };
  }, [playing, at, steps, onChange]);
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-2" role="group" aria-label="Measured step">
      <div className="flex gap-1">
        <button
          type="button"
          className="control w-8 justify-center px-0!"
          aria-label="Previous step"
          disabled={at === 0}
          onClick={() => {
            go(at - 1);
          }}
        >
          <ChevronLeft className="size-4" aria-hidden />
        </button>
        <button
          type="button"
          className="control w-8 justify-center px-0!"
          aria-label={playing ? 'Pause' : 'Play steps'}
          disabled={last < 1}
          onClick={() => {
            if (!playing && at === last) go(0);
            setPlaying(!playing);
          }}
        >
          {playing ? <Pause className="size-4" aria-hidden /> : <Play className="size-4" aria-hidden />}
        </button>
        <button
          type="button"
          className="control w-8 justify-center px-0!"
          aria-label="Next step"
          disabled={at === last}
          onClick={() => {
            go(at + 1);
          }}
        >
          <ChevronRight className="size-4" aria-hidden />
        </button>
      </div>
      <input
        type="range"
        aria-label="Step"
        aria-valuetext={`${format(step)}, ${String(at + 1)} of ${String(steps.length)}`}
        min={0}
        max={last}
        value={at}
        disabled={last < 1}
        onChange={({ target }) => {
          setPlaying(false);
          go(Number(target.value));
        }}
        className="h-8 min-w-40 flex-1 accent-(--accent) sm:max-w-md"
      />
      <span className="number text-[13px] whitespace-nowrap">
        <strong className="font-semibold">{format(step)}</strong>
        <span className="text-muted">
          {' '}
          · {formatNumber(at + 1)} of {formatNumber(steps.length)}
        </span>
      </span>
    </div>
  );
}
