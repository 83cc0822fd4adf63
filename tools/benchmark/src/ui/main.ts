/**
 * `npm run bench:ui`: the built dashboard in a real Chromium, on a database of 2,000 runs; times as the browser measures them.
 *
 * Options: --data <folder> keeps the seeded database there (default .ritz/benchmark-ui, 4 spectra a run, about 350 MB);
 * the run of 2,000 spectra takes 30 MB of it;
 * --full takes the database of bench:api (50 spectra a run, about 2.5 GB); --repeats <n> loads of each page (default 3);
 * --only <parts> of loads, routes, sliders, scroll, separated by commas.
 * RITZ_CHROMIUM names another Chromium than Debian's.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from '@playwright/test';
import { migrate, openDatabase, runs, startEmbeddedPostgres } from '@ritz/database';
import { startApiProcess } from '../api/apiProcess.ts';
import { runCount, seed, seedLongRun } from '../api/seed.ts';
import { markdownTable, median } from '../report.ts';
import { startDashboardProcess } from './dashboardProcess.ts';
import {
  describeFrames,
  describeTimes,
  firstLoads,
  routeChanges,
  scrolling,
  scrollingPlainly,
  sliderMoves,
  withPage,
  type Change,
} from './measure.ts';
import { pagesOf, type MeasuredPage } from './pages.ts';

const firstLoad = 2000;
const routeChange = 500;
/** Of all moves but one in twenty. */
const slider = 50;
const scriptBytes = 350_000;
/** Of the run whose evolution is drawn. */
const longSpectra = 2000;
/** Frames are counted over whole periods of a clock of 60 Hz: one in a hundred may be cut. */
const frames = 59.4;
/** Times that the keys of a slider are pressed. */
const rounds = 8;
/** Wheel events per scroll. */
const turns = 100;

const folder = path.resolve(import.meta.dirname, '../../../../.ritz');
const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    full: { type: 'boolean', default: false },
    repeats: { type: 'string', default: '3' },
    only: { type: 'string', default: 'loads,routes,sliders,scroll' },
  },
});
const repeats = Number(options.repeats);
if (!Number.isInteger(repeats) || repeats < 1) {
  console.error(`--repeats: got ${options.repeats}, expected an integer of at least 1.`);
  process.exit(2);
}

type Row = readonly [what: string, measured: string, target: string, met: string];

function judged(what: string, measured: string, target: string, met: boolean): Row {
  return [what, measured, target, met ? 'yes' : 'NO'];
}

function within(what: string, times: readonly number[], limit: number): Row {
  return judged(what, describeTimes(times), `median < ${String(limit)} ms`, median(times) < limit);
}

/** By the slowest of 95 % of them. */
function within95(what: string, times: readonly number[], limit: number): Row {
  const sorted = times.toSorted((a, b) => a - b);
  const p95 = sorted[Math.ceil(0.95 * sorted.length) - 1] ?? Number.NaN;
  return judged(what, `p95 ${p95.toFixed(0)} ms, ${describeTimes(times)}`, `p95 < ${String(limit)} ms`, p95 < limit);
}

async function loads(browser: Browser, origin: string, pages: readonly MeasuredPage[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const page of pages) {
    const { times, script } = await firstLoads(browser, origin, page, repeats);
    rows.push(within(`first load: ${page.name}`, times, firstLoad));
    rows.push(judged(`JS of it, compressed`, `${(script / 1000).toFixed(0)} kB`, '< 350 kB', script < scriptBytes));
  }
  return rows;
}

/** The first four runs of the table. */
async function tick(page: Page): Promise<void> {
  for (let row = 0; row < 4; row++) await page.locator('main tbody input[type="checkbox"]').nth(row).check();
  await page.waitForTimeout(500);
}

/** Around the site, by its own links. */
function tour(pages: readonly MeasuredPage[]): Change[] {
  const drawnOn = (name: string): string => pages.find((page) => page.name === name)?.drawn ?? 'main h1';
  const link = (path: string): string => `header nav a[href="${path}"]`;
  return [
    { name: 'Findings of 40 runs', link: link('/findings'), path: '/findings', drawn: drawnOn('Findings, 4 runs') },
    { name: 'Query', link: link('/query'), path: '/query', drawn: drawnOn('Query') },
    { name: 'Settings', link: link('/settings'), path: '/settings', drawn: drawnOn('Settings') },
    { name: 'Runs', link: link('/runs'), path: '/runs', drawn: drawnOn('Runs') },
    {
      name: 'Compare 4 runs that were ticked',
      link: 'main a[href^="/compare?runs="]',
      path: '/compare',
      drawn: drawnOn('Compare, 4 runs'),
      prepare: tick,
    },
    { name: 'Runs again', link: link('/runs'), path: '/runs', drawn: drawnOn('Runs') },
  ];
}

async function changes(browser: Browser, origin: string, pages: readonly MeasuredPage[]): Promise<Row[]> {
  const [list] = pages;
  const run = pages.find(({ name }) => name === 'Run');
  if (!list || !run) return [];
  return withPage(browser, origin + list.path, list.drawn, async (page) => {
    const href = await page.locator('main th a[href^="/runs/"]').first().getAttribute('href');
    const toRun: Change = {
      name: 'a run of the table',
      link: `main th a[href="${href ?? ''}"]`,
      path: href ?? '',
      drawn: run.drawn,
    };
    const all = [toRun, ...tour(pages)];
    const times = await routeChanges(page, all, repeats);
    return all.map(({ name }, index) => within(`route change: ${name}`, times[index] ?? [], routeChange));
  });
}

async function sliders(browser: Browser, origin: string, pages: readonly MeasuredPage[]): Promise<Row[]> {
  const run = pages.find(({ name }) => name === 'Run');
  if (!run) return [];
  return withPage(browser, origin + run.path, run.drawn, async (page) => {
    const curve = { selector: run.drawn, attribute: 'd' };
    const sigma = ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowLeft'];
    const steps = ['ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowRight', 'ArrowRight', 'ArrowRight'];
    const often = (keys: readonly string[]): string[] => Array.from({ length: rounds }, () => keys).flat();
    return [
      within95('σ slider, to the new picture', await sliderMoves(page, 'Smoothing σ', [curve], often(sigma)), slider),
      within95('step slider, to the new picture', await sliderMoves(page, 'Step', [curve], often(steps)), slider),
    ];
  });
}

async function scroll(browser: Browser, origin: string, pages: readonly MeasuredPage[]): Promise<Row[]> {
  const [list] = pages;
  if (!list) return [];
  return withPage(browser, origin + list.path, list.drawn, async (page) => {
    const ours = await scrolling(page, turns);
    const plain = await scrollingPlainly(browser, runCount, turns);
    return [
      judged('scrolling the table of runs', describeFrames(ours), '≥ 60 frames/s', ours.perSecond >= frames),
      ['scrolling as many rows that are all there', describeFrames(plain), 'for comparison', 'yes'],
    ];
  });
}

const parts: Readonly<Record<string, typeof loads>> = { loads, routes: changes, sliders, scroll };
const asked = options.only.split(',');
const unknown = asked.find((part) => !(part in parts));
if (unknown !== undefined) {
  console.error(`--only: got ${JSON.stringify(unknown)}, expected any of ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}

/** Prints each row as soon as it is measured, because all of them take minutes. */
async function everything(origin: string, browser: Browser, pages: readonly MeasuredPage[]): Promise<Row[]> {
  // The servers answer their first requests slowly: a first load is that of a browser, not that of a server.
  await loads(browser, origin, pages.slice(0, 1));
  const rows: Row[] = [];
  for (const part of asked) {
    const measured = (await parts[part]?.(browser, origin, pages)) ?? [];
    for (const [what, shown] of measured) console.error(`${what}: ${shown}`);
    rows.push(...measured);
  }
  return rows;
}

/** The API, the dashboard and a browser for as long as `work` takes; none of them is left. */
async function withServers<Result>(
  databaseUrl: string,
  work: (origin: string, browser: Browser) => Promise<Result>,
): Promise<Result> {
  const stops: (() => Promise<void>)[] = [];
  try {
    const api = await startApiProcess(databaseUrl);
    stops.unshift(() => api.stop());
    const dashboard = await startDashboardProcess(api.url);
    stops.unshift(() => dashboard.stop());
    const browser = await chromium.launch({
      executablePath: process.env['RITZ_CHROMIUM'] || '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--no-proxy-server'],
    });
    stops.unshift(() => browser.close());
    return await work(dashboard.url, browser);
  } finally {
    for (const stop of stops) await stop();
  }
}

const data = options.data ?? path.join(folder, options.full ? 'benchmark' : 'benchmark-ui');
const server = await startEmbeddedPostgres({ dataDirectory: data });
const database = await openDatabase(server.url);
try {
  await migrate(database);
  const seconds = await (options.full ? seed(database) : seed(database, 4));
  console.log(
    seconds === 0
      ? `${String(runCount)} runs were seeded before.`
      : `Seeded ${String(runCount)} runs in ${seconds.toFixed(0)} s.`,
  );
  const longId = await seedLongRun(database, longSpectra);
  const { items } = await runs.list(database, { first: 50, filter: { experiment: 'seeded' } });
  const pages = pagesOf({ ids: items.map(({ id }) => id), longId });
  const rows = await withServers(server.url, (origin, browser) => everything(origin, browser, pages));
  console.log(markdownTable(['what', 'measured', 'target', 'met'], rows));
  process.exitCode = rows.every(([, , , met]) => met === 'yes') ? 0 : 1;
} finally {
  await database.close();
  await server.stop();
}
