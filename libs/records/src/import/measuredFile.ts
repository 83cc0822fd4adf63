/** The probes of a spectrum that another tool measured. The extension of the file says which tool wrote it. */
import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import { RecordError } from '../RecordError.ts';
import { curvlinopsOf } from './curvlinops.ts';
import { quadraturesOf, type Quadrature } from './quadratures.ts';
import type { ProbeLaw } from '../words/namedWords.ts';
import type { Reorthogonalisation } from '../words/words.ts';
import { asPyHessian, blockwiseOf, eigenthingsOf } from './peerJson.ts';
import { tridiagonalsOf, type NumericArray, type Tridiagonal } from './tridiagonals.ts';

export interface MeasuredFile {
  readonly file: string;
  readonly bytes: Buffer;
  readonly tool: Tool;
  readonly probes: readonly (Tridiagonal | Quadrature)[];
  /** The parameters that it is of, where it is not of all. */
  readonly block?: { readonly name: string; readonly parameters: number };
}

/** What a tool does in the same way for every file. */
interface Tool {
  readonly engine: string;
  readonly probeLaw: ProbeLaw;
  /** Full unless it is said. */
  readonly reorthogonalisation?: Reorthogonalisation;
}

const spectralDensity: Tool = { engine: 'spectral-density', probeLaw: 'sphere' };
const pyHessian: Tool = { engine: 'pyhessian', probeLaw: 'rademacher' };
const eigenthings: Tool = { engine: 'hessian-eigenthings', probeLaw: 'rademacher' };
const curvlinops: Tool = { engine: 'curvlinops', probeLaw: 'sphere', reorthogonalisation: 'none' };
const blockwise: Tool = { engine: 'hessian-spectrum', probeLaw: 'sphere', reorthogonalisation: 'none' };

/** Parses the bytes of a .npy file, which messages call `name`. */
export type ParseArray = (name: string, bytes: Buffer) => NumericArray;

/**
 * What a file holds: one spectrum, or one of each block. @throws RecordError UNREADABLE that names the file and what is wrong with it, or
 * what `parseArray` throws.
 */
export async function readMeasuredFile(file: string, parseArray: ParseArray): Promise<MeasuredFile[]> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new RecordError('UNREADABLE', `${file}: expected a readable file. Check the name and the permissions.`, {
      cause,
    });
  });
  const ending = /\.(npy|npz|json)$/i.exec(file)?.[1]?.toLowerCase();
  switch (ending) {
    case 'npy':
      return [{ file, bytes, tool: spectralDensity, probes: tridiagonalsOf(file, parseArray(file, bytes)) }];
    case 'npz':
      return [fromArchive(file, bytes, parseArray)];
    case 'json':
      return fromJson(file, bytes);
    default:
      throw new RecordError(
        'UNREADABLE',
        `${file}: expected .npy or .npz (tridiagonal matrices of google/spectral-density, evals and evecs of curvlinops) or .json (eigenvalues and weights of PyHessian, hessian-eigenthings or hessian-spectrum).`,
      );
  }
}

async function fromJson(file: string, bytes: Buffer): Promise<MeasuredFile[]> {
  const text = bytes.toString('utf8');
  const blocks = await blockwiseOf(file, text);
  if (blocks) {
    return blocks.map(({ name, parameters, probes }) => ({
      ...{ file, bytes, tool: blockwise, probes: quadraturesOf(`${file}, ${name}`, asPyHessian(probes)) },
      ...(parameters === null ? {} : { block: { name, parameters } }),
    }));
  }
  const runs = eigenthingsOf(file, text);
  if (runs) return [{ file, bytes, tool: eigenthings, probes: quadraturesOf(file, asPyHessian(runs)) }];
  return [{ file, bytes, tool: pyHessian, probes: quadraturesOf(file, text) }];
}

function fromArchive(file: string, bytes: Buffer, parseArray: ParseArray): MeasuredFile {
  const arrays = unpacked(file, bytes, parseArray);
  const [values, vectors] = [arrays.get('evals'), arrays.get('evecs')];
  if (values && vectors) return { file, bytes, tool: curvlinops, probes: curvlinopsOf(file, values, vectors) };
  const probes = [...arrays].flatMap(([name, array]) => tridiagonalsOf(`${file}[${name}]`, array));
  return { file, bytes, tool: spectralDensity, probes };
}

/** The arrays of an archive by their names, in the order of these. */
function unpacked(file: string, bytes: Buffer, parseArray: ParseArray): ReadonlyMap<string, NumericArray> {
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
  return new Map(
    names.map((name) => {
      const short = name.replace(/\.npy$/, '');
      return [short, parseArray(`${file}[${short}]`, Buffer.from(entries[name] ?? []))];
    }),
  );
}
