/** Clocks that run inside the page: what the browser itself measures, from an event to the picture that it leads to. */
/// <reference lib="dom" />
import type { Page } from '@playwright/test';

/**
 * Milliseconds from the beginning of the navigation until `selector` is there and was painted. Frames are watched, so that it
 * is exact to one of them.
 */
export function untilDrawn(page: Page, selector: string): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          if (document.querySelector(wanted)) requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
          else requestAnimationFrame(look);
        };
        look();
      }),
    selector,
  );
}

/** A time that the page will tell, once what was begun is drawn. */
export interface Pending {
  readonly milliseconds: Promise<number>;
}

/** Runs `arm` in the page and returns its pending answer, so that it listens before the action starts. */
async function armed<Argument>(page: Page, arm: (argument: Argument) => void, argument: Argument): Promise<Pending> {
  await page.evaluate(arm as (argument: unknown) => void, argument);
  return { milliseconds: page.evaluate(() => (window as unknown as { ritzAnswer: Promise<number> }).ritzAnswer) };
}

/** Measures from the time stamp of the next click to the frame that paints `drawn` at the address `path`. */
export function fromClickTo(page: Page, path: string, drawn: string): Promise<Pending> {
  return armed(
    page,
    (wanted) => {
      const ritzAnswer = new Promise<number>((resolve) => {
        const begin = ({ timeStamp }: Event): void => {
          const look = (): void => {
            const there = location.pathname === wanted.path && document.querySelector(wanted.drawn);
            if (!there) requestAnimationFrame(look);
            else requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - timeStamp)));
          };
          requestAnimationFrame(look);
        };
        window.addEventListener('click', begin, { capture: true, once: true });
      });
      Object.assign(window, { ritzAnswer });
    },
    { path, drawn },
  );
}

/** What shows that the page reacted: the attribute of an element, or its text. */
export interface Shown {
  readonly selector: string;
  /** Its text where it is left out. */
  readonly attribute?: string;
}

/** Measures from the time stamp of the next key to the frame that paints a change of everything in `shown`. */
export function fromKeyTo(page: Page, shown: readonly Shown[]): Promise<Pending> {
  return armed(
    page,
    (parts) => {
      const read = (): string[] =>
        parts.map(({ selector, attribute }) => {
          const element = document.querySelector(selector);
          return (attribute ? element?.getAttribute(attribute) : element?.textContent) ?? '';
        });
      const before = read();
      const ritzAnswer = new Promise<number>((resolve) => {
        const begin = ({ timeStamp }: Event): void => {
          const look = (): void => {
            const changed = read().every((value, index) => value !== '' && value !== before[index]);
            if (!changed) requestAnimationFrame(look);
            else requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - timeStamp)));
          };
          requestAnimationFrame(look);
        };
        window.addEventListener('keydown', begin, { capture: true, once: true });
      });
      Object.assign(window, { ritzAnswer });
    },
    shown,
  );
}

export interface Frames {
  readonly perSecond: number;
  /** Milliseconds between two frames: the longest, and that which 95 % stay below. */
  readonly longest: number;
  readonly p95: number;
  /** Frames that took longer than 50 ms. */
  readonly long: number;
}

/** Counts frames while `work` is done. */
export async function framesDuring(page: Page, work: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const times: number[] = [];
    let on = true;
    const tick = (time: number): void => {
      times.push(time);
      if (on) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    Object.assign(window, {
      ritzFrames: () => {
        on = false;
        return times;
      },
    });
  });
  await work();
  const times = await page.evaluate(() => (window as unknown as { ritzFrames: () => number[] }).ritzFrames());
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const sorted = gaps.toSorted((a, b) => a - b);
  const total = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return {
    perSecond: (1000 * gaps.length) / total,
    longest: sorted.at(-1) ?? Number.NaN,
    p95: sorted[Math.floor(0.95 * sorted.length)] ?? Number.NaN,
    long: gaps.filter((gap) => gap > 50).length,
  };
}

/** Bytes of JavaScript, compressed, that the page loaded so far. */
export function scriptBytes(page: Page): Promise<number> {
  return page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => /\.js(\?|$)/.test(name))
      .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
  );
}
