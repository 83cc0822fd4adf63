/** Measures a spectrum with saved state, so that a killed process resumes where it stopped. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { bytesPerNumber, LanczosError } from '@ritz/lanczos';
import { measureSpectrum, type MeasureOptions, type SpectrumRecord } from './measureSpectrum.ts';

/** Maximum share of the free disk that the saved state may take; larger spectra are measured without saving. */
const shareOfDisk = 0.5;

/**
 * `file` holds the state and is removed once the spectrum is measured. A state that cannot be resumed, such as that of another
 * step, is discarded. Throws as `measureSpectrum` does.
 */
export async function measureResumably(options: MeasureOptions, file: string): Promise<SpectrumRecord> {
  if (!(await fits(options, file))) return measureSpectrum(options);
  const measure = (): Promise<SpectrumRecord> => measureSpectrum({ ...options, journal: { file } });
  const measured = await measure().catch(async (error: unknown) => {
    if (!(error instanceof LanczosError) || error.code !== 'CORRUPT_STATE') throw error;
    await fs.rm(file);
    return measure();
  });
  await fs.rm(file, { force: true });
  return measured;
}

/** Bytes of the bases of all probes, against those that are free. */
async function fits({ hessian, engine, settings }: MeasureOptions, file: string): Promise<boolean> {
  const directory = path.dirname(file);
  await fs.mkdir(directory, { recursive: true });
  const { bavail, bsize } = await fs.statfs(directory);
  return (
    bytesPerNumber[engine.precision] * hessian.dimension * settings.probes * settings.lanczosSteps <
    shareOfDisk * bavail * bsize
  );
}
