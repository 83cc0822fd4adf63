/** Refuses a precision that is none, as a caller without types may give. */
import { unknownChoice } from '@ritz/spectra';
import { LanczosError } from '../error/LanczosError.ts';
import { bytesPerNumber, type Precision } from './precision.ts';

/** Throws a LanczosError (BAD_OPTION) that names the known precisions. */
export function checkPrecision(precision: Precision): void {
  if (Object.hasOwn(bytesPerNumber, precision)) return;
  throw new LanczosError('BAD_OPTION', unknownChoice('precision', Object.keys(bytesPerNumber), precision));
}
