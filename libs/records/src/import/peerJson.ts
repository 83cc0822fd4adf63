/**
 * Ritz values and weights in the JSON of tools other than PyHessian:
 *
 * - pytorch-hessian-eigenthings 1: the fields of a `SpectralDensityResult`, of which `raw_eigenvalues` and `raw_weights` are [k][m],
 *   with NaN and 0 where a start vector took fewer steps;
 * - the scripts for block-wise spectra of Zhang et al. (arXiv 2402.16788): `values_full.json` = {"values": [k][m]} or
 *   `values_layer.json` = {"<parameter>": [k][m], …}, with `weights_full.json` or `weights_layer.json` beside it.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { RecordError } from '../RecordError.ts';

const lists = z.array(z.array(z.number().nullable()));
const eigenthings = z.looseObject({ raw_eigenvalues: lists, raw_weights: lists });
const curve = z.looseObject({ grid: z.array(z.unknown()), density: z.array(z.unknown()) });
const full = z.object({ values: lists });
const layers = z.record(z.string(), lists);
const sizes = z.record(z.string(), z.int().min(1));

/** Null where the text is not of that tool. @throws RecordError UNREADABLE for a smoothed curve without the values behind it. */
export function eigenthingsOf(file: string, text: string): readonly (readonly [unknown, unknown])[] | null {
  const value = parsed(text);
  const found = eigenthings.safeParse(value);
  if (found.success) return paired(file, found.data.raw_eigenvalues, found.data.raw_weights);
  if (!curve.safeParse(value).success) return null;
  throw new RecordError(
    'UNREADABLE',
    `${file}: expected Ritz values and their weights, got a smoothed density on a grid, from which eigenvalues cannot be recovered. ` +
      'Save the eigenvalues and weights of the tridiagonals as {"eigenvalues": …, "weights": …}.',
  );
}

export interface Block {
  readonly name: string;
  /** Of the block; null for the whole. */
  readonly parameters: number | null;
  readonly probes: readonly (readonly [unknown, unknown])[];
}

/** Null where the name is not one of that tool's. @throws RecordError UNREADABLE where a file beside it is missing or does not fit. */
export async function blockwiseOf(file: string, text: string): Promise<readonly Block[] | null> {
  const kind = /^values_(full|layer)\.json$/.exec(path.basename(file))?.[1];
  if (kind === undefined) return null;
  const beside = (name: string): Promise<unknown> => readBeside(path.join(path.dirname(file), name), file);
  const weightsFile = `weights_${kind}.json`;
  const weights = await beside(weightsFile);
  if (kind === 'full') {
    const values = full.safeParse(parsed(text));
    const shares = z.object({ weights: lists }).safeParse(weights);
    if (!values.success || !shares.success) throw misshapen(file, '{"values": …} and {"weights": …}');
    return [{ name: 'all', parameters: null, probes: paired(file, values.data.values, shares.data.weights) }];
  }
  const values = layers.safeParse(parsed(text));
  const shares = layers.safeParse(weights);
  const known = sizes.safeParse(await beside('sizes_layer.json'));
  if (!values.success || !shares.success || !known.success) throw misshapen(file, 'one entry for each parameter');
  return Object.entries(values.data).map(([name, list]) => {
    const parameters = known.data[name];
    const share = shares.data[name];
    if (parameters === undefined || share === undefined) throw misshapen(file, `weights and a size of ${name}`);
    return { name, parameters, probes: paired(`${file}, ${name}`, list, share) };
  });
}

async function readBeside(file: string, of: string): Promise<unknown> {
  try {
    return parsed(await readFile(file, 'utf8'));
  } catch (cause) {
    const sizesAdvice = file.endsWith('sizes_layer.json')
      ? ' It says how many numbers each parameter has: json.dump({n: p.numel() for n, p in model.named_parameters()}, file).'
      : '';
    throw new RecordError('UNREADABLE', `${of}: expected ${path.basename(file)} beside it.${sizesAdvice}`, { cause });
  }
}

/** NaN, which Python writes and JSON has not, as null. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replaceAll(/\bNaN\b/g, 'null'));
  } catch {
    return undefined;
  }
}

/** Start vector by start vector, without the padding. */
function paired(
  file: string,
  values: z.infer<typeof lists>,
  weights: z.infer<typeof lists>,
): (readonly [unknown, unknown])[] {
  if (values.length !== weights.length) throw misshapen(file, 'as many lists of weights as of eigenvalues');
  return values.map((list, probe): readonly [unknown, unknown] => {
    const shares = weights[probe] ?? [];
    const kept = list.flatMap((value, at) => (value === null && shares[at] === 0 ? [] : [at]));
    return [kept.map((at) => list[at]), [...kept.map((at) => shares[at]), ...shares.slice(list.length)]];
  });
}

function misshapen(file: string, what: string): RecordError {
  return new RecordError('UNREADABLE', `${file}: expected ${what}. Save the file as the tool writes it.`);
}

/** Lists of numbers as `quadraturesOf` reads them. */
export function asPyHessian(probes: readonly (readonly [unknown, unknown])[]): string {
  return JSON.stringify([probes.map(([values]) => values), probes.map(([, weights]) => weights)]);
}
