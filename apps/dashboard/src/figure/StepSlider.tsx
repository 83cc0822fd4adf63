'use client';
/** Goes through the measured steps: by dragging, by arrow keys, by buttons, or by playing them. */
import { useEffect, useState } from 'react';
import { ChevronLeft, ChevronRight, Pause, Play } from 'lucide-react';
import { formatNumber } from '@ritz/charts';

export interface StepSliderProps {
  /** Ascending. */
  readonly steps: readonly number[];
  readonly step: number;
  readonly onChange: (step: number) => void;
}

const PLAY_EVERY = 700;

export function StepSlider({ steps, step, onChange }: StepSliderProps) {
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
    }, PLAY_EVERY);
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
          aria-label="Step before"
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
          aria-label={playing ? 'Pause' : 'Play through the steps'}
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
          aria-label="Step after"
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
        aria-valuetext={`step ${formatNumber(step)}, ${String(at + 1)} of ${String(steps.length)}`}
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
        step <strong className="font-semibold">{formatNumber(step)}</strong>
        <span className="text-muted">
          {' '}
          · {formatNumber(at + 1)} of {formatNumber(steps.length)}
        </span>
      </span>
    </div>
  );
}
