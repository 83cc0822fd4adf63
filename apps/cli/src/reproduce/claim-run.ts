/** A run's file of records as the claims ask for it. */
import fs from 'node:fs/promises';
import type { ClaimRun, ClaimSpectrum } from '@ritz/spectra';
import type { RunRecord } from '../recording/RunFile.ts';
import type { PlannedRun } from './plan.ts';

interface SpectrumLine {
  readonly step: number;
  readonly parameterCount: number;
  readonly probes: readonly { readonly alpha: readonly number[]; readonly beta: readonly number[] }[];
  readonly gradientOverlap: readonly { readonly k: number; readonly fraction: number }[];
}

/** What was measured so far; the file may be of a run that still goes on. */
export async function claimRun({ config, family }: PlannedRun, file: string, classes: number): Promise<ClaimRun> {
  const lines = (await fs.readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  const records = lines.map((line) => JSON.parse(line) as RunRecord);
  const { architecture, schedule } = config;
  return {
    name: config.name,
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
    spectra: records
      .filter(({ kind }) => kind === 'spectrum')
      .map((record) => spectrumOf(record as unknown as SpectrumLine))
      .sort((a, b) => a.step - b.step),
  };
}

function spectrumOf({ step, parameterCount, probes, gradientOverlap }: SpectrumLine): ClaimSpectrum {
  return { step, spectrum: { dimension: parameterCount, probes }, overlap: gradientOverlap };
}
