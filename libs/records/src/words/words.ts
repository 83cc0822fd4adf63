/**
 * The closed choices of a record, each listed once and spelled one way: in files, in the database, in configs and as options of
 * the command. GraphQL and Python spell the same words as constants (`constantOf`). Those with a name are in `namedWords.ts`.
 */

/** The units that the parameters of a model fall into by themselves. */
export const blockUnits = ['layers', 'tensors'] as const;
export type BlockUnit = (typeof blockUnits)[number];

/** The statistics that batch normalisation uses: none at all, of each mini-batch, of the whole data, or running averages. */
export const batchNormModes = ['none', 'minibatch', 'population', 'running'] as const;
export type BatchNormMode = (typeof batchNormModes)[number];

/**
 * What the layers of a network normalise by: nothing, the statistics of a batch (`batchNorm` says which), groups of channels, the
 * features of each example or token, or their own weights.
 */
export const normalisations = ['none', 'batch', 'group', 'layer', 'weight-standardisation'] as const;
export type Normalisation = (typeof normalisations)[number];

/** The statistics that a network can be trained with. */
export const trainingBatchNormModes = ['none', 'minibatch', 'population'] as const satisfies readonly BatchNormMode[];
export type TrainingBatchNormMode = (typeof trainingBatchNormModes)[number];

/** Whether Lanczos vectors are kept orthogonal against the whole basis. */
export const reorthogonalisations = ['full', 'none'] as const;
export type Reorthogonalisation = (typeof reorthogonalisations)[number];

/** How the losses of the examples are combined. */
export const lossReductions = ['mean', 'sum'] as const;
export type LossReduction = (typeof lossReductions)[number];

/** The gradient of the loss over all examples of a measurement, or over a training mini-batch. */
export const gradientKinds = ['full-batch', 'mini-batch'] as const;
export type GradientKind = (typeof gradientKinds)[number];

/** The shape of a learning-rate schedule. */
export const scheduleKinds = ['constant', 'step', 'cosine', 'warmup-cosine', 'one-cycle', 'piecewise'] as const;
export type ScheduleKind = (typeof scheduleKinds)[number];

/** The update rule of the training. */
export const optimiserKinds = ['sgd', 'adam', 'adamw', 'rmsprop', 'adagrad', 'sam'] as const;
export type OptimiserKind = (typeof optimiserKinds)[number];

export const runStatuses = ['running', 'finished', 'failed', 'interrupted'] as const;
export type RunStatus = (typeof runStatuses)[number];

/** How a run can end. */
export const runEndings = ['finished', 'failed', 'interrupted'] as const satisfies readonly RunStatus[];
export type RunEnding = (typeof runEndings)[number];

export const jobStatuses = ['queued', 'running', 'finished', 'failed', 'cancelled'] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** What the holder of an access token may do; each includes the ones before it. */
export const tokenScopes = ['read', 'write', 'admin'] as const;
export type TokenScope = (typeof tokenScopes)[number];

/** The engines that a spectrum can be measured with. */
export const engineNames = [
  'onnx-cpu',
  'onnx-webgpu',
  'onnx-cuda',
  'tfjs-node-gpu',
  'tfjs-node',
  'tfjs-webgpu',
  'tfjs-wasm',
] as const;
export type EngineName = (typeof engineNames)[number];

/** The losses that a network trained elsewhere can be measured with. */
export const networkLosses = ['cross-entropy', 'binary-cross-entropy', 'mean-squared-error'] as const;
export type NetworkLoss = (typeof networkLosses)[number];

/** The statistics that a network trained elsewhere can normalise by: the averages in its file, or those of the examples. */
export const networkBatchNormModes = ['running', 'minibatch'] as const satisfies readonly BatchNormMode[];
export type NetworkBatchNormMode = (typeof networkBatchNormModes)[number];
