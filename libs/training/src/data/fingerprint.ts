/** Identifies examples by their content. */
import { createHash } from 'node:crypto';

export interface ExampleBytes {
  readonly inputs: ArrayBufferView;
  readonly labels: ArrayBufferView;
  /** Inputs beside the first, in their order. */
  readonly others?: readonly ArrayBufferView[];
}

/** SHA-256 of inputs, labels and other inputs in their order, as hexadecimal digits. */
export function fingerprint({ inputs, labels, others = [] }: ExampleBytes): string {
  const bytes = (view: ArrayBufferView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const hash = createHash('sha256').update(bytes(inputs)).update(bytes(labels));
  for (const other of others) hash.update(bytes(other));
  return hash.digest('hex');
}
