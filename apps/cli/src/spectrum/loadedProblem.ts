/** A network with its examples and its loss, checked against each other. */
import type { Loss, Shape, TrainedModel } from '@ritz/estimation';
import type { NetworkBatchNormMode } from '@ritz/records';
import type { NpyArray } from '@ritz/training';
import type { FileCheck } from './fileCheck.ts';
import type { LossName } from './lossOptions.ts';

export interface LoadedProblem {
  readonly trained: TrainedModel;
  readonly loss: Loss;
  /** As the user calls it. */
  readonly lossName: LossName;
  readonly examples: number;
  readonly inputs: NpyArray['data'];
  /** Of the model's other inputs, by name. */
  readonly otherInputs: Readonly<Record<string, NpyArray['data']>>;
  readonly targets: Float64Array | Int32Array;
  /** [N, ...], or [] of a model that gives one number. */
  readonly outputs: Shape;
  readonly batchNorm: NetworkBatchNormMode | null;
  /** What the file says of these examples and this loss; null where it says nothing. */
  readonly check: FileCheck | null;
  /** About the loss, for people. */
  readonly warnings: readonly string[];
}
