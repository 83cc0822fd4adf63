/** Statistics of spectra that are stored: those that are missing are computed first, so that none is ever left out or out of date. */
import {
  fullAccess,
  probes,
  runs,
  summaries,
  withAccess,
  type Database,
  type RunStatistic,
  type SpectrumSeries,
  type UnsummarisedSpectrum,
} from '@ritz/database';
import { summarise, type SpectrumSummary } from '@ritz/spectra';
import { BudgetError, type Budget } from './budget.ts';
import { inTurn } from './inTurn.ts';
import { measuredSpectrum } from './measuredSpectrum.ts';

/** Spectra that are read, computed and stored together. */
const batch = 50;

/** Computes, in turn with other work, and stores. `check` throws when nobody waits any more; what was stored by then stays. */
async function summariseAll(
  database: Database,
  spectra: readonly UnsummarisedSpectrum[],
  check: () => void,
): Promise<Map<string, SpectrumSummary>> {
  const found = new Map<string, SpectrumSummary>();
  for (let start = 0; start < spectra.length; start += batch) {
    const some = spectra.slice(start, start + batch);
    const measured = await probes.bySpectra(
      database,
      some.map(({ id }) => id),
    );
    for (const [at, spectrum] of some.entries()) {
      check();
      const ofSpectrum = measured[at] ?? [];
      found.set(spectrum.id, await inTurn(() => summarise(measuredSpectrum(spectrum, ofSpectrum), spectrum.classes)));
    }
    await summaries.store(
      database,
      some.flatMap(({ id, revision }) => {
        const statistics = found.get(id);
        return statistics ? [{ spectrumId: id, revision, statistics }] : [];
      }),
    );
  }
  return found;
}

/** Whose access it is seen with, and how long it may take. */
interface Asked {
  readonly database: Database;
  readonly budget: Budget;
}

/**
 * Computes what these statistics need: of some runs, or of all, so that runs can be sorted by them.
 * @throws BudgetError when that takes too long; what was computed is kept, so that the same query gets further.
 */
export async function ensureSummaries(
  asked: Asked,
  statistics: readonly RunStatistic[],
  runIds?: readonly string[],
): Promise<void> {
  const series = statistics.map(runs.seriesOf);
  const different = new Map(series.map((one) => [JSON.stringify(one), one] as const));
  for (const one of different.values()) await ensureSeries(asked, one, runIds);
}

/** As `ensureSummaries`, of one series. */
export async function ensureSeries(
  { database, budget }: Asked,
  series: SpectrumSeries,
  runIds?: readonly string[],
): Promise<void> {
  const everything = withAccess(database, fullAccess);
  try {
    for (;;) {
      budget.check();
      const some = await summaries.missing(everything, batch, { series, ...(runIds && { runIds }) });
      if (some.length === 0) return;
      await summariseAll(everything, some, () => budget.check());
    }
  } catch (error) {
    if (!(error instanceof BudgetError) || error.code !== 'QUERY_TIMEOUT') throw error;
    const message =
      'Statistics of these spectra are being computed for the first time. Send the query again in a moment.';
    throw new BudgetError(error.budget, error.code, message);
  }
}

/** The summary of each spectrum, in order: as stored, or else computed. */
export async function summariesOf(
  { database, budget }: Asked,
  spectrumIds: readonly string[],
): Promise<SpectrumSummary[]> {
  const stored = await summaries.bySpectra(database, spectrumIds);
  const absent = spectrumIds.filter((_, at) => !stored[at]);
  if (absent.length === 0) return stored.map((one) => one ?? {});
  const everything = withAccess(database, fullAccess);
  const waiting = await summaries.missing(everything, absent.length, { ids: absent });
  const computed = await summariseAll(everything, waiting, () => budget.check());
  // What another query stored since the first look is missing no more.
  const late = absent.filter((id) => !computed.has(id));
  const since = new Map((await summaries.bySpectra(database, late)).map((one, at) => [late[at], one]));
  return spectrumIds.map((id, at) => stored[at] ?? computed.get(id) ?? since.get(id) ?? {});
}

/** Computes what is missing anywhere, until nothing is or `stop` aborts. */
export async function summariseMissing(database: Database, stop: AbortSignal): Promise<void> {
  const everything = withAccess(database, fullAccess);
  while (!stop.aborted) {
    const some = await summaries.missing(everything, batch);
    if (some.length === 0) return;
    await summariseAll(everything, some, () => stop.throwIfAborted());
  }
}
