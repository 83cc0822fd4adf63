'use client';
/** The one legend of the page, which stays: pointing at a run fades the others, a click hides it, alt-click isolates it. */
import { useEffect, useState } from 'react';
import { Eye, EyeOff } from 'lucide-react';
import { SeriesMark } from '@ritz/charts';
import type { NamedRun } from './NamedRun.ts';

export interface RunRailProps {
  readonly runs: readonly NamedRun[];
  readonly hidden: ReadonlySet<string>;
  readonly onHide: (hidden: readonly string[]) => void;
}

/** Curves carry the id of their run in a class, so that fading them draws no chart anew. */
function useFading(focus: string | null): void {
  useEffect(() => {
    if (focus === null) return;
    document.body.dataset['focus'] = focus;
    const others = [...document.querySelectorAll(`[class*="series-"]:not(.series-${CSS.escape(focus)})`)];
    for (const curve of others) curve.classList.add('ritz-faded');
    return () => {
      delete document.body.dataset['focus'];
      for (const curve of others) curve.classList.remove('ritz-faded');
    };
  }, [focus]);
}

export function RunRail({ runs, hidden, onHide }: RunRailProps) {
  const [focus, setFocus] = useState<string | null>(null);
  useFading(focus);
  const press = (id: string, alone: boolean): void => {
    if (alone) {
      const others = runs.map((run) => run.id).filter((other) => other !== id);
      // Isolating the run that is alone already brings all back.
      onHide(others.every((other) => hidden.has(other)) && !hidden.has(id) ? [] : others);
    } else {
      onHide(hidden.has(id) ? [...hidden].filter((other) => other !== id) : [...hidden, id]);
    }
  };
  return (
    <ul
      aria-label="Runs compared"
      className="flex max-h-24 min-w-0 flex-wrap gap-x-1 gap-y-0.5 overflow-y-auto text-[12.5px]"
    >
      {runs.map(({ id, label, style }) => {
        const shown = !hidden.has(id);
        const Mark = shown ? Eye : EyeOff;
        return (
          <li key={id} className="min-w-0">
            <button
              type="button"
              aria-pressed={shown}
              title="Click to hide or show, Alt-click to show this run alone"
              className="group inline-flex max-w-64 items-center gap-1.5 rounded px-1.5 py-0.5 hover:bg-sunken aria-[pressed=false]:text-muted aria-[pressed=false]:line-through"
              onPointerEnter={() => {
                setFocus(shown ? id : null);
              }}
              onPointerLeave={() => {
                setFocus(null);
              }}
              onFocus={() => {
                setFocus(shown ? id : null);
              }}
              onBlur={() => {
                setFocus(null);
              }}
              onClick={(event) => {
                press(id, event.altKey);
              }}
            >
              <SeriesMark style={style} width={20} />
              <bdi className="truncate">{label}</bdi>
              <Mark className="size-3.5 flex-none text-muted opacity-50 group-hover:opacity-100" aria-hidden />
            </button>
          </li>
        );
      })}
      {hidden.size > 0 && (
        <li>
          <button
            type="button"
            className="rounded px-1.5 py-0.5 text-accent hover:bg-sunken"
            onClick={() => {
              onHide([]);
            }}
          >
            Show all
          </button>
        </li>
      )}
    </ul>
  );
}
