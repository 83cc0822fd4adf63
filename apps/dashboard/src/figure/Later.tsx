'use client';
/** Renders a chart when it scrolls into view or the browser is idle, so that the page responds immediately. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Waiting } from './FigureState.tsx';

export interface LaterProps {
  /** Placeholder height in CSS pixels. */
  readonly height: number;
  readonly children: ReactNode;
}

/** Renders this far ahead of the viewport. */
const ahead = '200px';

/** Charts waiting for an idle period; one is rendered in each. */
const waiting = new Set<() => void>();

function drawNext(): void {
  const [next] = waiting;
  if (!next) return;
  waiting.delete(next);
  next();
  whenIdle(drawNext);
}

function whenIdle(work: () => void): void {
  // Safari has no idle callbacks.
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: 3000 });
  else setTimeout(work, 100);
}

export function Later({ height, children }: LaterProps) {
  const place = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    if (drawn || !place.current) return;
    const draw = (): void => {
      setDrawn(true);
    };
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) draw();
      },
      { rootMargin: ahead },
    );
    observer.observe(place.current);
    if (waiting.size === 0) whenIdle(drawNext);
    waiting.add(draw);
    return () => {
      observer.disconnect();
      waiting.delete(draw);
    };
  }, [drawn]);
  return <div ref={place}>{drawn ? children : <Waiting height={height} />}</div>;
}
