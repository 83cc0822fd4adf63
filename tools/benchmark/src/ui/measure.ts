/** Measures the dashboard: page loads, navigation, sliders, scrolling. */
import type { Browser, Page } from '@playwright/test';
import { median } from '../report.ts';
import { framesDuring, fromClickTo, fromKeyTo, scriptBytes, untilDrawn, type Frames, type Shown } from './clock.ts';
import type { MeasuredPage } from './pages.ts';

const viewport = { width: 1360, height: 860 };
/** After this long nothing more of a page is on its way, in milliseconds. */
const restMilliseconds = 1500;

export interface Load {
  /** Milliseconds, of each repeat. */
  readonly times: readonly number[];
  /** Bytes of JavaScript, compressed. */
  readonly script: number;
}

/** A page that comes to rest in a browser that has seen nothing yet; it goes when `work` is done. */
export async function withPage<Result>(
  browser: Browser,
  address: string,
  drawn: string,
  work: (page: Page) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext({ viewport: viewport });
  try {
    const page = await context.newPage();
    await page.goto(address, { waitUntil: 'commit' });
    await untilDrawn(page, drawn);
    await page.waitForTimeout(restMilliseconds);
    return await work(page);
  } finally {
    await context.close();
  }
}

/** Loads with an empty cache. */
export async function firstLoads(browser: Browser, origin: string, page: MeasuredPage, repeats: number): Promise<Load> {
  const times: number[] = [];
  let script = 0;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const context = await browser.newContext({ viewport: viewport });
    const tab = await context.newPage();
    await tab.goto(origin + page.path, { waitUntil: 'commit' });
    times.push(await untilDrawn(tab, page.drawn));
    await tab.waitForTimeout(restMilliseconds);
    script = await scriptBytes(tab);
    await context.close();
  }
  return { times, script };
}

/** The target of a link, and the element that shows that it was reached. */
export interface Change {
  readonly name: string;
  /** CSS selector of the link. */
  readonly link: string;
  readonly path: string;
  readonly drawn: string;
  /** What is done on the page before, which does not count. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** Clicks one link after the other, round and round; from each click to the page that it leads to. */
export async function routeChanges(page: Page, changes: readonly Change[], repeats: number): Promise<number[][]> {
  const times = changes.map((): number[] => []);
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const [index, { link, path, drawn, prepare }] of changes.entries()) {
      await prepare?.(page);
      const { milliseconds } = await fromClickTo(page, path, drawn);
      await page.locator(link).first().click();
      times[index]?.push(await milliseconds);
      await page.waitForTimeout(restMilliseconds / 2);
    }
  }
  return times;
}

/** Presses one key after the other on the slider; from each press to the changed picture. */
export async function sliderMoves(
  page: Page,
  slider: string,
  shown: readonly Shown[],
  keys: readonly string[],
): Promise<readonly number[]> {
  await page.getByRole('slider', { name: slider, exact: true }).first().focus();
  const times: number[] = [];
  for (const key of keys) {
    const { milliseconds } = await fromKeyTo(page, shown);
    await page.keyboard.press(key);
    times.push(await milliseconds);
    await page.waitForTimeout(150);
  }
  return times;
}

/** Scrolls down by the wheel, a third of a screen at a time. */
export function scrolling(page: Page, turns: number): Promise<Frames> {
  return framesDuring(page, async () => {
    await page.mouse.move(600, 500);
    for (let turn = 0; turn < turns; turn++) {
      await page.mouse.wheel(0, 300);
      await page.waitForTimeout(33);
    }
  });
}

/** A page of as many rows that nothing moves on: what the browser, and not ours, takes to draw while it scrolls. */
export async function scrollingPlainly(browser: Browser, rows: number, turns: number): Promise<Frames> {
  const context = await browser.newContext({ viewport: viewport });
  try {
    const page = await context.newPage();
    const cells = '<td>some words</td>'.repeat(8);
    const curve =
      '<td><svg width="64" height="26"><path d="M3 3L20 9L40 12L61 22" stroke="blue" fill="none"/></svg></td>';
    const row = `<tr style="height:46px"><td><input type="checkbox"></td>${cells}${curve}${curve}</tr>`;
    await page.setContent(`<table style="width:1312px;font:13px sans-serif">${row.repeat(rows)}</table>`);
    await page.waitForTimeout(restMilliseconds);
    return await scrolling(page, turns);
  } finally {
    await context.close();
  }
}

export function describeFrames({ perSecond, p95, longest, long }: Frames): string {
  return `${perSecond.toFixed(1)} frames/s, p95 ${p95.toFixed(0)} ms, longest ${longest.toFixed(0)} ms, ${String(long)} longer than 50 ms`;
}

export function describeTimes(times: readonly number[]): string {
  return `median ${median(times).toFixed(0)} ms, slowest ${Math.max(...times).toFixed(0)} ms, n = ${String(times.length)}`;
}
