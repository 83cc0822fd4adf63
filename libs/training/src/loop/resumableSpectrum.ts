/** Measures a spectrum so that a process that is killed in the middle of it goes on from there. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { bytesPerNumber, LanczosError } from '@ritz/lanczos';
import { measureSpectrum, type MeasureOptions, type SpectrumRecord } from './measureSpectrum.ts';

/** What is saved may take this share of the free disk; a larger spectrum is measured without saving. */
const shareOfDisk = 0.5;

/**
 * `file` holds how far the spectrum has come, and is gone when it is measured. What cannot be gone on from, such as the file of
 * another step, is begun anew. Throws as `measureSpectrum` does.
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
