'use client';
/** A tour for the first visit: a few cards, dismissed once and for all. */
import { useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import Link from 'next/link';
import { X } from 'lucide-react';
import { stops } from './stops.ts';

const key = 'ritz-tour';
const seen = 'seen';
const changed = 'ritz-tour-changed';

function subscribe(onChange: () => void): () => void {
  window.addEventListener(changed, onChange);
  return () => {
    window.removeEventListener(changed, onChange);
  };
}

/** A browser that keeps nothing is shown no tour, as it would be at every visit. */
function isNew(): boolean {
  try {
    return localStorage.getItem(key) !== seen;
  } catch {
    return false;
  }
}

function remember(): void {
  try {
    localStorage.setItem(key, seen);
  } catch {
    // Nothing is kept here, and nothing was shown.
  }
  window.dispatchEvent(new Event(changed));
}

export function Tour() {
  const shown = useSyncExternalStore(subscribe, isNew, () => false);
  return shown ? <Cards onEnd={remember} /> : null;
}

function Cards({ onEnd }: { readonly onEnd: () => void }) {
  const [at, setAt] = useState(0);
  const title = useId();
  const card = useRef<HTMLElement>(null);
  const stop = stops[at];
  const isLast = at === stops.length - 1;
  const go = (to: number): void => {
    setAt(Math.min(stops.length - 1, Math.max(0, to)));
  };
  useEffect(() => {
    if (at > 0) card.current?.focus();
  }, [at]);
  if (!stop) return null;
  return (
    <section
      ref={card}
      tabIndex={-1}
      aria-labelledby={title}
      className="panel mb-4 border-accent/60 px-4 py-3 outline-none sm:px-5"
      onKeyDown={({ key: pressed }) => {
        if (pressed === 'Escape') onEnd();
        if (pressed === 'ArrowRight') go(at + 1);
        if (pressed === 'ArrowLeft') go(at - 1);
      }}
    >
      <div className="flex items-start justify-between gap-3">
        <h2 id={title} className="text-[15px] font-semibold">
          {stop.title}
        </h2>
        <button type="button" className="tool -mt-0.5 -mr-1.5" aria-label="Close the tour" onClick={onEnd}>
          <X className="size-4" aria-hidden />
        </button>
      </div>
      <p className="max-w-[78ch] text-[13.5px]">{stop.text}</p>
      <div className="mt-2.5 flex flex-wrap items-center gap-2">
        {at > 0 && (
          <button
            type="button"
            className="control"
            onClick={() => {
              go(at - 1);
            }}
          >
            Back
          </button>
        )}
        <button
          type="button"
          className="control-primary"
          onClick={() => {
            if (isLast) onEnd();
            else go(at + 1);
          }}
        >
          {isLast ? 'Done' : 'Next'}
        </button>
        {stop.link && (
          <Link href={stop.link.href} className="px-1 text-[13px] text-accent underline" onClick={onEnd}>
            {stop.link.name}
          </Link>
        )}
        <span className="number ml-auto text-[12.5px] text-muted">
          {String(at + 1)} of {String(stops.length)}
        </span>
      </div>
    </section>
  );
}
