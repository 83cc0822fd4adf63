/** Identifies examples by their content. */
import { createHash } from 'node:crypto';

export interface ExampleBytes {
  readonly inputs: ArrayBufferView;
  readonly labels: ArrayBufferView;
}

/** SHA-256 of inputs and labels in their order, as hexadecimal digits. */
export function fingerprint({ inputs, labels }: ExampleBytes): string {
  const bytes = (view: ArrayBufferView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  return createHash('sha256').update(bytes(inputs)).update(bytes(labels)).digest('hex');
}
