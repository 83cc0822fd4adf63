'use client';
/** Slider over the measured steps or other positions, with buttons, keys and playback. */
import type { KeyboardEvent } from 'react';
import { ChevronLeft, ChevronRight, Pause, Play } from 'lucide-react';
import { formatNumber } from '@ritz/charts';
import type { Playback } from './usePlayback.ts';

export interface StepControlsProps {
  /** In the order of training. */
  readonly steps: readonly number[];
  readonly step: number;
  readonly onChange: (step: number) => void;
  /** Formats a position; default `step 1,000`. */
  readonly format?: (step: number) => string;
  readonly playback: Playback;
  /** What further keys do while a control of the slider has the focus. */
  readonly keys?: Readonly<Record<string, () => void>>;
}

const nameOf = (step: number): string => `step ${formatNumber(step)}`;

export function StepControls({ steps, step, onChange, format = nameOf, playback, keys = {} }: StepControlsProps) {
  const at = Math.max(0, steps.indexOf(step));
  const last = steps.length - 1;
  const { isPlaying, toggle, stop } = playback;
  const go = (index: number): void => {
    const next = steps[Math.min(last, Math.max(0, index))];
    if (next !== undefined && next !== step) onChange(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // A button that has the focus is pressed by the space bar already.
    const onSlider = event.target instanceof HTMLInputElement;
    const act = event.key === ' ' && onSlider ? toggle : keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };
  return (
    <div
      className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1"
      role="group"
      aria-label="Measured step"
      onKeyDown={onKeyDown}
    >
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
          aria-label={isPlaying ? 'Pause' : 'Play steps'}
          disabled={last < 1}
          onClick={toggle}
        >
          {isPlaying ? <Pause className="size-4" aria-hidden /> : <Play className="size-4" aria-hidden />}
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
          stop();
          go(Number(target.value));
        }}
        className="h-8 min-w-24 flex-1 accent-(--accent) sm:max-w-md sm:min-w-40"
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
