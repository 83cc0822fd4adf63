/** A network with its examples and its loss, checked against each other. */
import type { Loss, Shape, TrainedModel } from '@ritz/estimation';
import type { NetworkBatchNormMode } from '@ritz/records';
import type { NpyArray } from '@ritz/training';
import type { FileCheck } from './fileCheck.ts';
import type { LossName } from './lossOptions.ts';

export interface LoadedProblem {
  readonly trained: TrainedModel;
  readonly loss: Loss;
  /** The model as the user named it. */
  readonly lossName: LossName;
  readonly examples: number;
  readonly inputs: NpyArray['data'];
  /** Values of the model's other inputs, by name. */
  readonly otherInputs: Readonly<Record<string, NpyArray['data']>>;
  readonly targets: Float64Array | Int32Array;
  /** Shape of the outputs: [N, ...], or [] for a model that returns one number. */
  readonly outputs: Shape;
  readonly batchNorm: NetworkBatchNormMode | null;
  /** What the file states for these examples and this loss; null where it states nothing. */
  readonly check: FileCheck | null;
  /** Warnings about the loss. */
  readonly warnings: readonly string[];
}
