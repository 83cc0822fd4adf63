/** Reads a run's record file for the claims and the report. */
import { readRecords, type Line, type LineOf } from '@ritz/records';
import { claimSpectrum, type ClaimRun, type ProbeMeasurement } from '@ritz/spectra';
import type { PlannedRun } from './plan.ts';

export interface StoredRun {
  readonly run: ClaimRun;
  readonly parameterCount: number;
  readonly engine: string;
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
    run: claimRun(planned, records, spectra, classes),
    parameterCount: first?.parameterCount ?? Number.NaN,
    engine: first?.engine ?? 'unknown',
    spectrumSeconds: spectra.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}

function claimRun(
  { config, family, setting }: PlannedRun,
  records: readonly Line[],
  spectra: readonly LineOf<'spectrum'>[],
  classes: number,
): ClaimRun {
  const { architecture, schedule } = config;
  return {
    setting,
    family,
    batchNorm: 'batchNorm' in architecture ? architecture.batchNorm : 'none',
    residual: 'residual' in architecture && architecture.residual,
    seed: config.seed,
    diverged: records.some((record) => record.kind === 'finish' && record.status === 'failed'),
    classes,
    drops: schedule.kind === 'step' ? schedule.steps : [],
    losses: records
      .flatMap((record) =>
        record.kind === 'step' && record.trainLoss !== null
          ? [{ step: record.number, trainLoss: record.trainLoss }]
          : [],
      )
      .sort((a, b) => a.step - b.step),
    spectra: spectra.map(({ step, parameterCount, probes, gradientOverlap }) =>
      claimSpectrum({
        step,
        spectrum: { dimension: parameterCount, probes: probes.map(measurementOf) },
        classes,
        overlap: gradientOverlap,
      }),
    ),
  };
}

function measurementOf(probe: LineOf<'spectrum'>['probes'][number]): ProbeMeasurement {
  return probe.alpha === null ? probe : { alpha: probe.alpha, beta: probe.beta };
}
