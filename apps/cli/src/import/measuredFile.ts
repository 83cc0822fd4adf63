/** What a file of another tool holds: the probes of a measured spectrum. The ending of its name says which tool's it is. */
import { readFile } from 'node:fs/promises';
import { parseNpy } from '@ritz/training';
import { unzipSync } from 'fflate';
import { CliError } from '../terminal/cli-error.ts';
import { quadraturesOf, type Quadrature } from './quadratures.ts';
import { tridiagonalsOf, type Tridiagonal } from './tridiagonals.ts';

export interface MeasuredFile {
  readonly file: string;
  readonly bytes: Buffer;
  readonly tool: Tool;
  readonly probes: readonly (Tridiagonal | Quadrature)[];
}

/** What a tool does the same way in every file, as the records say it. */
export interface Tool {
  readonly engine: string;
  readonly probeLaw: 'SPHERE' | 'RADEMACHER';
}

const spectralDensity: Tool = { engine: 'spectral-density', probeLaw: 'SPHERE' };
const pyHessian: Tool = { engine: 'pyhessian', probeLaw: 'RADEMACHER' };

/** @throws CliError or TrainingError naming the file and what is wrong with it. */
export async function readMeasuredFile(file: string): Promise<MeasuredFile> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new CliError(`${file} cannot be read: there is no such file, or it may not be read.`, { cause });
  });
  const ending = /\.(npy|npz|json)$/i.exec(file)?.[1]?.toLowerCase();
  switch (ending) {
    case 'npy':
      return { file, bytes, tool: spectralDensity, probes: tridiagonalsOf(file, parseNpy(file, bytes)) };
    case 'npz':
      return { file, bytes, tool: spectralDensity, probes: archived(file, bytes) };
    case 'json':
      return { file, bytes, tool: pyHessian, probes: quadraturesOf(file, bytes.toString('utf8')) };
    default:
      throw new CliError(
        `${file}: expected .npy or .npz (tridiagonal matrices of google/spectral-density) or .json (eigenvalues and weights of PyHessian).`,
      );
  }
}

/** The arrays of an archive by their names, the probes of one after those of the other. */
function archived(file: string, bytes: Buffer): Tridiagonal[] {
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(bytes, { filter: ({ name }) => name.endsWith('.npy') });
  } catch (cause) {
    throw new CliError(`${file} is no .npz archive, or is damaged. Save it with numpy.savez(file, array).`, { cause });
  }
  const names = Object.keys(entries).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  if (names.length === 0) throw new CliError(`${file} holds no array.`);
  return names.flatMap((name) => {
    const inside = `${file}[${name.replace(/\.npy$/, '')}]`;
    return tridiagonalsOf(inside, parseNpy(inside, Buffer.from(entries[name] ?? [])));
  });
}
