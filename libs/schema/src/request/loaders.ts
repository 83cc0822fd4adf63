/**
 * Loaders: within one request, rows of one kind are read by one statement however many resolvers ask for them, and a
 * spectrum's probes are turned into a measured spectrum once.
 */
import DataLoader from 'dataloader';
import {
  energies,
  experiments,
  jobs,
  overlaps,
  probes,
  projects,
  runs,
  spaces,
  spectra,
  steps,
  type Database,
  type Experiment,
  type GradientEnergy,
  type History,
  type Overlap,
  type Probe,
  type Project,
  type ProjectCounts,
  type Run,
  type Spectrum,
  type SpectrumDeletion,
  type SpectrumPart,
  type Step,
  type StepKey,
  type TopSpace,
} from '@ritz/database';
import type { StepMeasure } from '@ritz/records';
import type { MeasuredSpectrum } from '@ritz/spectra';
import type { Budget } from './budget.ts';
import type { DerivedCache } from './DerivedCache.ts';
import { measuredBytes, measuredSize, measuredSpectrum } from './measuredSpectrum.ts';
import { createTrajectoryLoaders, type TrajectoryLoaders } from './trajectoryLoaders.ts';
import { createValueLoaders, type ValueLoaders } from './valueLoaders.ts';

/** The last spectrum of a run in one series. */
interface LatestKey {
  readonly runId: string;
  readonly series: Pick<Spectrum, 'operator' | 'block' | 'preconditioner'>;
}

const seriesKey = ({ series: { operator, block, preconditioner } }: LatestKey): string =>
  JSON.stringify([operator, block, preconditioner]);

/** One statement for each series. */
async function latestSpectra(database: Database, keys: readonly LatestKey[]): Promise<(Spectrum | null)[]> {
  const names = [...new Set(keys.map(seriesKey))];
  const found = new Map<string, Spectrum | null>();
  for (const name of names) {
    const own = keys.filter((key) => seriesKey(key) === name);
    const [first] = own;
    if (!first) continue;
    const ids = own.map(({ runId }) => runId);
    const latest = await spectra.latestByRuns(database, ids, first.series);
    for (const [index, id] of ids.entries()) found.set(`${id} ${name}`, latest[index] ?? null);
  }
  return keys.map((key) => found.get(`${key.runId} ${seriesKey(key)}`) ?? null);
}

/** Curves of a run: those of `fields` beside the numbers of the steps. */
interface HistoryKey {
  readonly runId: string;
  readonly fields: readonly StepMeasure[];
}

/** Has the columns that were asked for, and perhaps more. */
export type Curves = History<never> & Partial<History>;

export interface Loaders extends ValueLoaders, TrajectoryLoaders {
  /** By id; null if there is none. */
  readonly run: DataLoader<string, Run | null>;
  readonly parentOfRun: DataLoader<string, Run | null>;
  readonly step: DataLoader<string, Step | null>;
  readonly spectrum: DataLoader<string, Spectrum | null>;
  readonly stepAt: DataLoader<StepKey, Step | null, string>;
  /** By an id that a foreign key guarantees. */
  readonly ownerRun: DataLoader<string, Run>;
  readonly ownerStep: DataLoader<StepKey, Step, string>;
  readonly project: DataLoader<string, Project>;
  readonly projectCounts: DataLoader<string, ProjectCounts>;
  readonly experiment: DataLoader<string, Experiment>;
  /** By project id. */
  readonly experimentsOfProject: DataLoader<string, readonly Experiment[]>;
  readonly history: DataLoader<HistoryKey, Curves, string>;
  /** By run id. */
  readonly spectrumCountOfRun: DataLoader<string, number>;
  readonly spectraOfRun: DataLoader<string, readonly Spectrum[]>;
  /** Of each step, operator, block and preconditioner the newest, which is the one shown. */
  readonly shownSpectraOfRun: DataLoader<string, readonly Spectrum[]>;
  /** Of the last measured step of each run, in one series. */
  readonly latestSpectrum: DataLoader<LatestKey, Spectrum | null, string>;
  readonly spectraOfStep: DataLoader<StepKey, readonly Spectrum[], string>;
  readonly shownSpectraOfStep: DataLoader<StepKey, readonly Spectrum[], string>;
  readonly deletionsOfRun: DataLoader<string, readonly SpectrumDeletion[]>;
  /** By spectrum id. */
  readonly probesOfSpectrum: DataLoader<string, readonly Probe[]>;
  readonly overlapsOfSpectrum: DataLoader<string, readonly Overlap[]>;
  readonly energiesOfSpectrum: DataLoader<string, readonly GradientEnergy[]>;
  readonly spaceOfSpectrum: DataLoader<string, TopSpace | null>;
  /** By job id. */
  readonly partsOfJob: DataLoader<string, readonly SpectrumPart[]>;
  /** What @ritz/spectra computes from. */
  measured(spectrum: Spectrum): Promise<MeasuredSpectrum>;
}

/** Answers of one kind, or for a missing one an error that names it: a foreign key was broken under the request. */
function guaranteed<Row>(what: string, keys: readonly string[], rows: readonly (Row | null)[]): (Row | Error)[] {
  return keys.map((key, index) => rows[index] ?? new Error(`The ${what} ${key} was deleted while it was being read.`));
}

/** Keys of one statement: each is a parameter or two, and PostgreSQL takes 65,535 of them. */
const batch = { maxBatchSize: 10_000 };

const keyOf = ({ runId, number }: StepKey): string => `${runId} ${String(number)}`;

/** What is shown of the spectra that another loader finds. */
async function shown<Key>(
  all: DataLoader<Key, readonly Spectrum[], string>,
  keys: readonly Key[],
): Promise<(readonly Spectrum[] | Error)[]> {
  const found = await all.loadMany(keys);
  return found.map((some) => (some instanceof Error ? some : spectra.newestOfEach(some)));
}

export function createLoaders(database: Database, cache: DerivedCache, budget: Budget): Loaders {
  const stepAt = new DataLoader((keys: readonly StepKey[]) => steps.byNumbers(database, keys), {
    ...batch,
    cacheKeyFn: keyOf,
  });
  const run = new DataLoader((ids: readonly string[]) => runs.byIds(database, ids), batch);
  const probesOfSpectrum = new DataLoader((ids: readonly string[]) => probes.bySpectra(database, ids), batch);
  const spectraOfRun = new DataLoader((ids: readonly string[]) => spectra.byRuns(database, ids), batch);
  const spectraOfStep = new DataLoader((keys: readonly StepKey[]) => spectra.bySteps(database, keys), {
    ...batch,
    cacheKeyFn: keyOf,
  });
  const measured = new Map<string, Promise<MeasuredSpectrum>>();
  return {
    ...createValueLoaders(database, budget),
    ...createTrajectoryLoaders(database, budget),
    run,
    parentOfRun: new DataLoader((ids) => runs.parents(database, ids), batch),
    step: new DataLoader((ids) => steps.byIds(database, ids), batch),
    spectrum: new DataLoader((ids) => spectra.byIds(database, ids), batch),
    stepAt,
    ownerRun: new DataLoader(async (ids) => guaranteed('run', ids, await runs.byIds(database, ids)), batch),
    ownerStep: new DataLoader(
      async (keys) => guaranteed('step', keys.map(keyOf), await steps.byNumbers(database, keys)),
      { ...batch, cacheKeyFn: keyOf },
    ),
    project: new DataLoader(async (ids) => guaranteed('project', ids, await projects.byIds(database, ids)), batch),
    projectCounts: new DataLoader((ids) => projects.counts(database, ids), batch),
    experiment: new DataLoader(
      async (ids) => guaranteed('experiment', ids, await experiments.byIds(database, ids)),
      batch,
    ),
    experimentsOfProject: new DataLoader((ids) => experiments.byProjects(database, ids), batch),
    history: new DataLoader(
      (keys) =>
        steps.histories(
          database,
          keys.map(({ runId }) => runId),
          [...new Set(keys.flatMap(({ fields }) => fields))],
        ),
      { ...batch, cacheKeyFn: ({ runId, fields }) => [runId, ...fields].join(' ') },
    ),
    spectrumCountOfRun: new DataLoader((ids) => spectra.countByRuns(database, ids), batch),
    spectraOfRun,
    shownSpectraOfRun: new DataLoader((ids) => shown(spectraOfRun, ids), batch),
    latestSpectrum: new DataLoader((keys) => latestSpectra(database, keys), {
      ...batch,
      cacheKeyFn: (key) => `${key.runId} ${seriesKey(key)}`,
    }),
    spectraOfStep,
    shownSpectraOfStep: new DataLoader((keys) => shown(spectraOfStep, keys), { ...batch, cacheKeyFn: keyOf }),
    deletionsOfRun: new DataLoader((ids) => Promise.all(ids.map((id) => spectra.deletions(database, id))), batch),
    probesOfSpectrum,
    overlapsOfSpectrum: new DataLoader((ids) => overlaps.bySpectra(database, ids), batch),
    energiesOfSpectrum: new DataLoader((ids) => energies.bySpectra(database, ids), batch),
    spaceOfSpectrum: new DataLoader((ids) => spaces.bySpectra(database, ids), batch),
    partsOfJob: new DataLoader((ids) => jobs.parts(database, ids), batch),
    measured: (spectrum) => {
      const known = measured.get(spectrum.id);
      if (known) return known;
      budget.chargeBytes(measuredBytes(spectrum));
      const loading = cache.get(['measured', spectrum.revision], measuredSize, async () =>
        measuredSpectrum(spectrum, await probesOfSpectrum.load(spectrum.id)),
      );
      measured.set(spectrum.id, loading);
      return loading;
    },
  };
}
