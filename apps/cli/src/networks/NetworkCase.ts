/** Networks as people export them, with what float64 double backward gives for them: tools/fixtures/networks. */
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import type { LossName } from '../spectrum/lossOptions.ts';

export interface NetworkCase {
  readonly case: string;
  /** A letter of the list in the fixtures' README. */
  readonly kind: string;
  readonly loss: LossName;
  /** n; null where the file must be refused. */
  readonly parameters: number | null;
  readonly expected: ExpectedNumbers;
  /** Whether the expected eigenvalues are those of the whole matrix; else Lanczos found the extremes. */
  readonly dense: boolean;
}

/** Unknown numbers are left out. */
export interface ExpectedNumbers {
  readonly loss?: number;
  readonly gradientNorm?: number;
  /** Descending. */
  readonly top?: readonly number[];
  /** Ascending. */
  readonly bottom?: readonly number[];
  readonly trace?: number;
  readonly frobenius?: number;
}

const folder = fileURLToPath(new URL('../../../../tools/fixtures/networks/', import.meta.url));

export function networkNames(): string[] {
  return fs.readdirSync(folder).filter((name) => fs.existsSync(path.join(folder, name, 'case.json')));
}

export function networkFile(name: string, file: string): string {
  return path.join(folder, name, file);
}

export function readNetworkCase(name: string): NetworkCase {
  const stored = JSON.parse(fs.readFileSync(networkFile(name, 'case.json'), 'utf8')) as NetworkCase;
  return stored.kind === 'O' ? { ...stored, loss: 'output' } : stored;
}
