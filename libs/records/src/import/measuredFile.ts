/** The probes of a spectrum that another tool measured. The extension of the file says which tool wrote it. */
import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import { RecordError } from '../RecordError.ts';
import { quadraturesOf, type Quadrature } from './quadratures.ts';
import type { ProbeLaw } from '../words/words.ts';
import { tridiagonalsOf, type NumericArray, type Tridiagonal } from './tridiagonals.ts';

export interface MeasuredFile {
  readonly file: string;
  readonly bytes: Buffer;
  readonly tool: Tool;
  readonly probes: readonly (Tridiagonal | Quadrature)[];
}

/** What a tool does in the same way for every file. */
export interface Tool {
  readonly engine: string;
  readonly probeLaw: ProbeLaw;
}

const spectralDensity: Tool = { engine: 'spectral-density', probeLaw: 'sphere' };
const pyHessian: Tool = { engine: 'pyhessian', probeLaw: 'rademacher' };

/** Parses the bytes of a .npy file, which messages call `name`. */
export type ParseArray = (name: string, bytes: Buffer) => NumericArray;

/** @throws RecordError UNREADABLE that names the file and what is wrong with it, or what `parseArray` throws. */
export async function readMeasuredFile(file: string, parseArray: ParseArray): Promise<MeasuredFile> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new RecordError('UNREADABLE', `${file}: expected a readable file. Check the name and the permissions.`, {
      cause,
    });
  });
  const ending = /\.(npy|npz|json)$/i.exec(file)?.[1]?.toLowerCase();
  switch (ending) {
    case 'npy':
      return { file, bytes, tool: spectralDensity, probes: tridiagonalsOf(file, parseArray(file, bytes)) };
    case 'npz':
      return { file, bytes, tool: spectralDensity, probes: archived(file, bytes, parseArray) };
    case 'json':
      return { file, bytes, tool: pyHessian, probes: quadraturesOf(file, bytes.toString('utf8')) };
    default:
      throw new RecordError(
        'UNREADABLE',
        `${file}: expected .npy or .npz (tridiagonal matrices of google/spectral-density) or .json (eigenvalues and weights of PyHessian).`,
      );
  }
}

/** The arrays of an archive by their names, the probes of one after those of the other. */
function archived(file: string, bytes: Buffer, parseArray: ParseArray): Tridiagonal[] {
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(bytes, { filter: ({ name }) => name.endsWith('.npy') });
  } catch (cause) {
    throw new RecordError(
      'UNREADABLE',
      `${file}: expected a valid .npz archive. Save it with numpy.savez(file, array).`,
      { cause },
    );
  }
  const names = Object.keys(entries).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  if (names.length === 0) throw new RecordError('UNREADABLE', `${file}: expected at least one array, got none.`);
  return names.flatMap((name) => {
    const inside = `${file}[${name.replace(/\.npy$/, '')}]`;
    return tridiagonalsOf(inside, parseArray(inside, Buffer.from(entries[name] ?? [])));
  });
}
