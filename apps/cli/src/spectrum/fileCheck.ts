/** Compares the loss and the gradient that a file states for some examples with the measured ones. */
import { createHash } from 'node:crypto';
import type { Curvature, Engine, NetworkMetadata } from '@ritz/estimation';
import { CliError } from '../terminal/cliError.ts';

export type FileCheck = NonNullable<NetworkMetadata['check']>;

/** Returns the SHA-256 of all elements as little-endian float64, so that it does not depend on the stored type. */
export function digestOf(arrays: readonly ArrayLike<number>[]): string {
  const hash = createHash('sha256');
  for (const array of arrays) hash.update(new Uint8Array(Float64Array.from(array).buffer));
  return hash.digest('hex');
}

/** Relative tolerance, absolute for numbers below 1e-3; rounding alone stays far below it. */
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
      `${model}: expected a ${what} of ${expected}, as PyTorch computes on these examples, got ${measured}. The file does not compute ` +
        'the network that it was exported from. Export it again with the other exporter.',
    );
  }
}
