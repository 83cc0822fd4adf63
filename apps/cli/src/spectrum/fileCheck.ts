/** The loss and the gradient that a file says its network has of some examples, compared with what is measured of them. */
import { createHash } from 'node:crypto';
import type { Curvature, Engine, NetworkMetadata } from '@ritz/estimation';
import { CliError } from '../terminal/cliError.ts';

export type FileCheck = NonNullable<NetworkMetadata['check']>;

/** SHA-256 of all elements as float64, little-endian: the same whatever type an array is stored in. */
export function digestOf(arrays: readonly ArrayLike<number>[]): string {
  const hash = createHash('sha256');
  for (const array of arrays) hash.update(new Uint8Array(Float64Array.from(array).buffer));
  return hash.digest('hex');
}

/** Relative, and in numbers of the size 1e-3 absolute: rounding alone stays far below. */
const tolerances = { float32: 1e-3, float64: 1e-6 } as const;
const negligible = 1e-3;

/** Throws a CliError where the file does not compute the network that it was exported from. */
export async function requireChecked(
  model: string,
  check: FileCheck,
  curvature: Curvature,
  { precision }: Engine,
): Promise<void> {
  const tolerance = check.precision === 'float64' ? tolerances[precision] : tolerances.float32;
  const gradient = await curvature.gradient();
  const norm = Math.sqrt(gradient.reduce((sum, value) => sum + value * value, 0));
  compare('loss', await curvature.loss(), check.loss);
  compare('norm of the gradient', norm, check.gradientNorm);

  function compare(what: string, measured: number, expected: number): void {
    if (Math.abs(measured - expected) <= tolerance * Math.max(Math.abs(expected), negligible)) return;
    throw new CliError(
      `${model}: expected a ${what} of ${expected}, which PyTorch has of these examples, got ${measured}. The file does not compute ` +
        'the network that it was exported from: export it again, with the other exporter.',
    );
  }
}
