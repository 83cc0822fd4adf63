/** What the engine asks of its worker thread. */
import type { Precision } from '@ritz/lanczos';
import type { Tensors } from '../Engine.ts';
import type { FlatRun } from '../FlatPass.ts';

export type Provider = 'cpu' | 'webgpu' | 'cuda';

export interface WorkerSettings {
  readonly provider: Provider;
  readonly precision: Precision;
  readonly threads: number;
  /** Traces are written to files of which this is the first part of the path. */
  readonly profile?: string;
}

export type Request =
  /** `residuals`: outputs that only `run` with `into` asks for; they need not leave the device. */
  | { readonly kind: 'compile'; readonly model: Uint8Array; readonly residuals: readonly string[] }
  | { readonly kind: 'bind'; readonly program: number; readonly feeds: Tensors }
  | { readonly kind: 'run'; readonly program: number; readonly feeds: Tensors; readonly into?: number }
  | { readonly kind: 'runFlat'; readonly program: number; readonly run: FlatRun }
  /** Runs a model once, untraced, and forgets it. */
  | { readonly kind: 'try'; readonly model: Uint8Array; readonly feeds: Tensors }
  | { readonly kind: 'share'; readonly program: number }
  | { readonly kind: 'release'; readonly program: number };

/** `compile` and `share` answer with the program's number, `run` and `try` with outputs, the others with nothing. */
export type Answer = { readonly program: number } | { readonly outputs: Tensors } | null;
