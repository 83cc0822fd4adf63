/** Reads arrays from a .npy file, an .npz archive, or a folder of .npy files. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { sizeOf } from '@ritz/estimation';
import { parseNpy, readNpy, type NpyArray } from '@ritz/training';
import { unzipSync } from 'fflate';
import { CliError } from '../terminal/cliError.ts';

/**
 * `x.npy`, `data.npz` that holds one array, `data.npz:name`, or a folder whose .npy files are put one after the other, in the order of
 * their names (2 before 10). Files of a folder hold several examples each, or one where they have one axis less than the others would:
 * `rank` is the number of axes of the whole, where it is known. Throws a CliError or TrainingError that names the file.
 */
export async function readArray(source: string, rank?: number): Promise<NpyArray> {
  const archive = /^(.*\.npz)(?::(.+))?$/i.exec(source);
  if (archive) return fromArchive(archive[1] ?? '', archive[2]);
  const isFolder = await fs.stat(source).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? fromFolder(source, rank) : readNpy(source);
}

async function fromArchive(file: string, name: string | undefined): Promise<NpyArray> {
  const bytes = await fs.readFile(file).catch((cause: unknown) => {
    throw new CliError(`${file} cannot be read: no such file, or permission denied.`, { cause });
  });
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(bytes, { filter: (entry) => entry.name.endsWith('.npy') });
  } catch (cause) {
    throw new CliError(`${file} is not a valid .npz archive. Save it with numpy.savez(file, x=array).`, { cause });
  }
  const names = Object.keys(entries).map((entry) => entry.replace(/\.npy$/, ''));
  const known = names.map((each) => `${file}:${each}`).join(', ') || 'none';
  const chosen = name ?? (names.length === 1 ? names[0] : undefined);
  if (chosen === undefined) throw new CliError(`${file}: expected one array, got ${names.length}. Name one: ${known}.`);
  const entry = entries[`${chosen}.npy`];
  if (!entry) throw new CliError(`${file}: expected the name of one of its arrays (${known}), got "${chosen}".`);
  return parseNpy(`${file}:${chosen}`, Buffer.from(entry));
}

async function fromFolder(folder: string, rank: number | undefined): Promise<NpyArray> {
  const names = (await fs.readdir(folder)).filter((name) => name.endsWith('.npy'));
  names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const parts: { readonly file: string; readonly array: NpyArray }[] = [];
  for (const name of names) {
    const file = path.join(folder, name);
    parts.push({ file, array: await readNpy(file) });
  }
  const [first] = parts;
  if (!first) throw new CliError(`${folder}: expected .npy files in this folder, got none.`);
  const axes = first.array.shape.length;
  const areExamples = axes === 0 || axes + 1 === rank;
  const each = areExamples ? first.array.shape : first.array.shape.slice(1);
  let rows = 0;
  for (const { file, array } of parts) {
    const own = areExamples ? array.shape : array.shape.slice(1);
    if (array.shape.length !== axes || own.join() !== each.join() || array.type !== first.array.type) {
      const given = `${array.type} [${array.shape.join(', ')}]`;
      const wanted = `${first.array.type} [${first.array.shape.join(', ')}]`;
      throw new CliError(`${file}: expected the type and the shape of ${first.file}, ${wanted}; got ${given}.`);
    }
    rows += areExamples ? 1 : (array.shape[0] ?? 0);
  }
  const data = new Float64Array(rows * sizeOf(each));
  let offset = 0;
  for (const { array } of parts) {
    data.set(array.data, offset);
    offset += array.data.length;
  }
  return { shape: [rows, ...each], type: first.array.type, data };
}
