/** Identifies examples by their content. */
import { createHash } from 'node:crypto';
import type { Examples } from './DataSet.ts';

/** SHA-256 of inputs and labels in their order, as hexadecimal digits. */
export function fingerprint({ inputs, labels }: Examples): string {
  const bytes = (view: ArrayBufferView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  return createHash('sha256').update(bytes(inputs)).update(bytes(labels)).digest('hex');
}
