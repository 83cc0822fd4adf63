'use client';
/** Draws a chart when it comes into view, or else when the browser has nothing better to do: the page answers at once. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Waiting } from './FigureState.tsx';

export interface LaterProps {
  /** Kept free until then, in CSS pixels. */
  readonly height: number;
  readonly children: ReactNode;
}

/** Drawn this far before it is seen. */
const AHEAD = '200px';

/** Charts that wait for an idle moment; one is drawn in each. */
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
      { rootMargin: AHEAD },
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
