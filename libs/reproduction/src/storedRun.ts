/** Reads a run's record file for the claims and the report. */
import { readRecords, type Line, type LineOf } from '@ritz/records';
import { claimSpectrum, familyOf, type ClaimRun, type ProbeMeasurement, type RunSetting } from '@ritz/spectra';
import { learningRate, scheduleOf } from '@ritz/training';
import type { PlannedRun } from './plan.ts';
import { rulesOf } from './rules.ts';

export interface StoredRun {
  readonly run: ClaimRun;
  readonly parameterCount: number;
  readonly engine: string;
  /** The rules that it was trained to be judged by (see `rulesTag`); null if it does not say. */
  readonly rules: string | null;
  /** Compute time of all its spectra. */
  readonly spectrumSeconds: number;
}

/** What has been measured so far; the file may be of a run that is still being trained. Throws a RecordError. */
export async function storedRun(planned: PlannedRun, file: string, classes: number): Promise<StoredRun> {
  const records = await readRecords(file);
  const spectra = records
    .filter((record): record is LineOf<'spectrum'> => record.kind === 'spectrum')
    .sort((a, b) => a.step - b.step);
  const first = records.find((record) => record.kind === 'run');
  return {
    run: claimRun(planned, { first, records, spectra }, classes),
    parameterCount: first?.parameterCount ?? Number.NaN,
    engine: first?.engine ?? 'unknown',
    rules: rulesOf(first?.tags ?? []),
    spectrumSeconds: spectra.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}

interface RunRecords {
  readonly first: LineOf<'run'> | undefined;
  readonly records: readonly Line[];
  readonly spectra: readonly LineOf<'spectrum'>[];
}

function claimRun(
  { config, setting, claims }: PlannedRun,
  { first, records, spectra }: RunRecords,
  classes: number,
): ClaimRun {
  const { architecture, data, schedule } = config;
  return {
    setting,
    claims,
    family: familyOf({
      architecture: first?.architecture ?? architecture.kind,
      dataset: data.kind,
      settings: [...settingsOf('architecture', architecture), ...settingsOf('data', data)],
    }),
    schedule: JSON.stringify(schedule),
    initialRate: learningRate(scheduleOf(config), 0),
    isRateConstant: schedule.kind === 'constant',
    batchNorm: 'batchNorm' in architecture ? architecture.batchNorm : 'none',
    residual: 'residual' in architecture && architecture.residual,
    seed: config.seed,
    diverged: records.some((record) => record.kind === 'finish' && record.status === 'failed'),
    classes,
    parameters: first?.parameterCount ?? Number.NaN,
    drops: schedule.kind === 'step' ? schedule.steps : [],
    losses: records
      .flatMap((record) =>
        record.kind === 'step' && record.trainLoss !== null
          ? [{ step: record.number, trainLoss: record.trainLoss }]
          : [],
      )
      .sort((a, b) => a.step - b.step),
    spectra: spectra.map(({ step, parameterCount, dataSize, probes, gradientOverlap }) =>
      claimSpectrum({
        step,
        spectrum: { dimension: parameterCount, probes: probes.map(measurementOf) },
        classes,
        examples: dataSize,
        overlap: gradientOverlap,
      }),
    ),
  };
}

function settingsOf(group: string, settings: object): RunSetting[] {
  return Object.entries(settings).map(([key, value]) => ({ path: [group, key], value: JSON.stringify(value) }));
}

function measurementOf(probe: LineOf<'spectrum'>['probes'][number]): ProbeMeasurement {
  return probe.alpha === null ? probe : { alpha: probe.alpha, beta: probe.beta };
}
