/** A run's file of records as the claims and the report ask for it. */
import fs from 'node:fs/promises';
import { claimSpectrum, type ClaimRun } from '@ritz/spectra';
import type { RunRecord } from '../recording/RunFile.ts';
import type { PlannedRun } from './plan.ts';

interface SpectrumLine {
  readonly step: number;
  readonly parameterCount: number;
  readonly engine: string;
  readonly seconds: number;
  readonly probes: readonly { readonly alpha: readonly number[]; readonly beta: readonly number[] }[];
  readonly gradientOverlap: readonly { readonly k: number; readonly fraction: number }[];
}

export interface StoredRun {
  readonly run: ClaimRun;
  readonly parameterCount: number;
  readonly engine: string;
  /** That its spectra took, together. */
  readonly spectrumSeconds: number;
}

/** What was measured so far; the file may be of a run that still goes on. */
export async function storedRun(planned: PlannedRun, file: string, classes: number): Promise<StoredRun> {
  const lines = (await fs.readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  const records = lines.map((line) => JSON.parse(line) as RunRecord);
  const spectra = records
    .filter(({ kind }) => kind === 'spectrum')
    .map((record) => record as unknown as SpectrumLine)
    .sort((a, b) => a.step - b.step);
  const first = records.find(({ kind }) => kind === 'run');
  return {
    run: claimRun(planned, records, spectra, classes),
    parameterCount: Number(first?.['parameterCount']),
    engine: String(first?.['engine']),
    spectrumSeconds: spectra.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}

function claimRun(
  { config, family, setting }: PlannedRun,
  records: readonly RunRecord[],
  spectra: readonly SpectrumLine[],
  classes: number,
): ClaimRun {
  const { architecture, schedule } = config;
  return {
    setting,
    family,
    batchNorm: 'batchNorm' in architecture ? architecture.batchNorm : 'none',
    residual: 'residual' in architecture && architecture.residual,
    seed: config.seed,
    classes,
    drops: schedule.kind === 'step' ? schedule.steps : [],
    losses: records
      .filter(({ kind }) => kind === 'step')
      .map((record) => ({ step: Number(record['number']), trainLoss: Number(record['trainLoss']) }))
      .sort((a, b) => a.step - b.step),
    spectra: spectra.map(({ step, parameterCount, probes, gradientOverlap }) =>
      claimSpectrum({ step, spectrum: { dimension: parameterCount, probes }, classes, overlap: gradientOverlap }),
    ),
  };
}
