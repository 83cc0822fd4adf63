/** Generated from schema.graphql and src/operations by `npm run generate`. Do not edit. */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** How points of two trainings are matched. */
export type Alignment =
  /** The same number of passes over the training data, linear between logged steps. */
  | 'EPOCH'
  /** The same training loss, linear between logged steps. */
  | 'LOSS'
  /** The same share of the same phase of the learning-rate schedule, phases counted from 0: 1.5 is the middle of the second. A STEP schedule has a phase before each drop and one after the last; WARMUP_COSINE and ONE_CYCLE have the warm-up and the decay; PIECEWISE has one between each two of its steps; the others have one phase. */
  | 'LR_PHASE'
  /** The same share of the training that was planned, 0 to 1. */
  | 'PROGRESS'
  /** The same number of optimiser steps. */
  | 'STEP';

/** Which statistics batch normalisation used. */
export type BatchNormMode =
  /** Mean and variance of each mini-batch. */
  | 'MINIBATCH'
  /** The network has no batch normalisation. */
  | 'NONE'
  /** Mean and variance of the whole data. */
  | 'POPULATION'
  /** Running averages, as at inference. */
  | 'RUNNING';

/** How much of a Ritz vector is in a group of parameters. */
export type BlockMassInput = {
  /** Name of the group of parameters. */
  readonly block: string;
  /** Sum of u_i^2 over its entries, 0 to 1. */
  readonly mass: number;
};

/** A block of parameters by the patterns of their names. */
export type BlockPatternsInput = {
  /** Name of the block. */
  readonly name: string;
  /** Patterns of names of parameters, such as "*.attn.*", at least one. */
  readonly patterns: ReadonlyArray<string>;
};

/** Blocks of the parameters: either `each`, or `named`. */
export type BlockSelectionInput = {
  /** A block for each of these. */
  readonly each?: BlockUnit | null | undefined;
  /** Blocks by their names; they share no parameter. */
  readonly named?: ReadonlyArray<BlockPatternsInput> | null | undefined;
};

/** The units that the parameters of a model fall into. */
export type BlockUnit =
  /** The parameters that share their name up to its last dot. */
  | 'LAYERS'
  /** Every parameter alone. */
  | 'TENSORS';

/** Which job. */
export type CancelSpectrumJobInput = {
  /** Id of the job. */
  readonly id: string;
};

/** How much a difference between two measurements matters. */
export type ComparabilitySeverity =
  /** They can be compared, but the difference affects the result. */
  | 'CAUTION'
  /** The eigenvalues are of different matrices. */
  | 'INCOMPARABLE';

/** A condition on one free-form setting. At least one of `is`, `equals`, `atLeast`, `atMost` and `exists` is needed. */
export type ConfigFilter = {
  /** The setting is a number of at least this. */
  readonly atLeast?: number | null | undefined;
  /** The setting is a number of at most this. */
  readonly atMost?: number | null | undefined;
  /** The setting as text, whatever its type: a number or boolean as JSON writes it. */
  readonly equals?: string | null | undefined;
  /** Whether the run has the setting at all. */
  readonly exists?: boolean | null | undefined;
  /** The setting with its type: the text "1" is not the number 1. */
  readonly is?: SettingValueInput | null | undefined;
  /** Names from the outside in, joined by dots: "optimiser.beta2". */
  readonly path: string;
};

/** A tensor of the network that was held fixed. */
export type ConstantTensorInput = {
  /** Its name in the model. */
  readonly name: string;
  /** Why it was held fixed. */
  readonly reason: string;
  /** Its lengths. */
  readonly shape: ReadonlyArray<number>;
};

/** The project to create. */
export type CreateProjectInput = {
  /** Unique among projects; at most 500 characters. */
  readonly name: string;
};

/** The report to create. */
export type CreateReportInput = {
  /** Markdown; a fenced block in the language `figure` is a figure of a run. */
  readonly markdown: string;
  /** Name of its project, created if there is none; "default" unless given. */
  readonly project?: string | null | undefined;
  /** At most 500 characters. */
  readonly title: string;
};

/** A run to store. What differs between two runs belongs here, so that it can be compared later. */
export type CreateRunInput = {
  /** The network, such as "mlp-784-20-10" or "resnet-32". */
  readonly architecture: string;
  /** Statistics that batch normalisation trains with. */
  readonly batchNorm?: BatchNormMode | null | undefined;
  /** Classes of a classification task, at least 1; K in lambdaMax / lambdaK. */
  readonly classes?: number | null | undefined;
  /** Free-form settings by path, such as those that the fields above have no place for; at most 1000. */
  readonly config?: ReadonlyArray<SettingInput> | null | undefined;
  /** The training data, such as "mnist". */
  readonly dataset: string;
  /** What it is trained with, such as "onnx-cpu". */
  readonly engine?: string | null | undefined;
  /** Name of its experiment inside the project, which is created if it is new. */
  readonly experiment?: string | null | undefined;
  /** Revision of the training code. */
  readonly gitRevision?: string | null | undefined;
  /** UUID made by the client. Sending the same run again changes nothing. */
  readonly id: string;
  /** What people call it; need not be unique. */
  readonly name: string;
  /** What the layers of the network normalise by. */
  readonly normalisation?: Normalisation | null | undefined;
  /** Free text about the run. */
  readonly notes?: string | null | undefined;
  /** The optimiser with its settings: "sgd(momentum=0.9)". */
  readonly optimiser: string;
  /** Trainable parameters of the network, at least 1. */
  readonly parameterCount?: number | null | undefined;
  /** Of a fork: UUID of the run that it branches from; requires `parentStep`. */
  readonly parentId?: string | null | undefined;
  /** Of a fork: the last step that it shares with its parent, at least 0. */
  readonly parentStep?: number | null | undefined;
  /** Optimiser steps planned, at least 0. */
  readonly plannedSteps?: number | null | undefined;
  /** Name of its project, which is created if it is new. */
  readonly project?: string | null | undefined;
  /** Whether the network has residual connections. */
  readonly residual?: boolean | null | undefined;
  /** Learning rate over the steps. */
  readonly schedule: ScheduleInput;
  /** Seed of the initial parameters and the data order. */
  readonly seed: number;
  /** Labels, at most 100. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
};

/** The token to make. */
export type CreateTokenInput = {
  /** Its purpose, such as the name of a user or a machine. */
  readonly name: string;
  /** Name of the one project it is for, which is created if it is new; null = every project. */
  readonly project?: string | null | undefined;
  /** What its holder may do. */
  readonly scope: TokenScope;
};

/** The symmetric matrix whose spectrum was measured. */
export type CurvatureOperator =
  /** Empirical Fisher: the mean of the outer products of the examples' gradients. */
  | 'FISHER'
  /** Gauss–Newton: G, the generalised Gauss-Newton matrix J^T H_L J, positive semi-definite for a convex loss. */
  | 'GGN'
  /** Gradient covariance: the covariance of the gradients of the mini-batches. */
  | 'GRADIENT_COVARIANCE'
  /** Hessian: H, the second derivatives of the loss with respect to the parameters. */
  | 'HESSIAN'
  /** Residual H − G: the Hessian minus the Gauss-Newton matrix, which is the curvature of the network weighted by the errors. */
  | 'RESIDUAL';

/** The report to delete. */
export type DeleteReportInput = {
  /** UUID of the report. */
  readonly id: string;
};

/** The run to delete. */
export type DeleteRunInput = {
  /** UUID of the run. */
  readonly id: string;
};

/** The view to delete. */
export type DeleteViewInput = {
  /** UUID of the view. */
  readonly id: string;
};

/** The change of a report; what is not given stays. */
export type EditReportInput = {
  /** UUID of the report. */
  readonly id: string;
  /** Markdown; a fenced block in the language `figure` is a figure of a run. */
  readonly markdown?: string | null | undefined;
  /** That of the report as it was read. */
  readonly revision: number;
  /** At most 500 characters. */
  readonly title?: string | null | undefined;
};

/** The engine that computes matrix-vector products. */
export type EngineName =
  /** ONNX Runtime on the processor: everywhere, in both precisions. */
  | 'ONNX_CPU'
  /** ONNX Runtime on an NVIDIA GPU through CUDA. */
  | 'ONNX_CUDA'
  /** ONNX Runtime on a GPU through WebGPU. */
  | 'ONNX_WEBGPU'
  /** TensorFlow on the processor. */
  | 'TFJS_NODE'
  /** TensorFlow on an NVIDIA GPU. */
  | 'TFJS_NODE_GPU'
  /** TensorFlow.js in WebAssembly. */
  | 'TFJS_WASM'
  /** TensorFlow.js on a GPU through WebGPU. */
  | 'TFJS_WEBGPU';

/** How a run ended. */
export type FinishRunInput = {
  /** UUID of the run. */
  readonly id: string;
  /** FINISHED, FAILED or INTERRUPTED. An interrupted run may finish or fail later. */
  readonly status?: RunStatus | null | undefined;
};

/** The Lanczos tridiagonal started at g / |g|. */
export type GradientEnergyInput = {
  /** Diagonal of the Lanczos tridiagonal started at g / |g|, m numbers. */
  readonly alpha: ReadonlyArray<number>;
  /** Its off-diagonal, m or m - 1 numbers, as of a probe. */
  readonly beta: ReadonlyArray<number>;
  /** Which gradient g. */
  readonly gradient?: GradientKind | null | undefined;
  /** Euclidean norm of g, at least 0. */
  readonly gradientNorm?: number | null | undefined;
};

/** Which gradient an overlap was measured for; the two differ. */
export type GradientKind =
  /** Gradient of the loss over all the data of the measurement. */
  | 'FULL_BATCH'
  /** Gradient over one training mini-batch, averaged over mini-batches. */
  | 'MINI_BATCH';

/** The share of the gradient’s energy in the span of the K leading Ritz vectors. */
export type GradientOverlapInput = {
  /** |P_K g|^2 / |g|^2, 0 to 1. */
  readonly fraction: number;
  /** Which gradient g. */
  readonly gradient?: GradientKind | null | undefined;
  /** K, the number of leading Ritz vectors. */
  readonly k: number;
};

/** Where the density is computed: evenly spaced points. */
export type GridInput = {
  /** Last point, greater than `min`; wide enough for every kernel unless given. */
  readonly max?: number | null | undefined;
  /** First point, in units of the eigenvalues; wide enough for every kernel unless given. */
  readonly min?: number | null | undefined;
  /** Number of points, 2 to 10000. */
  readonly points?: number | null | undefined;
};

/** Status of a requested spectrum, or of a part of it. */
export type JobStatus =
  /** Cancelled by a person. */
  | 'CANCELLED'
  /** Failed for good: after several attempts, or because another attempt would fail the same way. */
  | 'FAILED'
  /** Measured; for a job, its spectrum is recorded. */
  | 'FINISHED'
  /** Waiting for a worker. */
  | 'QUEUED'
  /** A worker is measuring it. */
  | 'RUNNING';

/** The kernel that a density is smoothed with, by its standard deviation. */
export type KernelName =
  /** A parabola that is 0 beyond sqrt(5) sigma: no tails on a logarithmic axis (Epanechnikov 1969). */
  | 'EPANECHNIKOV'
  /** A normal distribution, as in the literature. */
  | 'GAUSSIAN';

/** Steps of one run, in any order. */
export type LogStepsInput = {
  /** UUID of the run. */
  readonly runId: string;
  /** The steps, at most 5000. */
  readonly steps: ReadonlyArray<StepInput>;
};

/** How the losses of the examples were combined; it scales every eigenvalue. */
export type LossReduction =
  /** Mean over the examples. */
  | 'MEAN'
  /** Sum over the examples. */
  | 'SUM';

/** A moment of the training: the measured step nearest to it is taken, the earlier of two. */
export type NearInput = {
  /** The axis. */
  readonly alignment: Alignment;
  /** The moment on that axis: a step, a share, an epoch, a loss, a phase. */
  readonly position: number;
  /** How far from it a step may lie, at least 0; any distance unless given. */
  readonly tolerance?: number | null | undefined;
};

/** Statistics that a network from elsewhere normalises by. */
export type NetworkBatchNorm =
  /** Those of the examples. */
  | 'MINIBATCH'
  /** The averages in the file. */
  | 'RUNNING';

/** The loss that a network from elsewhere is measured with, as a mean over the examples. */
export type NetworkLoss =
  /** Sigmoid cross-entropy of numbers from 0 to 1. */
  | 'BINARY_CROSS_ENTROPY'
  /** Softmax cross-entropy of class indices or of probabilities. */
  | 'CROSS_ENTROPY'
  /** Mean squared error. */
  | 'MEAN_SQUARED_ERROR';

/** What the layers of a network normalise by. */
export type Normalisation =
  /** Statistics of batches; `batchNorm` says which. */
  | 'BATCH'
  /** Statistics of groups of channels of each example (group and instance normalisation). */
  | 'GROUP'
  /** Statistics of the features of each example or token (layer and RMS normalisation). */
  | 'LAYER'
  /** Nothing. */
  | 'NONE'
  /** Statistics of the weights of each unit. */
  | 'WEIGHT_STANDARDISATION';

/** A tensor of the network that the operator acts on. */
export type ParameterTensorInput = {
  /** How many of its entries are parameters. */
  readonly count: number;
  /** Its name in the model. */
  readonly name: string;
  /** Its lengths. */
  readonly shape: ReadonlyArray<number>;
};

/** Arithmetic of the matrix-vector products. Lanczos itself accumulates in 64 bits. */
export type Precision =
  /** 32 bits: IEEE 754 single precision. */
  | 'FLOAT32'
  /** 64 bits: IEEE 754 double precision. */
  | 'FLOAT64';

/** P, where the spectrum is that of P^(-1/2) A P^(-1/2) for an operator A. */
export type Preconditioner =
  /** Adagrad: the diagonal that Adagrad divides its steps by. */
  | 'ADAGRAD'
  /** Adam: the diagonal that Adam divides its steps by, the root of the corrected second moment plus epsilon. */
  | 'ADAM'
  /** custom: a diagonal that was given. */
  | 'CUSTOM'
  /** none: the operator itself. */
  | 'NONE'
  /** RMSprop: the diagonal that RMSprop divides its steps by. */
  | 'RMSPROP';

/** One probe: either `alpha` and `beta`, or `nodes` and `weights` where no tridiagonal was kept. */
export type ProbeInput = {
  /** Diagonal of the Lanczos tridiagonal, m ≥ 1 numbers. */
  readonly alpha?: ReadonlyArray<number> | null | undefined;
  /** Off-diagonal, m or m - 1 numbers: beta[j] couples j and j + 1; the m-th is the norm of the last residual. */
  readonly beta?: ReadonlyArray<number> | null | undefined;
  /** Position among the probes of the spectrum, from 0. */
  readonly index: number;
  /** Ritz values, at least one. */
  readonly nodes?: ReadonlyArray<number> | null | undefined;
  /** Seed that makes the start vector. */
  readonly seed: number;
  /** Quadrature weights, one for each of `nodes`: not negative, sum 1. */
  readonly weights?: ReadonlyArray<number> | null | undefined;
};

/** The distribution that random start vectors are drawn from. */
export type ProbeLaw =
  /** Rademacher: independent signs, divided by the square root of the dimension. */
  | 'RADEMACHER'
  /** uniform on the sphere: a normalised Gaussian vector. */
  | 'SPHERE';

/** How the Ritz values of the probes become one measure. */
export type QuadratureMethod =
  /** Stochastic Lanczos quadrature as it stands: the mean of the Gauss quadratures of the probes. */
  | 'PLAIN'
  /** Converged, isolated Ritz values get their exact weight, 1/n each; only the rest is estimated. */
  | 'VARIANCE_REDUCED';

/** One measured spectrum: where, of what, how, and what each probe gave. */
export type RecordSpectrumInput = {
  /** Statistics batch normalisation used. */
  readonly batchNorm?: BatchNormMode | null | undefined;
  /** Examples of a mini-batch, where the matrix depends on them: gradient covariance, batch norm over mini-batches; null = not recorded. */
  readonly batchSize?: number | null | undefined;
  /** "all", or the name of a group of parameters. */
  readonly block?: string | null | undefined;
  /** The tensors of the model that were held fixed; null = not recorded. */
  readonly constants?: ReadonlyArray<ConstantTensorInput> | null | undefined;
  /** Digest of those examples, in order. */
  readonly dataFingerprint: string;
  /** Examples the loss was taken over, at least 1. */
  readonly dataSize: number;
  /** What computed the products, such as "onnx-cpu". */
  readonly engine: string;
  /** Gradient energy spectra, at most one for each kind of gradient. */
  readonly gradientEnergy?: ReadonlyArray<GradientEnergyInput> | null | undefined;
  /** Gradient overlaps, each K and kind once. */
  readonly gradientOverlap?: ReadonlyArray<GradientOverlapInput> | null | undefined;
  /** Matrix-vector products that were computed. */
  readonly hvpCount: number;
  /** UUID made by the client. Sending the same spectrum again changes nothing. */
  readonly id: string;
  /** m, Lanczos steps per probe, 1 to 10000. A probe that met an invariant subspace may hold fewer. */
  readonly lanczosSteps: number;
  /** Mean or sum over the examples. */
  readonly lossReduction?: LossReduction | null | undefined;
  /** Which matrix. */
  readonly operator?: CurvatureOperator | null | undefined;
  /** n, the dimension of the operator, at least 1. */
  readonly parameterCount: number;
  /** The tensors that the operator acts on; null = not recorded. */
  readonly parameterTensors?: ReadonlyArray<ParameterTensorInput> | null | undefined;
  /** Arithmetic of the matrix-vector products. */
  readonly precision: Precision;
  /** P, where it is of P^(-1/2) A P^(-1/2) for the operator A. */
  readonly preconditioner?: Preconditioner | null | undefined;
  /** Distribution of the start vectors. */
  readonly probeLaw?: ProbeLaw | null | undefined;
  /** What each probe gave: 1 to 1000 of them. */
  readonly probes: ReadonlyArray<ProbeInput>;
  /** Whether the Lanczos vectors were kept orthogonal. */
  readonly reorthogonalisation?: Reorthogonalisation | null | undefined;
  /** Ritz vectors of the largest eigenvalues, each index once, at most 1000. */
  readonly ritzVectors?: ReadonlyArray<RitzVectorInput> | null | undefined;
  /** UUID of the run. */
  readonly runId: string;
  /** Wall time of the measurement, in seconds. */
  readonly seconds: number;
  /** Seed that the start vectors come from. */
  readonly seed: number;
  /** Overlaps with the spaces of other steps, each step and K once, at most 10000. */
  readonly spaceOverlaps?: ReadonlyArray<SpaceOverlapInput> | null | undefined;
  /** Step number; the step is created if nothing was logged there. */
  readonly step: number;
  /** What the reader of the results should know, such as the warnings of the model file. */
  readonly warnings?: ReadonlyArray<string> | null | undefined;
  /** Whether weight decay is part of the loss. */
  readonly weightDecayIncluded?: boolean | null | undefined;
};

/** Whether Lanczos vectors were kept orthogonal. */
export type Reorthogonalisation =
  /** Against the whole basis at every step. */
  | 'FULL'
  /** Not at all: ghost copies of converged eigenvalues appear, so outliers are miscounted. */
  | 'NONE';

/** The spectrum to measure. */
export type RequestSpectrumInput = {
  /** The blocks of the matrix, measured together and each recorded by its name, instead of the whole matrix. */
  readonly blocks?: BlockSelectionInput | null | undefined;
  /** What computes: a worker of this engine takes it. */
  readonly engine?: EngineName | null | undefined;
  /** Also how the energy of the gradient is spread over the eigenvalues: one more probe. */
  readonly gradientEnergy?: boolean | null | undefined;
  /** UUID made by the client; the spectrum is recorded under it. Asking again changes nothing. */
  readonly id: string;
  /** m, Lanczos steps of each probe, at most 10000. */
  readonly lanczosSteps?: number | null | undefined;
  /** With `model`: examples per run of the engine; by the size of the activations unless given. */
  readonly microBatch?: number | null | undefined;
  /** The matrix. */
  readonly operator?: CurvatureOperator | null | undefined;
  /** Of the products. */
  readonly precision?: Precision | null | undefined;
  /** Probes of each part, summing to `probes`; at most 4 in each unless given. The probes of a part go through the engine together: a process that is to have the same bits gives it as many at once. */
  readonly probeGroups?: ReadonlyArray<number> | null | undefined;
  /** Distribution of the start vectors. */
  readonly probeLaw?: ProbeLaw | null | undefined;
  /** k, random start vectors, at most 1000. */
  readonly probes?: number | null | undefined;
  /** UUID of the run it belongs to. */
  readonly runId: string;
  /** Seed of the start vectors. */
  readonly seed?: number | null | undefined;
  /** The network and its data. */
  readonly source: SpectrumSourceInput;
  /** Number of the optimiser step it is taken at. */
  readonly step: number;
  /** With `model`: vectors per run of the engine, at most; the size of the largest part unless given. */
  readonly vectorsPerPass?: number | null | undefined;
};

/** Which job. */
export type RetrySpectrumJobInput = {
  /** Id of the job. */
  readonly id: string;
};

/** The token to revoke. */
export type RevokeTokenInput = {
  /** UUID of the token. */
  readonly id: string;
};

/** Which run goes on from which step. */
export type RewindRunInput = {
  /** UUID made by the client, of what is superseded. Sending the same rewind again changes nothing. */
  readonly id: string;
  /** UUID of the run. */
  readonly runId: string;
  /** The last step that stays, at least 0. */
  readonly step: number;
};

/** A Ritz vector u of one of the largest eigenvalues, of unit length, in numbers. */
export type RitzVectorInput = {
  /** |P u|^2, 0 to 1, of the projection P on the span of the class means of the gradients (Papyan 2019); null = not recorded. */
  readonly classShare?: number | null | undefined;
  /** (u^T g)^2 / |g|^2 of the full-batch gradient g, 0 to 1; null = not recorded, or g is 0. */
  readonly gradientOverlap?: number | null | undefined;
  /** 0 for the largest Ritz value, 1 for the one below it, ... */
  readonly index: number;
  /** Inverse participation ratio, the sum of u_i^4: 1/n for a vector spread evenly over n parameters, 1 for a single one; null = not recorded. */
  readonly inverseParticipation?: number | null | undefined;
  /** Share of |u|^2 in the entries of each group of parameters; null = not recorded. */
  readonly massByBlock?: ReadonlyArray<BlockMassInput> | null | undefined;
  /** The same of the gradient of the next mini-batch; null = not recorded. */
  readonly miniBatchOverlap?: number | null | undefined;
  /** |A u - lambda u|: an eigenvalue lies within this distance of `value`; null = not recorded. */
  readonly residual?: number | null | undefined;
  /** The same of the next update of the optimiser; null = not recorded. */
  readonly updateOverlap?: number | null | undefined;
  /** Ritz value, in units of the eigenvalues. */
  readonly value: number;
};

/** Which runs: every condition given must hold. A list names the values allowed, so an empty one matches nothing. */
export type RunFilter = {
  /** Any of these. */
  readonly architecture?: ReadonlyArray<string> | null | undefined;
  /** Archived (true) or not (false). Default: both. */
  readonly archived?: boolean | null | undefined;
  /** Any of these. */
  readonly batchNorm?: ReadonlyArray<BatchNormMode> | null | undefined;
  /** All of these hold for its free-form settings. */
  readonly config?: ReadonlyArray<ConfigFilter> | null | undefined;
  /** Created before then. */
  readonly createdBefore?: string | null | undefined;
  /** Created then or later. */
  readonly createdFrom?: string | null | undefined;
  /** Any of these. */
  readonly dataset?: ReadonlyArray<string> | null | undefined;
  /** Name of the experiment. */
  readonly experiment?: string | null | undefined;
  /** UUIDs, at most 1000. */
  readonly ids?: ReadonlyArray<string> | null | undefined;
  /** All of these hold for what was logged at its steps, at most 10. */
  readonly measures?: ReadonlyArray<RunMeasureFilter> | null | undefined;
  /** Any of these. */
  readonly optimiser?: ReadonlyArray<string> | null | undefined;
  /** Forks of the run with this UUID; with `superseded`, what was superseded of it. */
  readonly parentId?: string | null | undefined;
  /** Name of the project. */
  readonly project?: string | null | undefined;
  /** With (true) or without (false) residual connections. */
  readonly residual?: boolean | null | undefined;
  /** Exactly this schedule. */
  readonly schedule?: ScheduleInput | null | undefined;
  /** Any of these. */
  readonly scheduleKind?: ReadonlyArray<ScheduleKind> | null | undefined;
  /** Words that must all occur, in any case, in the name, architecture, data set, optimiser, free-form settings, notes or tags: at most 20. */
  readonly search?: string | null | undefined;
  /** All of these hold for statistics of its spectra, at most 10. */
  readonly statistics?: ReadonlyArray<RunStatisticFilter> | null | undefined;
  /** Any of these. */
  readonly status?: ReadonlyArray<RunStatus> | null | undefined;
  /** What rewinds superseded (true) or everything else (false); everything else unless given, or unless `ids` name runs. */
  readonly superseded?: boolean | null | undefined;
  /** All of these. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
  /** Something of the run, its steps or its spectra was stored then or later: what changed since a poll. */
  readonly updatedSince?: string | null | undefined;
};

/** Fields that runs can be grouped by. */
export type RunGroupKey =
  /** Every setting in which `compare` finds differences, but `seed` and `config.seed`: the runs of a group are repetitions. */
  | 'ALL_BUT_SEED'
  /** The network. */
  | 'ARCHITECTURE'
  /** Statistics that batch normalisation trains with. */
  | 'BATCH_NORM'
  /** The training data. */
  | 'DATASET'
  /** What the run is trained with. */
  | 'ENGINE'
  /** The name of the experiment. */
  | 'EXPERIMENT'
  /** Revision of the training code. */
  | 'GIT_REVISION'
  /** The optimiser with its settings. */
  | 'OPTIMISER'
  /** Trainable parameters of the network. */
  | 'PARAMETER_COUNT'
  /** The project. */
  | 'PROJECT'
  /** With or without residual connections. */
  | 'RESIDUAL'
  /** The whole learning-rate schedule: its kind and all of its numbers. */
  | 'SCHEDULE'
  /** The seed of the training. */
  | 'SEED'
  /** Status of the run. */
  | 'STATUS'
  /** Each label: a run with several labels is in several groups. */
  | 'TAG';

/** A condition on something logged at the steps of a run. At least one of `atLeast`, `atMost` and `exists` is needed. */
export type RunMeasureFilter = {
  /** It is at least this. */
  readonly atLeast?: number | null | undefined;
  /** It is at most this. */
  readonly atMost?: number | null | undefined;
  /** Whether the run has it at all. */
  readonly exists?: boolean | null | undefined;
  /** The measure. */
  readonly measure: RunMeasureInput;
};

/** Something logged at a step of a run: `{ name: TEST_ACCURACY }` is the last one. */
export type RunMeasureInput = {
  /** At which of the steps that have it; LAST unless `at` or `near` is given. */
  readonly at?: RunPosition | null | undefined;
  /** What was logged. */
  readonly name: StepMeasure;
  /** Instead of `at`: at the step nearest to a moment that has it. */
  readonly near?: NearInput | null | undefined;
};

/** How runs are sorted: by exactly one of `field`, `statistic`, `measure` and `config`. Runs that do not have what they are sorted by come last in both directions; those that tie are sorted by id, so that pages never overlap. */
export type RunOrder = {
  /** Instead of `field`: a free-form setting by its path, as in ConfigFilter; numbers sort before text. */
  readonly config?: string | null | undefined;
  /** Sort direction. */
  readonly direction: SortDirection;
  /** What to sort by. */
  readonly field?: RunOrderField | null | undefined;
  /** Instead of `field`: something logged at their steps. */
  readonly measure?: RunMeasureInput | null | undefined;
  /** Instead of `field`: a statistic of their spectra. */
  readonly statistic?: RunStatisticInput | null | undefined;
};

/** Fields that runs can be sorted by. */
export type RunOrderField =
  /** The network. */
  | 'ARCHITECTURE'
  /** When the run was created. */
  | 'CREATED_AT'
  /** The training data. */
  | 'DATASET'
  /** When the run ended; running ones come first. */
  | 'FINISHED_AT'
  /** The name of the run. */
  | 'NAME'
  /** Trainable parameters; runs where the number is unknown count as 0. */
  | 'PARAMETER_COUNT'
  /** When anything of the run was last stored. */
  | 'UPDATED_AT';

/** Selects one value along a run. */
export type RunPosition =
  /** The one at the first measured step. */
  | 'FIRST'
  /** The one at the last measured step. */
  | 'LAST'
  /** The largest, at the first step where it occurs. */
  | 'MAX'
  /** The smallest, at the first step where it occurs. */
  | 'MIN';

/** A condition on a statistic of the spectra of a run. At least one of `atLeast`, `atMost` and `exists` is needed. */
export type RunStatisticFilter = {
  /** It is at least this. */
  readonly atLeast?: number | null | undefined;
  /** It is at most this. */
  readonly atMost?: number | null | undefined;
  /** Whether the run has it at all. */
  readonly exists?: boolean | null | undefined;
  /** The statistic. */
  readonly statistic: RunStatisticInput;
};

/** A statistic of one of the spectra of a run: `{ name: LAMBDA_MAX }` is that of its last spectrum. */
export type RunStatisticInput = {
  /** Which spectrum; LAST unless `at` or `near` is given. */
  readonly at?: RunPosition | null | undefined;
  /** "all", or the name of a group of parameters. */
  readonly block?: string | null | undefined;
  /** Which statistic. */
  readonly name: StatisticName;
  /** Instead of `at`: the spectrum nearest to a moment. */
  readonly near?: NearInput | null | undefined;
  /** Which matrix. */
  readonly operator?: CurvatureOperator | null | undefined;
  /** The preconditioner. */
  readonly preconditioner?: Preconditioner | null | undefined;
};

/** Status of a run. */
export type RunStatus =
  /** Ended by an error. */
  | 'FAILED'
  /** Ended as planned. */
  | 'FINISHED'
  /** Stopped before its end, by a person or by a machine. */
  | 'INTERRUPTED'
  /** Still being trained or measured. */
  | 'RUNNING';

/** The view to save. */
export type SaveViewInput = {
  /** Path and query in the dashboard, such as "/runs?where=lambda1+%3E+50". */
  readonly address: string;
  /** What people call it; unique within the project. */
  readonly name: string;
};

/** A learning-rate schedule as data; leave out what the kind does not use. */
export type ScheduleInput = {
  /** STEP: what the rate is multiplied by at each of `steps`, such as 0.1. */
  readonly factor?: number | null | undefined;
  /** Learning rate at the start; of WARMUP_COSINE, the highest one. Greater than 0. */
  readonly initial: number;
  /** Shape of the schedule. */
  readonly kind: ScheduleKind;
  /** PIECEWISE: the rates at `steps`, linear in between. ONE_CYCLE: the first, the highest and the last rate. */
  readonly rates?: ReadonlyArray<number> | null | undefined;
  /** STEP: step numbers at which the rate changes, ascending. ONE_CYCLE, PIECEWISE: those of `rates`. */
  readonly steps?: ReadonlyArray<number> | null | undefined;
  /** COSINE, WARMUP_COSINE: the step at which the rate reaches 0. ONE_CYCLE: the last step of the cycle. */
  readonly totalSteps?: number | null | undefined;
  /** WARMUP_COSINE, ONE_CYCLE: the step at which the rate is highest. */
  readonly warmupSteps?: number | null | undefined;
};

/** The shape of a learning-rate schedule. */
export type ScheduleKind =
  /** `initial` throughout. */
  | 'CONSTANT'
  /** Half a cosine from `initial` to 0 over `totalSteps`. */
  | 'COSINE'
  /** Half a cosine up to the highest rate at `warmupSteps`, then half a cosine down to the last one at `totalSteps`. */
  | 'ONE_CYCLE'
  /** Linear between `rates`, which are reached at `steps`; the last one stays. */
  | 'PIECEWISE'
  /** `initial`, multiplied by `factor` at each of `steps`. */
  | 'STEP'
  /** Linear from 0 to `initial` over `warmupSteps`, then half a cosine to 0 at `totalSteps`. */
  | 'WARMUP_COSINE';

/** One value of a run’s free-form settings: `typedValue`, or `value`. */
export type SettingInput = {
  /** Where the value stands: its name, below the names of what it is nested in. */
  readonly path: ReadonlyArray<string>;
  /** The value with its type. */
  readonly typedValue?: SettingValueInput | null | undefined;
  /**
   * The value as JSON: `0.9`, `true`, `"adam"`, `[1, 2]`, `null`.
   * @deprecated Use `typedValue`, which keeps the type of the value. Not removed before 2027-12-01.
   */
  readonly value?: string | null | undefined;
};

/** A value of one type. */
export type SettingValueInput =
  {   /** A boolean. */
  readonly boolean: boolean; readonly json?: never; readonly number?: never; readonly text?: never; }
  |  { readonly boolean?: never;   /** The value as JSON, whatever its type: `0.9`, `true`, `"adam"`, `[1, 2]`, `null`. */
  readonly json: string; readonly number?: never; readonly text?: never; }
  |  { readonly boolean?: never; readonly json?: never;   /** A number. */
  readonly number: number; readonly text?: never; }
  |  { readonly boolean?: never; readonly json?: never; readonly number?: never;   /** Some text. */
  readonly text: string; };

/** How wide the kernel is. */
export type SmoothingInput = {
  /** How the width is chosen. */
  readonly kind: SmoothingKind;
  /** ABSOLUTE: standard deviation in units of the coordinate of the scale (the eigenvalues, unless it is ASINH), greater than 0. */
  readonly sigma?: number | null | undefined;
  /** PAPER: variance before scaling, greater than 0; 1e-5 unless given. */
  readonly sigmaSquared?: number | null | undefined;
};

/** How the standard deviation of the Gaussian kernel is chosen. */
export type SmoothingKind =
  /** `sigma`, in units of the eigenvalues. */
  | 'ABSOLUTE'
  /** From the spectrum; the value used is in `Density.sigma`. */
  | 'AUTO'
  /** Variance `sigmaSquared` times max(1, range of the Ritz values), as Ghorbani, Krishnan and Xiao 2019 (arXiv 1901.10159) do. */
  | 'PAPER';

/** Sort direction. */
export type SortDirection =
  /** Smallest, earliest or alphabetically first. */
  | 'ASC'
  /** Largest, latest or alphabetically last. */
  | 'DESC';

/** How much of the space of the leading Ritz vectors of another step is in that of this one. */
export type SpaceOverlapInput = {
  /** K, the number of leading Ritz vectors. */
  readonly k: number;
  /** |V_t^T V_s|_F^2 / K, 0 to 1: how much of the span of the K leading Ritz vectors of step s is in that of this step t. */
  readonly overlap: number;
  /** Number of the other step s. */
  readonly step: number;
};

/** The network and its data, named by the SHA-256 of files in the store of the workers (`ritz store put`): either `checkpoint`, of a run whose config says the rest, or `model`, `data` and `labels`. */
export type SpectrumSourceInput = {
  /** With `model`: statistics of batch norm; as saved unless given. */
  readonly batchNorm?: NetworkBatchNorm | null | undefined;
  /** SHA-256 of a safetensors file of `ritz train`. */
  readonly checkpoint?: string | null | undefined;
  /** SHA-256 of a .npy file of inputs [N, ...]. */
  readonly data?: string | null | undefined;
  /** With `checkpoint`: SHA-256 of the examples; a worker that has others fails instead of measuring. */
  readonly dataFingerprint?: string | null | undefined;
  /** With `model`: initialisers that are not differentiated. */
  readonly freeze?: ReadonlyArray<string> | null | undefined;
  /** SHA-256 of a .npy file of labels [N], or of targets of the shape of the outputs. */
  readonly labels?: string | null | undefined;
  /** With `model`: the loss; CROSS_ENTROPY unless given. */
  readonly loss?: NetworkLoss | null | undefined;
  /** SHA-256 of an ONNX file. */
  readonly model?: string | null | undefined;
};

/** A statistic of a spectrum that needs no option: what runs can be sorted, filtered and summarised by. */
export type StatisticName =
  /** How many eigenvalues the spectrum effectively has: exp of the entropy of |lambda_i| / sum |lambda_j| (Roy and Vetterli 2007). */
  | 'EFFECTIVE_RANK'
  /** Square root of the sum of the squared eigenvalues. */
  | 'FROBENIUS_NORM'
  /** K-th largest eigenvalue, K = number of classes; null if K is unknown or it was not resolved. */
  | 'LAMBDA_K'
  /** An eigenvalue lies within this distance of lambdaK; null where lambdaK is or residuals were not kept. */
  | 'LAMBDA_K_RESIDUAL'
  /** Largest Ritz value, the median over the probes. */
  | 'LAMBDA_MAX'
  /** Smallest Ritz value, the median over the probes. */
  | 'LAMBDA_MIN'
  /** Share of eigenvalues of magnitude at most epsilon, 0 to 1. */
  | 'MASS_NEAR_ZERO'
  /** Mean absolute value of the eigenvalues: the Wasserstein-1 distance to a spectrum of zeros. */
  | 'MEAN_MAGNITUDE'
  /** Share of eigenvalues below -epsilon, 0 to 1: those within epsilon of 0 are not told from 0. */
  | 'NEGATIVE_MASS'
  /** Eigenvalues above the bulk edge, each resolved individually; null where residuals were not kept. */
  | 'OUTLIER_COUNT'
  /** lambdaMax / lambdaK; null where lambdaK is null or not positive. */
  | 'RATIO'
  /** lambda1 + ... + lambdaK, K = number of classes; null where lambdaK is null. */
  | 'TOP_SUM'
  /** Sum of the eigenvalues. */
  | 'TRACE'
  /** Mean of the eigenvalues: trace / n, the average curvature of a parameter. */
  | 'TRACE_PER_PARAMETER';

/** What was logged at one step. Leave out, or send null for, what was not measured. */
export type StepInput = {
  /** Passes over the training data so far. */
  readonly epoch?: number | null | undefined;
  /** g^T H g / |g|^2, the curvature along the gradient g of the loss that the Hessian is of. */
  readonly gradientCurvature?: number | null | undefined;
  /** Euclidean norm of the gradient. */
  readonly gradientNorm?: number | null | undefined;
  /** UUID of the step made by the client; one is made unless given. */
  readonly id?: string | null | undefined;
  /** Learning rate of the update that follows. */
  readonly learningRate?: number | null | undefined;
  /** Optimiser steps taken so far; 0 is the initial point. */
  readonly number: number;
  /** The largest Ritz value of P^(-1/2) H P^(-1/2), with the P that the optimiser divides its next update by. */
  readonly preconditionedSharpness?: number | null | undefined;
  /** The residual of `preconditionedSharpness`: an eigenvalue lies within it. */
  readonly preconditionedSharpnessError?: number | null | undefined;
  /** The largest Ritz value of the Hessian after a few Lanczos steps: at most lambda1, and nearly that where `sharpnessError` is small. */
  readonly sharpness?: number | null | undefined;
  /** The residual |H u - theta u| of the Ritz value theta in `sharpness`: an eigenvalue lies within it. */
  readonly sharpnessError?: number | null | undefined;
  /** Test accuracy, 0 to 1. */
  readonly testAccuracy?: number | null | undefined;
  /** Test loss, in nats for cross-entropy. */
  readonly testLoss?: number | null | undefined;
  /** Training accuracy, 0 to 1. */
  readonly trainAccuracy?: number | null | undefined;
  /** Training loss, in nats for cross-entropy. */
  readonly trainLoss?: number | null | undefined;
  /** u^T H u / |u|^2, the curvature along the next update u of the parameters. */
  readonly updateCurvature?: number | null | undefined;
};

/** Values logged at steps. */
export type StepMeasure =
  /** Passes over the training data so far. */
  | 'EPOCH'
  /** g^T H g / |g|^2, the curvature along the gradient g of the loss that the Hessian is of. */
  | 'GRADIENT_CURVATURE'
  /** Euclidean norm of the gradient. */
  | 'GRADIENT_NORM'
  /** Learning rate of the update that follows. */
  | 'LEARNING_RATE'
  /** The largest Ritz value of P^(-1/2) H P^(-1/2), with the P that the optimiser divides its next update by. */
  | 'PRECONDITIONED_SHARPNESS'
  /** The residual of `preconditionedSharpness`: an eigenvalue lies within it. */
  | 'PRECONDITIONED_SHARPNESS_ERROR'
  /** The largest Ritz value of the Hessian after a few Lanczos steps: at most lambda1, and nearly that where `sharpnessError` is small. */
  | 'SHARPNESS'
  /** The residual |H u - theta u| of the Ritz value theta in `sharpness`: an eigenvalue lies within it. */
  | 'SHARPNESS_ERROR'
  /** Test accuracy, 0 to 1. */
  | 'TEST_ACCURACY'
  /** Test loss, in nats for cross-entropy. */
  | 'TEST_LOSS'
  /** Training accuracy, 0 to 1. */
  | 'TRAIN_ACCURACY'
  /** Training loss, in nats for cross-entropy. */
  | 'TRAIN_LOSS'
  /** u^T H u / |u|^2, the curvature along the next update u of the parameters. */
  | 'UPDATE_CURVATURE';

/** Labels to add to a run and to remove from it. */
export type TagRunInput = {
  /** Labels to add, at most 100. */
  readonly add?: ReadonlyArray<string> | null | undefined;
  /** UUID of the run. */
  readonly id: string;
  /** Labels to remove, at most 100. */
  readonly remove?: ReadonlyArray<string> | null | undefined;
};

/** What the holder of a token may do; each includes the ones before it. */
export type TokenScope =
  /** Also delete runs, and create and revoke tokens. */
  | 'ADMIN'
  /** Read everything in its projects. */
  | 'READ'
  /** Also create and edit runs, log steps and record spectra. */
  | 'WRITE';

/** Changes of a run; what is left out stays as it is. Its settings cannot be changed. */
export type UpdateRunInput = {
  /** Archive (true) or restore (false); null changes nothing. */
  readonly archived?: boolean | null | undefined;
  /** UUID of the run. */
  readonly id: string;
  /** What people call it; null changes nothing. */
  readonly name?: string | null | undefined;
  /** Free text about the run; null removes it. */
  readonly notes?: string | null | undefined;
  /** All of its labels, at most 100, in place of those it has; null changes nothing. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
};

/** The kind of fault in an input. */
export type UserErrorCode =
  /** Something else is stored under this key; the stored value is unchanged. */
  | 'CONFLICT'
  /** A value is out of range; the message says what is expected. */
  | 'INVALID'
  /** A number is NaN or infinite. */
  | 'NON_FINITE'
  /** Nothing is stored under the given id. */
  | 'NOT_FOUND'
  /** The input exceeds the limit of one call, which the message names. */
  | 'TOO_LARGE';

export type AccessQueryVariables = Exact<{ [key: string]: never; }>;


export type AccessQuery = { readonly access: { readonly scope: TokenScope, readonly project: { readonly name: string } | null } };

export type BlockComparisonQueryVariables = Exact<{
  id: string;
  step: number;
  operator?: CurvatureOperator | null | undefined;
  preconditioner?: Preconditioner | null | undefined;
  blocks?: ReadonlyArray<string> | string | null | undefined;
  smoothing?: SmoothingInput | null | undefined;
  kernel?: KernelName | null | undefined;
  grid?: GridInput | null | undefined;
}>;


export type BlockComparisonQuery = { readonly run: { readonly blockComparison: { readonly step: number, readonly lambda: ReadonlyArray<number>, readonly sigma: number, readonly entries: ReadonlyArray<{ readonly spectrum: { readonly id: string, readonly block: string, readonly parameterCount: number }, readonly density: { readonly density: ReadonlyArray<number>, readonly lower: ReadonlyArray<number>, readonly upper: ReadonlyArray<number> } }>, readonly distances: { readonly wasserstein1: ReadonlyArray<ReadonlyArray<number>>, readonly l1: ReadonlyArray<ReadonlyArray<number>>, readonly jensenShannon: ReadonlyArray<ReadonlyArray<number>> } } | null } | null };

export type BlockStatisticsQueryVariables = Exact<{
  id: string;
  operator?: CurvatureOperator | null | undefined;
  preconditioner?: Preconditioner | null | undefined;
}>;


export type BlockStatisticsQuery = { readonly run: { readonly blockStatistics: { readonly blocks: ReadonlyArray<string>, readonly steps: ReadonlyArray<number>, readonly parameterCount: ReadonlyArray<number>, readonly spectrum: ReadonlyArray<ReadonlyArray<string | null>>, readonly gradientOverlap: ReadonlyArray<ReadonlyArray<number | null>>, readonly lambdaMax: { readonly value: ReadonlyArray<ReadonlyArray<number | null>>, readonly standardError: ReadonlyArray<ReadonlyArray<number | null>> }, readonly lambdaMin: { readonly value: ReadonlyArray<ReadonlyArray<number | null>>, readonly standardError: ReadonlyArray<ReadonlyArray<number | null>> }, readonly trace: { readonly value: ReadonlyArray<ReadonlyArray<number | null>>, readonly standardError: ReadonlyArray<ReadonlyArray<number | null>> }, readonly tracePerParameter: { readonly value: ReadonlyArray<ReadonlyArray<number | null>>, readonly standardError: ReadonlyArray<ReadonlyArray<number | null>> }, readonly frobeniusNorm: { readonly value: ReadonlyArray<ReadonlyArray<number | null>>, readonly standardError: ReadonlyArray<ReadonlyArray<number | null>> }, readonly effectiveRank: { readonly value: ReadonlyArray<ReadonlyArray<number | null>>, readonly standardError: ReadonlyArray<ReadonlyArray<number | null>> }, readonly negativeMass: { readonly value: ReadonlyArray<ReadonlyArray<number | null>>, readonly standardError: ReadonlyArray<ReadonlyArray<number | null>> } } } | null };

export type CancelSpectrumJobMutationVariables = Exact<{
  input: CancelSpectrumJobInput;
}>;


export type CancelSpectrumJobMutation = { readonly cancelSpectrumJob: { readonly job: { readonly id: string, readonly status: JobStatus } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type CompareRunsQueryVariables = Exact<{
  ids: ReadonlyArray<string> | string;
  maxPoints: number;
  operator?: CurvatureOperator | null | undefined;
  block?: string | null | undefined;
  preconditioner?: Preconditioner | null | undefined;
}>;


export type CompareRunsQuery = { readonly runs: { readonly nodes: ReadonlyArray<{ readonly batchNorm: BatchNormMode, readonly normalisation: Normalisation | null, readonly residual: boolean, readonly gitRevision: string | null, readonly tags: ReadonlyArray<string>, readonly id: string, readonly name: string, readonly status: RunStatus, readonly architecture: string, readonly dataset: string, readonly optimiser: string, readonly parameterCount: number | null, readonly classes: number | null, readonly plannedSteps: number | null, readonly seed: number, readonly createdAt: string, readonly computedBy: { readonly name: string } | null, readonly project: { readonly name: string }, readonly experiment: { readonly name: string }, readonly measuredOperators: ReadonlyArray<{ readonly operator: CurvatureOperator, readonly block: string, readonly preconditioner: Preconditioner }>, readonly spectra: ReadonlyArray<{ readonly id: string, readonly operator: CurvatureOperator, readonly block: string, readonly lanczosSteps: number, readonly probeCount: number, readonly dataSize: number, readonly dataFingerprint: string, readonly preconditioner: Preconditioner, readonly batchSize: number | null, readonly parameterCount: number, readonly lossReduction: LossReduction, readonly weightDecayIncluded: boolean, readonly batchNorm: BatchNormMode, readonly precision: Precision, readonly step: { readonly number: number, readonly epoch: number | null, readonly trainLoss: number | null } }>, readonly history: { readonly step: ReadonlyArray<number>, readonly epoch: ReadonlyArray<number | null>, readonly trainLoss: ReadonlyArray<number | null>, readonly testLoss: ReadonlyArray<number | null>, readonly trainAccuracy: ReadonlyArray<number | null>, readonly testAccuracy: ReadonlyArray<number | null>, readonly learningRate: ReadonlyArray<number | null> }, readonly trajectory: { readonly step: ReadonlyArray<number>, readonly lambdaMax: ReadonlyArray<number>, readonly lambdaK: ReadonlyArray<number | null>, readonly lambdaMin: ReadonlyArray<number>, readonly ratio: ReadonlyArray<number | null>, readonly negativeMass: ReadonlyArray<number>, readonly massNearZero: ReadonlyArray<number>, readonly effectiveRank: ReadonlyArray<number>, readonly overlap: ReadonlyArray<{ readonly gradient: GradientKind, readonly k: number, readonly fraction: ReadonlyArray<number | null> }> }, readonly schedule: { readonly kind: ScheduleKind, readonly initial: number, readonly factor: number | null, readonly steps: ReadonlyArray<number> | null, readonly rates: ReadonlyArray<number> | null, readonly warmupSteps: number | null, readonly totalSteps: number | null } }> } };

export type CompareSpectraQueryVariables = Exact<{
  runs: ReadonlyArray<string> | string;
  align?: Alignment | null | undefined;
  at?: ReadonlyArray<number> | number | null | undefined;
  smoothing?: SmoothingInput | null | undefined;
  points: number;
}>;


export type CompareSpectraQuery = { readonly compare: { readonly alignment: Alignment, readonly runs: ReadonlyArray<{ readonly id: string, readonly name: string }>, readonly differingSettings: ReadonlyArray<{ readonly name: string, readonly values: ReadonlyArray<{ readonly shown: string } | null> }>, readonly points: ReadonlyArray<{ readonly position: number, readonly lambda: ReadonlyArray<number>, readonly sigma: number | null, readonly entries: ReadonlyArray<{ readonly run: { readonly id: string }, readonly spectrum: { readonly id: string, readonly step: { readonly number: number }, readonly outliers: { readonly lambdaMax: number, readonly lambdaK: number | null, readonly lambdaMin: number, readonly ratio: number | null, readonly count: number | null }, readonly negativeMass: { readonly value: number, readonly standardError: number | null } }, readonly density: { readonly density: ReadonlyArray<number>, readonly lower: ReadonlyArray<number>, readonly upper: ReadonlyArray<number> } }>, readonly missing: ReadonlyArray<{ readonly id: string, readonly name: string }>, readonly distances: { readonly wasserstein1: ReadonlyArray<ReadonlyArray<number>>, readonly l1: ReadonlyArray<ReadonlyArray<number>>, readonly jensenShannon: ReadonlyArray<ReadonlyArray<number>> } | null, readonly warnings: ReadonlyArray<{ readonly field: string, readonly severity: ComparabilitySeverity, readonly consequence: string, readonly first: { readonly id: string }, readonly second: { readonly id: string }, readonly firstValue: { readonly shown: string }, readonly secondValue: { readonly shown: string } }> }> } };

export type ComparisonQueryVariables = Exact<{
  runs: ReadonlyArray<string> | string;
  align?: Alignment | null | undefined;
  at?: ReadonlyArray<number> | number | null | undefined;
  tolerance?: number | null | undefined;
  smoothing?: SmoothingInput | null | undefined;
  kernel?: KernelName | null | undefined;
  grid?: GridInput | null | undefined;
  operator?: CurvatureOperator | null | undefined;
  block?: string | null | undefined;
  preconditioner?: Preconditioner | null | undefined;
}>;


export type ComparisonQuery = { readonly compare: { readonly alignment: Alignment, readonly runs: ReadonlyArray<{ readonly id: string, readonly name: string }>, readonly differingSettings: ReadonlyArray<{ readonly name: string, readonly values: ReadonlyArray<{ readonly shown: string } | null> }>, readonly points: ReadonlyArray<{ readonly position: number, readonly lambda: ReadonlyArray<number>, readonly sigma: number | null, readonly entries: ReadonlyArray<{ readonly position: number, readonly run: { readonly id: string }, readonly spectrum: { readonly id: string, readonly step: { readonly number: number } }, readonly density: { readonly density: ReadonlyArray<number>, readonly lower: ReadonlyArray<number>, readonly upper: ReadonlyArray<number> } }>, readonly missing: ReadonlyArray<{ readonly id: string }>, readonly distances: { readonly wasserstein1: ReadonlyArray<ReadonlyArray<number>>, readonly l1: ReadonlyArray<ReadonlyArray<number>>, readonly jensenShannon: ReadonlyArray<ReadonlyArray<number>> } | null, readonly warnings: ReadonlyArray<{ readonly field: string, readonly severity: ComparabilitySeverity, readonly consequence: string, readonly first: { readonly id: string }, readonly second: { readonly id: string }, readonly firstValue: { readonly shown: string }, readonly secondValue: { readonly shown: string } }> }> } };

export type CreateProjectMutationVariables = Exact<{
  input: CreateProjectInput;
}>;


export type CreateProjectMutation = { readonly createProject: { readonly created: boolean, readonly project: { readonly id: string, readonly name: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type CreateReportMutationVariables = Exact<{
  input: CreateReportInput;
}>;


export type CreateReportMutation = { readonly createReport: { readonly report: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type CreateRunMutationVariables = Exact<{
  input: CreateRunInput;
}>;


export type CreateRunMutation = { readonly createRun: { readonly created: boolean, readonly run: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type CreateTokenMutationVariables = Exact<{
  input: CreateTokenInput;
}>;


export type CreateTokenMutation = { readonly createToken: { readonly secret: string | null, readonly token: { readonly id: string, readonly name: string, readonly scope: TokenScope, readonly projectName: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type DeleteReportMutationVariables = Exact<{
  input: DeleteReportInput;
}>;


export type DeleteReportMutation = { readonly deleteReport: { readonly deleted: boolean, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type DeleteRunMutationVariables = Exact<{
  input: DeleteRunInput;
}>;


export type DeleteRunMutation = { readonly deleteRun: { readonly deleted: boolean, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type DeleteViewMutationVariables = Exact<{
  input: DeleteViewInput;
}>;


export type DeleteViewMutation = { readonly deleteView: { readonly deleted: boolean, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type DifferingSettingsQueryVariables = Exact<{
  runs: ReadonlyArray<string> | string;
}>;


export type DifferingSettingsQuery = { readonly compare: { readonly runs: ReadonlyArray<{ readonly id: string, readonly name: string }>, readonly differingSettings: ReadonlyArray<{ readonly name: string, readonly values: ReadonlyArray<{ readonly shown: string } | null> }> } };

export type EditReportMutationVariables = Exact<{
  input: EditReportInput;
}>;


export type EditReportMutation = { readonly editReport: { readonly report: { readonly id: string, readonly title: string, readonly markdown: string, readonly revision: number, readonly updatedAt: string, readonly project: { readonly name: string } } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type EnginesQueryVariables = Exact<{ [key: string]: never; }>;


export type EnginesQuery = { readonly engines: ReadonlyArray<{ readonly precision: Precision, readonly spectrumCount: number, readonly runCount: number, readonly lastUsedAt: string, readonly computedBy: { readonly name: string } }> };

export type ExperimentNamesQueryVariables = Exact<{ [key: string]: never; }>;


export type ExperimentNamesQuery = { readonly projects: ReadonlyArray<{ readonly name: string, readonly experiments: ReadonlyArray<{ readonly name: string }> }> };

export type FindingDataFragment = { readonly batchNorm: BatchNormMode, readonly residual: boolean, readonly tags: ReadonlyArray<string>, readonly id: string, readonly name: string, readonly status: RunStatus, readonly architecture: string, readonly dataset: string, readonly optimiser: string, readonly parameterCount: number | null, readonly classes: number | null, readonly plannedSteps: number | null, readonly seed: number, readonly createdAt: string, readonly config: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly value: string }>, readonly history: { readonly step: ReadonlyArray<number>, readonly trainLoss: ReadonlyArray<number | null> }, readonly trajectory: { readonly step: ReadonlyArray<number>, readonly lambdaMax: ReadonlyArray<number>, readonly lambdaMin: ReadonlyArray<number>, readonly lambdaK: ReadonlyArray<number | null>, readonly lambdaKResidual: ReadonlyArray<number | null>, readonly ratio: ReadonlyArray<number | null>, readonly topSum: ReadonlyArray<number | null>, readonly outlierCount: ReadonlyArray<number | null>, readonly frobeniusNorm: ReadonlyArray<number>, readonly meanMagnitude: ReadonlyArray<number>, readonly dataSize: ReadonlyArray<number>, readonly nearZero: ReadonlyArray<number>, readonly overlap: ReadonlyArray<{ readonly gradient: GradientKind, readonly k: number, readonly fraction: ReadonlyArray<number | null> }> }, readonly schedule: { readonly kind: ScheduleKind, readonly initial: number, readonly factor: number | null, readonly steps: ReadonlyArray<number> | null, readonly rates: ReadonlyArray<number> | null, readonly warmupSteps: number | null, readonly totalSteps: number | null } };

export type FindingRunQueryVariables = Exact<{
  id: string;
  maxPoints: number;
  nearZero: number;
}>;


export type FindingRunQuery = { readonly run: { readonly batchNorm: BatchNormMode, readonly residual: boolean, readonly tags: ReadonlyArray<string>, readonly id: string, readonly name: string, readonly status: RunStatus, readonly architecture: string, readonly dataset: string, readonly optimiser: string, readonly parameterCount: number | null, readonly classes: number | null, readonly plannedSteps: number | null, readonly seed: number, readonly createdAt: string, readonly config: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly value: string }>, readonly history: { readonly step: ReadonlyArray<number>, readonly trainLoss: ReadonlyArray<number | null> }, readonly trajectory: { readonly step: ReadonlyArray<number>, readonly lambdaMax: ReadonlyArray<number>, readonly lambdaMin: ReadonlyArray<number>, readonly lambdaK: ReadonlyArray<number | null>, readonly lambdaKResidual: ReadonlyArray<number | null>, readonly ratio: ReadonlyArray<number | null>, readonly topSum: ReadonlyArray<number | null>, readonly outlierCount: ReadonlyArray<number | null>, readonly frobeniusNorm: ReadonlyArray<number>, readonly meanMagnitude: ReadonlyArray<number>, readonly dataSize: ReadonlyArray<number>, readonly nearZero: ReadonlyArray<number>, readonly overlap: ReadonlyArray<{ readonly gradient: GradientKind, readonly k: number, readonly fraction: ReadonlyArray<number | null> }> }, readonly schedule: { readonly kind: ScheduleKind, readonly initial: number, readonly factor: number | null, readonly steps: ReadonlyArray<number> | null, readonly rates: ReadonlyArray<number> | null, readonly warmupSteps: number | null, readonly totalSteps: number | null } } | null };

export type FindingRunsQueryVariables = Exact<{
  ids: ReadonlyArray<string> | string;
  first: number;
  after?: string | null | undefined;
  maxPoints: number;
  nearZero: number;
}>;


export type FindingRunsQuery = { readonly runs: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<{ readonly batchNorm: BatchNormMode, readonly residual: boolean, readonly tags: ReadonlyArray<string>, readonly id: string, readonly name: string, readonly status: RunStatus, readonly architecture: string, readonly dataset: string, readonly optimiser: string, readonly parameterCount: number | null, readonly classes: number | null, readonly plannedSteps: number | null, readonly seed: number, readonly createdAt: string, readonly config: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly value: string }>, readonly history: { readonly step: ReadonlyArray<number>, readonly trainLoss: ReadonlyArray<number | null> }, readonly trajectory: { readonly step: ReadonlyArray<number>, readonly lambdaMax: ReadonlyArray<number>, readonly lambdaMin: ReadonlyArray<number>, readonly lambdaK: ReadonlyArray<number | null>, readonly lambdaKResidual: ReadonlyArray<number | null>, readonly ratio: ReadonlyArray<number | null>, readonly topSum: ReadonlyArray<number | null>, readonly outlierCount: ReadonlyArray<number | null>, readonly frobeniusNorm: ReadonlyArray<number>, readonly meanMagnitude: ReadonlyArray<number>, readonly dataSize: ReadonlyArray<number>, readonly nearZero: ReadonlyArray<number>, readonly overlap: ReadonlyArray<{ readonly gradient: GradientKind, readonly k: number, readonly fraction: ReadonlyArray<number | null> }> }, readonly schedule: { readonly kind: ScheduleKind, readonly initial: number, readonly factor: number | null, readonly steps: ReadonlyArray<number> | null, readonly rates: ReadonlyArray<number> | null, readonly warmupSteps: number | null, readonly totalSteps: number | null } }> } };

export type FinishRunMutationVariables = Exact<{
  input: FinishRunInput;
}>;


export type FinishRunMutation = { readonly finishRun: { readonly run: { readonly id: string, readonly status: RunStatus } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type GradientEnergyQueryVariables = Exact<{
  id: string;
  operator?: CurvatureOperator | null | undefined;
  block?: string | null | undefined;
  preconditioner?: Preconditioner | null | undefined;
}>;


export type GradientEnergyQuery = { readonly run: { readonly spectra: ReadonlyArray<{ readonly id: string, readonly step: { readonly number: number }, readonly gradientEnergy: ReadonlyArray<{ readonly gradient: GradientKind, readonly gradientNorm: number | null, readonly curvature: number, readonly nodes: ReadonlyArray<number>, readonly weights: ReadonlyArray<number> }>, readonly gradientOverlap: ReadonlyArray<{ readonly gradient: GradientKind, readonly k: number, readonly fraction: number }> }> } | null };

export type HomeQueryVariables = Exact<{
  all: RunFilter;
  running: RunFilter;
  failed: RunFilter;
}>;


export type HomeQuery = { readonly all: { readonly totalCount: number }, readonly running: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly plannedSteps: number | null, readonly createdAt: string, readonly seed: number, readonly history: { readonly step: ReadonlyArray<number>, readonly trainLoss: ReadonlyArray<number | null> } }> }, readonly failed: { readonly nodes: ReadonlyArray<{ readonly id: string }> }, readonly spectra: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly createdAt: string, readonly run: { readonly id: string } }> } };

export type HomeRunsQueryVariables = Exact<{
  ids: ReadonlyArray<string> | string;
  first: number;
  points: number;
}>;


export type HomeRunsQuery = { readonly runs: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly status: RunStatus, readonly updatedAt: string, readonly spectrumCount: number, readonly history: { readonly step: ReadonlyArray<number>, readonly trainLoss: ReadonlyArray<number | null> }, readonly trajectory: { readonly step: ReadonlyArray<number>, readonly lambdaMax: ReadonlyArray<number> }, readonly stability: { readonly step: ReadonlyArray<number>, readonly lambda1: ReadonlyArray<number>, readonly limit: ReadonlyArray<number | null>, readonly formula: string | null, readonly lastRatio: number | null }, readonly latestSpectrum: { readonly id: string, readonly createdAt: string, readonly step: { readonly number: number }, readonly density: { readonly lambda: ReadonlyArray<number>, readonly density: ReadonlyArray<number> } } | null }> } };

export type LogStepsMutationVariables = Exact<{
  input: LogStepsInput;
}>;


export type LogStepsMutation = { readonly logSteps: { readonly steps: ReadonlyArray<{ readonly number: number }> | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type OperatorsAtStepQueryVariables = Exact<{
  id: string;
  step: number;
  block?: string | null | undefined;
  preconditioner?: Preconditioner | null | undefined;
  smoothing?: SmoothingInput | null | undefined;
  kernel?: KernelName | null | undefined;
  grid?: GridInput | null | undefined;
}>;


export type OperatorsAtStepQuery = { readonly run: { readonly spectra: ReadonlyArray<{ readonly operator: CurvatureOperator, readonly density: { readonly lambda: ReadonlyArray<number>, readonly density: ReadonlyArray<number>, readonly lower: ReadonlyArray<number>, readonly upper: ReadonlyArray<number>, readonly sigma: number }, readonly outliers: { readonly lambdaMax: number, readonly lambdaMin: number }, readonly negativeMass: { readonly value: number, readonly standardError: number | null }, readonly trace: { readonly value: number, readonly standardError: number | null } }> } | null };

export type OutliersOfRunsQueryVariables = Exact<{
  ids: ReadonlyArray<string> | string;
  first: number;
  operator?: CurvatureOperator | null | undefined;
  block?: string | null | undefined;
  preconditioner?: Preconditioner | null | undefined;
}>;


export type OutliersOfRunsQuery = { readonly runs: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly spectra: ReadonlyArray<{ readonly step: { readonly number: number }, readonly outliers: { readonly residuals: ReadonlyArray<number | null> }, readonly negativeMass: { readonly value: number, readonly standardError: number | null } }> }> } };

export type ProjectsQueryVariables = Exact<{ [key: string]: never; }>;


export type ProjectsQuery = { readonly projects: ReadonlyArray<{ readonly id: string, readonly name: string, readonly createdAt: string, readonly runCount: number, readonly archivedRunCount: number, readonly spectrumCount: number }> };

export type QueueQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
  status?: JobStatus | null | undefined;
}>;


export type QueueQuery = { readonly queueDepth: { readonly queued: number, readonly running: number, readonly finished: number, readonly failed: number, readonly cancelled: number }, readonly workers: ReadonlyArray<{ readonly id: string, readonly name: string, readonly concurrency: number, readonly running: number, readonly alive: boolean, readonly startedAt: string, readonly heartbeatAt: string, readonly stoppedAt: string | null, readonly computedBy: { readonly name: string } }>, readonly spectrumJobs: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<{ readonly id: string, readonly step: number, readonly status: JobStatus, readonly failure: string | null, readonly progress: number, readonly operator: CurvatureOperator, readonly precision: Precision, readonly lanczosSteps: number, readonly probeCount: number, readonly createdAt: string, readonly finishedAt: string | null, readonly computedBy: { readonly name: string }, readonly run: { readonly id: string, readonly name: string }, readonly parts: ReadonlyArray<{ readonly index: number, readonly firstProbe: number, readonly probeCount: number, readonly status: JobStatus, readonly attempts: number, readonly workerName: string | null, readonly stepsDone: number, readonly resumedFrom: number | null, readonly failure: string | null }> }> } };

export type QueueJobFragment = { readonly id: string, readonly step: number, readonly status: JobStatus, readonly failure: string | null, readonly progress: number, readonly operator: CurvatureOperator, readonly precision: Precision, readonly lanczosSteps: number, readonly probeCount: number, readonly createdAt: string, readonly finishedAt: string | null, readonly computedBy: { readonly name: string }, readonly run: { readonly id: string, readonly name: string }, readonly parts: ReadonlyArray<{ readonly index: number, readonly firstProbe: number, readonly probeCount: number, readonly status: JobStatus, readonly attempts: number, readonly workerName: string | null, readonly stepsDone: number, readonly resumedFrom: number | null, readonly failure: string | null }> };

export type RecordSpectrumMutationVariables = Exact<{
  input: RecordSpectrumInput;
}>;


export type RecordSpectrumMutation = { readonly recordSpectrum: { readonly created: boolean, readonly spectrum: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type ReportQueryVariables = Exact<{
  id: string;
}>;


export type ReportQuery = { readonly report: { readonly id: string, readonly title: string, readonly markdown: string, readonly revision: number, readonly updatedAt: string, readonly project: { readonly name: string } } | null };

export type ReportsQueryVariables = Exact<{ [key: string]: never; }>;


export type ReportsQuery = { readonly reports: ReadonlyArray<{ readonly id: string, readonly title: string, readonly revision: number, readonly updatedAt: string, readonly project: { readonly name: string } }> };

export type RequestSpectrumMutationVariables = Exact<{
  input: RequestSpectrumInput;
}>;


export type RequestSpectrumMutation = { readonly requestSpectrum: { readonly created: boolean, readonly job: { readonly id: string, readonly status: JobStatus } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type RetrySpectrumJobMutationVariables = Exact<{
  input: RetrySpectrumJobInput;
}>;


export type RetrySpectrumJobMutation = { readonly retrySpectrumJob: { readonly job: { readonly id: string, readonly status: JobStatus } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type RevokeTokenMutationVariables = Exact<{
  input: RevokeTokenInput;
}>;


export type RevokeTokenMutation = { readonly revokeToken: { readonly token: { readonly id: string, readonly revokedAt: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type RewindRunMutationVariables = Exact<{
  input: RewindRunInput;
}>;


export type RewindRunMutation = { readonly rewindRun: { readonly changed: boolean, readonly run: { readonly id: string } | null, readonly superseded: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type RitzVectorsQueryVariables = Exact<{
  spectrum: string;
  first?: number | null | undefined;
}>;


export type RitzVectorsQuery = { readonly spectrum: { readonly ritzVectors: ReadonlyArray<{ readonly index: number, readonly value: number, readonly residual: number | null, readonly inverseParticipation: number | null, readonly gradientOverlap: number | null, readonly miniBatchOverlap: number | null, readonly updateOverlap: number | null, readonly classShare: number | null, readonly massByBlock: ReadonlyArray<{ readonly block: string, readonly mass: number }> | null }> } | null };

export type RunQueryVariables = Exact<{
  id: string;
}>;


export type RunQuery = { readonly run: { readonly batchNorm: BatchNormMode, readonly normalisation: Normalisation | null, readonly residual: boolean, readonly gitRevision: string | null, readonly finishedAt: string | null, readonly tags: ReadonlyArray<string>, readonly notes: string | null, readonly archived: boolean, readonly id: string, readonly name: string, readonly status: RunStatus, readonly architecture: string, readonly dataset: string, readonly optimiser: string, readonly parameterCount: number | null, readonly classes: number | null, readonly plannedSteps: number | null, readonly seed: number, readonly createdAt: string, readonly project: { readonly name: string }, readonly experiment: { readonly name: string }, readonly computedBy: { readonly name: string } | null, readonly spectra: ReadonlyArray<{ readonly id: string, readonly operator: CurvatureOperator, readonly block: string, readonly preconditioner: Preconditioner, readonly lanczosSteps: number, readonly probeCount: number, readonly probeLaw: ProbeLaw, readonly precision: Precision, readonly reorthogonalisation: Reorthogonalisation, readonly lossReduction: LossReduction, readonly dataSize: number, readonly hvpCount: number, readonly seconds: number, readonly seed: number, readonly warnings: ReadonlyArray<string>, readonly computedBy: { readonly name: string }, readonly step: { readonly number: number } }>, readonly schedule: { readonly kind: ScheduleKind, readonly initial: number, readonly factor: number | null, readonly steps: ReadonlyArray<number> | null, readonly rates: ReadonlyArray<number> | null, readonly warmupSteps: number | null, readonly totalSteps: number | null } } | null };

export type RunChangesSubscriptionVariables = Exact<{
  id: string;
}>;


export type RunChangesSubscription = { readonly runUpdated: { readonly id: string, readonly status: RunStatus, readonly spectrumCount: number } };

export type RunDensitiesQueryVariables = Exact<{
  id: string;
  smoothing?: SmoothingInput | null | undefined;
  kernel?: KernelName | null | undefined;
  grid?: GridInput | null | undefined;
}>;


export type RunDensitiesQuery = { readonly run: { readonly spectra: ReadonlyArray<{ readonly operator: CurvatureOperator, readonly block: string, readonly step: { readonly number: number }, readonly density: { readonly lambda: ReadonlyArray<number>, readonly density: ReadonlyArray<number>, readonly sigma: number } }> } | null };

export type RunGlyphsQueryVariables = Exact<{
  ids: ReadonlyArray<string> | string;
  first: number;
  points: number;
}>;


export type RunGlyphsQuery = { readonly runs: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly latestSpectrum: { readonly id: string, readonly step: { readonly number: number }, readonly density: { readonly lambda: ReadonlyArray<number>, readonly density: ReadonlyArray<number> } } | null }> } };

export type RunGroupMeansQueryVariables = Exact<{
  by: ReadonlyArray<RunGroupKey> | RunGroupKey;
  filter?: RunFilter | null | undefined;
  first: number;
}>;


export type RunGroupMeansQuery = { readonly runGroups: ReadonlyArray<{ readonly architecture: string | null, readonly batchNorm: BatchNormMode | null, readonly residual: boolean | null, readonly dataset: string | null, readonly optimiser: string | null, readonly project: string | null, readonly experiment: string | null, readonly status: RunStatus | null, readonly tag: string | null, readonly schedule: { readonly kind: ScheduleKind, readonly initial: number, readonly factor: number | null, readonly steps: ReadonlyArray<number> | null, readonly rates: ReadonlyArray<number> | null, readonly warmupSteps: number | null, readonly totalSteps: number | null } | null, readonly lambdaMax: { readonly value: number | null, readonly runs: number }, readonly ratio: { readonly value: number | null, readonly runs: number } }> };

export type RunGroupsQueryVariables = Exact<{
  by: ReadonlyArray<RunGroupKey> | RunGroupKey;
  filter?: RunFilter | null | undefined;
}>;


export type RunGroupsQuery = { readonly runGroups: ReadonlyArray<{ readonly architecture: string | null, readonly batchNorm: BatchNormMode | null, readonly residual: boolean | null, readonly dataset: string | null, readonly optimiser: string | null, readonly project: string | null, readonly experiment: string | null, readonly status: RunStatus | null, readonly tag: string | null, readonly runIds: ReadonlyArray<string>, readonly count: number, readonly schedule: { readonly kind: ScheduleKind, readonly initial: number, readonly factor: number | null, readonly steps: ReadonlyArray<number> | null, readonly rates: ReadonlyArray<number> | null, readonly warmupSteps: number | null, readonly totalSteps: number | null } | null, readonly trainLoss: { readonly value: number | null, readonly runs: number }, readonly testAccuracy: { readonly value: number | null, readonly runs: number } }> };

export type RunHistoryQueryVariables = Exact<{
  id: string;
  maxPoints: number;
}>;


export type RunHistoryQuery = { readonly run: { readonly history: { readonly step: ReadonlyArray<number>, readonly epoch: ReadonlyArray<number | null>, readonly trainLoss: ReadonlyArray<number | null>, readonly testLoss: ReadonlyArray<number | null>, readonly trainAccuracy: ReadonlyArray<number | null>, readonly testAccuracy: ReadonlyArray<number | null>, readonly learningRate: ReadonlyArray<number | null>, readonly gradientNorm: ReadonlyArray<number | null>, readonly totalSteps: number, readonly downsampled: boolean } } | null };

export type RunListQueryVariables = Exact<{
  filter?: RunFilter | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type RunListQuery = { readonly runs: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly status: RunStatus, readonly architecture: string, readonly dataset: string, readonly optimiser: string, readonly parameterCount: number | null, readonly classes: number | null, readonly plannedSteps: number | null, readonly seed: number, readonly createdAt: string, readonly project: { readonly name: string }, readonly spectra: ReadonlyArray<{ readonly step: { readonly number: number } }>, readonly history: { readonly step: ReadonlyArray<number>, readonly trainLoss: ReadonlyArray<number | null>, readonly testAccuracy: ReadonlyArray<number | null> }, readonly schedule: { readonly kind: ScheduleKind, readonly initial: number, readonly factor: number | null, readonly steps: ReadonlyArray<number> | null, readonly rates: ReadonlyArray<number> | null, readonly warmupSteps: number | null, readonly totalSteps: number | null } }> } };

export type RunNamesQueryVariables = Exact<{
  first: number;
}>;


export type RunNamesQuery = { readonly runs: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly architecture: string }> } };

export type RunOutliersQueryVariables = Exact<{
  id: string;
  maxPoints: number;
  operator?: CurvatureOperator | null | undefined;
  block?: string | null | undefined;
  preconditioner?: Preconditioner | null | undefined;
}>;


export type RunOutliersQuery = { readonly run: { readonly history: { readonly step: ReadonlyArray<number>, readonly learningRate: ReadonlyArray<number | null> }, readonly spectra: ReadonlyArray<{ readonly step: { readonly number: number }, readonly outliers: { readonly lambdaMax: number, readonly lambdaK: number | null, readonly ratio: number | null, readonly values: ReadonlyArray<number>, readonly residuals: ReadonlyArray<number | null> }, readonly negativeMass: { readonly value: number, readonly standardError: number | null } }> } | null };

export type RunProgressQueryVariables = Exact<{
  id: string;
}>;


export type RunProgressQuery = { readonly run: { readonly id: string, readonly status: RunStatus, readonly spectra: ReadonlyArray<{ readonly step: { readonly number: number } }>, readonly history: { readonly step: ReadonlyArray<number>, readonly totalSteps: number, readonly downsampled: boolean } } | null };

export type RunSpectraQueryVariables = Exact<{
  id: string;
  operator?: CurvatureOperator | null | undefined;
  block?: string | null | undefined;
  preconditioner?: Preconditioner | null | undefined;
  steps?: ReadonlyArray<number> | number | null | undefined;
}>;


export type RunSpectraQuery = { readonly run: { readonly spectra: ReadonlyArray<{ readonly id: string, readonly parameterCount: number, readonly step: { readonly number: number }, readonly probes: ReadonlyArray<{ readonly alpha: ReadonlyArray<number> | null, readonly beta: ReadonlyArray<number> | null, readonly nodes: ReadonlyArray<number> | null, readonly weights: ReadonlyArray<number> | null }> }> } | null };

export type RunStabilityQueryVariables = Exact<{
  id: string;
  tolerance?: number | null | undefined;
  maxPoints: number;
}>;


export type RunStabilityQuery = { readonly run: { readonly stability: { readonly preconditioner: Preconditioner, readonly formula: string | null, readonly reason: string | null, readonly warnings: ReadonlyArray<string>, readonly step: ReadonlyArray<number>, readonly lambda1: ReadonlyArray<number>, readonly residual: ReadonlyArray<number | null>, readonly limit: ReadonlyArray<number | null>, readonly ratio: ReadonlyArray<number | null>, readonly downsampled: boolean, readonly tolerance: number, readonly lastRatio: number | null, readonly largestRatio: number | null, readonly shareOnEdge: number | null, readonly shareBeyond: number | null, readonly onset: number | null, readonly catapults: ReadonlyArray<{ readonly start: number, readonly peak: number, readonly end: number, readonly lossRatio: number, readonly lambda1Before: number, readonly lambda1After: number }> }, readonly history: { readonly step: ReadonlyArray<number>, readonly sharpness: ReadonlyArray<number | null>, readonly sharpnessError: ReadonlyArray<number | null>, readonly preconditionedSharpness: ReadonlyArray<number | null>, readonly preconditionedSharpnessError: ReadonlyArray<number | null>, readonly gradientCurvature: ReadonlyArray<number | null>, readonly updateCurvature: ReadonlyArray<number | null>, readonly stabilityLimit: ReadonlyArray<number | null>, readonly downsampled: boolean } } | null };

export type RunSummaryFragment = { readonly id: string, readonly name: string, readonly status: RunStatus, readonly architecture: string, readonly dataset: string, readonly optimiser: string, readonly parameterCount: number | null, readonly classes: number | null, readonly plannedSteps: number | null, readonly seed: number, readonly createdAt: string, readonly schedule: { readonly kind: ScheduleKind, readonly initial: number, readonly factor: number | null, readonly steps: ReadonlyArray<number> | null, readonly rates: ReadonlyArray<number> | null, readonly warmupSteps: number | null, readonly totalSteps: number | null } };

export type RunTrajectoriesQueryVariables = Exact<{
  ids: ReadonlyArray<string> | string;
  first: number;
}>;


export type RunTrajectoriesQuery = { readonly runs: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly trajectory: { readonly step: ReadonlyArray<number>, readonly lambdaMax: ReadonlyArray<number>, readonly lambdaK: ReadonlyArray<number | null>, readonly ratio: ReadonlyArray<number | null> } }> } };

export type RunTrajectoryQueryVariables = Exact<{
  id: string;
  operator?: CurvatureOperator | null | undefined;
  block?: string | null | undefined;
  preconditioner?: Preconditioner | null | undefined;
}>;


export type RunTrajectoryQuery = { readonly run: { readonly trajectory: { readonly step: ReadonlyArray<number>, readonly lambdaMax: ReadonlyArray<number>, readonly lambdaK: ReadonlyArray<number | null>, readonly lambdaMin: ReadonlyArray<number>, readonly ratio: ReadonlyArray<number | null>, readonly negativeMass: ReadonlyArray<number>, readonly outlierCount: ReadonlyArray<number | null>, readonly trace: ReadonlyArray<number>, readonly overlap: ReadonlyArray<{ readonly gradient: GradientKind, readonly k: number, readonly fraction: ReadonlyArray<number | null> }> } } | null };

export type RunUpdatedSubscriptionVariables = Exact<{
  id: string;
}>;


export type RunUpdatedSubscription = { readonly runUpdated: { readonly id: string, readonly name: string, readonly status: RunStatus, readonly finishedAt: string | null, readonly tags: ReadonlyArray<string>, readonly notes: string | null, readonly archived: boolean, readonly history: { readonly step: ReadonlyArray<number>, readonly epoch: ReadonlyArray<number | null>, readonly trainLoss: ReadonlyArray<number | null>, readonly testLoss: ReadonlyArray<number | null>, readonly trainAccuracy: ReadonlyArray<number | null>, readonly testAccuracy: ReadonlyArray<number | null>, readonly learningRate: ReadonlyArray<number | null>, readonly gradientNorm: ReadonlyArray<number | null>, readonly totalSteps: number, readonly downsampled: boolean }, readonly spectra: ReadonlyArray<{ readonly id: string, readonly operator: CurvatureOperator, readonly block: string, readonly step: { readonly number: number } }> } };

export type RunsQueryVariables = Exact<{
  filter?: RunFilter | null | undefined;
  orderBy?: RunOrder | null | undefined;
  first: number;
  after?: string | null | undefined;
  statistics?: ReadonlyArray<RunStatisticInput> | RunStatisticInput;
  measures?: ReadonlyArray<RunMeasureInput> | RunMeasureInput;
}>;


export type RunsQuery = { readonly runs: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<{ readonly tags: ReadonlyArray<string>, readonly notes: string | null, readonly archived: boolean, readonly spectrumCount: number, readonly id: string, readonly name: string, readonly status: RunStatus, readonly architecture: string, readonly dataset: string, readonly optimiser: string, readonly parameterCount: number | null, readonly classes: number | null, readonly plannedSteps: number | null, readonly seed: number, readonly createdAt: string, readonly statistics: ReadonlyArray<{ readonly value: number | null, readonly standardError: number | null, readonly step: number | null }>, readonly measures: ReadonlyArray<{ readonly value: number | null, readonly standardError: number | null, readonly step: number | null }>, readonly history: { readonly step: ReadonlyArray<number>, readonly trainLoss: ReadonlyArray<number | null>, readonly testLoss: ReadonlyArray<number | null>, readonly trainAccuracy: ReadonlyArray<number | null>, readonly testAccuracy: ReadonlyArray<number | null>, readonly totalSteps: number }, readonly schedule: { readonly kind: ScheduleKind, readonly initial: number, readonly factor: number | null, readonly steps: ReadonlyArray<number> | null, readonly rates: ReadonlyArray<number> | null, readonly warmupSteps: number | null, readonly totalSteps: number | null } }> } };

export type RunsUpdatedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type RunsUpdatedSubscription = { readonly runsUpdated: ReadonlyArray<string> };

export type SaveViewMutationVariables = Exact<{
  input: SaveViewInput;
}>;


export type SaveViewMutation = { readonly saveView: { readonly view: { readonly id: string, readonly name: string, readonly address: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type SavedViewsQueryVariables = Exact<{ [key: string]: never; }>;


export type SavedViewsQuery = { readonly savedViews: ReadonlyArray<{ readonly id: string, readonly name: string, readonly address: string }> };

export type SpectraOfRunsQueryVariables = Exact<{
  ids: ReadonlyArray<string> | string;
  first: number;
  steps: ReadonlyArray<number> | number;
  operator?: CurvatureOperator | null | undefined;
  block?: string | null | undefined;
  preconditioner?: Preconditioner | null | undefined;
}>;


export type SpectraOfRunsQuery = { readonly runs: { readonly nodes: ReadonlyArray<{ readonly spectra: ReadonlyArray<{ readonly id: string, readonly parameterCount: number, readonly step: { readonly number: number }, readonly probes: ReadonlyArray<{ readonly alpha: ReadonlyArray<number> | null, readonly beta: ReadonlyArray<number> | null, readonly nodes: ReadonlyArray<number> | null, readonly weights: ReadonlyArray<number> | null }> }> }> } };

export type SpectrumAtStepQueryVariables = Exact<{
  id: string;
  step: number;
  operator?: CurvatureOperator | null | undefined;
  block?: string | null | undefined;
  preconditioner?: Preconditioner | null | undefined;
  smoothing?: SmoothingInput | null | undefined;
  kernel?: KernelName | null | undefined;
  method?: QuadratureMethod | null | undefined;
  grid?: GridInput | null | undefined;
}>;


export type SpectrumAtStepQuery = { readonly run: { readonly spectrum: { readonly id: string, readonly probeCount: number, readonly lanczosSteps: number, readonly density: { readonly lambda: ReadonlyArray<number>, readonly density: ReadonlyArray<number>, readonly lower: ReadonlyArray<number>, readonly upper: ReadonlyArray<number>, readonly sigma: number, readonly kernel: KernelName, readonly method: QuadratureMethod }, readonly outliers: { readonly values: ReadonlyArray<number>, readonly residuals: ReadonlyArray<number | null>, readonly bulkEdge: number | null, readonly count: number | null, readonly lambdaMax: number, readonly lambdaK: number | null, readonly lambdaMin: number, readonly ratio: number | null }, readonly convergence: { readonly halfSteps: number, readonly movedShare: number, readonly bandShare: number | null, readonly converged: boolean | null, readonly lambdaMaxChange: number | null } | null, readonly negativeMass: { readonly value: number, readonly standardError: number | null } } | null } | null };

export type SpectrumProbesQueryVariables = Exact<{
  id: string;
}>;


export type SpectrumProbesQuery = { readonly spectrum: { readonly id: string, readonly parameterCount: number, readonly probes: ReadonlyArray<{ readonly alpha: ReadonlyArray<number> | null, readonly beta: ReadonlyArray<number> | null, readonly nodes: ReadonlyArray<number> | null, readonly weights: ReadonlyArray<number> | null }> } | null };

export type StorageQueryVariables = Exact<{ [key: string]: never; }>;


export type StorageQuery = { readonly storage: { readonly databaseBytes: number, readonly runCount: number, readonly archivedRunCount: number, readonly spectrumCount: number, readonly bytesPerSpectrum: number | null, readonly tables: ReadonlyArray<{ readonly name: string, readonly bytes: number, readonly rows: number }>, readonly cache: { readonly entries: number, readonly bytes: number, readonly capacity: number, readonly hits: number, readonly misses: number } } };

export type TagRunMutationVariables = Exact<{
  input: TagRunInput;
}>;


export type TagRunMutation = { readonly tagRun: { readonly run: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type TokensQueryVariables = Exact<{ [key: string]: never; }>;


export type TokensQuery = { readonly tokens: ReadonlyArray<{ readonly id: string, readonly name: string, readonly scope: TokenScope, readonly projectName: string | null, readonly createdAt: string, readonly lastUsedAt: string | null, readonly revokedAt: string | null }> };

export type TopSpaceOverlapsQueryVariables = Exact<{
  id: string;
  operator?: CurvatureOperator | null | undefined;
  block?: string | null | undefined;
  preconditioner?: Preconditioner | null | undefined;
  k?: number | null | undefined;
}>;


export type TopSpaceOverlapsQuery = { readonly run: { readonly topSpaceOverlaps: { readonly steps: ReadonlyArray<number>, readonly counts: ReadonlyArray<number>, readonly overlap: ReadonlyArray<ReadonlyArray<number | null>> } } | null };

export type UpdateRunMutationVariables = Exact<{
  input: UpdateRunInput;
}>;


export type UpdateRunMutation = { readonly updateRun: { readonly run: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const RunSummaryFragmentDoc = new TypedDocumentString(`
    fragment RunSummary on Run {
  id
  name
  status
  architecture
  dataset
  optimiser
  schedule {
    kind
    initial
    factor
    steps
    rates
    warmupSteps
    totalSteps
  }
  parameterCount
  classes
  plannedSteps
  seed
  createdAt
}
    `, {"fragmentName":"RunSummary"}) as unknown as TypedDocumentString<RunSummaryFragment, unknown>;
export const FindingDataFragmentDoc = new TypedDocumentString(`
    fragment FindingData on Run {
  ...RunSummary
  batchNorm
  residual
  tags
  config {
    path
    value
  }
  history(maxPoints: $maxPoints) {
    step
    trainLoss
  }
  trajectory {
    step
    lambdaMax
    lambdaMin
    lambdaK
    lambdaKResidual
    ratio
    topSum
    outlierCount
    frobeniusNorm
    meanMagnitude
    dataSize
    nearZero: massWithin(share: $nearZero)
    overlap {
      gradient
      k
      fraction
    }
  }
}
    fragment RunSummary on Run {
  id
  name
  status
  architecture
  dataset
  optimiser
  schedule {
    kind
    initial
    factor
    steps
    rates
    warmupSteps
    totalSteps
  }
  parameterCount
  classes
  plannedSteps
  seed
  createdAt
}`, {"fragmentName":"FindingData"}) as unknown as TypedDocumentString<FindingDataFragment, unknown>;
export const QueueJobFragmentDoc = new TypedDocumentString(`
    fragment QueueJob on SpectrumJob {
  id
  step
  status
  failure
  progress
  operator
  computedBy {
    name
  }
  precision
  lanczosSteps
  probeCount
  createdAt
  finishedAt
  run {
    id
    name
  }
  parts {
    index
    firstProbe
    probeCount
    status
    attempts
    workerName
    stepsDone
    resumedFrom
    failure
  }
}
    `, {"fragmentName":"QueueJob"}) as unknown as TypedDocumentString<QueueJobFragment, unknown>;
export const AccessDocument = new TypedDocumentString(`
    query Access {
  access {
    scope
    project {
      name
    }
  }
}
    `) as unknown as TypedDocumentString<AccessQuery, AccessQueryVariables>;
export const BlockComparisonDocument = new TypedDocumentString(`
    query BlockComparison($id: ID!, $step: Int!, $operator: CurvatureOperator, $preconditioner: Preconditioner, $blocks: [String!], $smoothing: SmoothingInput, $kernel: KernelName, $grid: GridInput) {
  run(id: $id) {
    blockComparison(
      step: $step
      operator: $operator
      preconditioner: $preconditioner
      blocks: $blocks
      smoothing: $smoothing
      kernel: $kernel
      grid: $grid
    ) {
      step
      lambda
      sigma
      entries {
        spectrum {
          id
          block
          parameterCount
        }
        density {
          density
          lower
          upper
        }
      }
      distances {
        wasserstein1
        l1
        jensenShannon
      }
    }
  }
}
    `) as unknown as TypedDocumentString<BlockComparisonQuery, BlockComparisonQueryVariables>;
export const BlockStatisticsDocument = new TypedDocumentString(`
    query BlockStatistics($id: ID!, $operator: CurvatureOperator, $preconditioner: Preconditioner) {
  run(id: $id) {
    blockStatistics(operator: $operator, preconditioner: $preconditioner) {
      blocks
      steps
      parameterCount
      spectrum
      lambdaMax {
        value
        standardError
      }
      lambdaMin {
        value
        standardError
      }
      trace {
        value
        standardError
      }
      tracePerParameter {
        value
        standardError
      }
      frobeniusNorm {
        value
        standardError
      }
      effectiveRank {
        value
        standardError
      }
      negativeMass {
        value
        standardError
      }
      gradientOverlap(k: 1)
    }
  }
}
    `) as unknown as TypedDocumentString<BlockStatisticsQuery, BlockStatisticsQueryVariables>;
export const CancelSpectrumJobDocument = new TypedDocumentString(`
    mutation CancelSpectrumJob($input: CancelSpectrumJobInput!) {
  cancelSpectrumJob(input: $input) {
    job {
      id
      status
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CancelSpectrumJobMutation, CancelSpectrumJobMutationVariables>;
export const CompareRunsDocument = new TypedDocumentString(`
    query CompareRuns($ids: [ID!]!, $maxPoints: Int!, $operator: CurvatureOperator = HESSIAN, $block: String = "all", $preconditioner: Preconditioner = NONE) {
  runs(filter: {ids: $ids}, first: 50) {
    nodes {
      ...RunSummary
      batchNorm
      normalisation
      residual
      computedBy {
        name
      }
      gitRevision
      tags
      project {
        name
      }
      experiment {
        name
      }
      measuredOperators {
        operator
        block
        preconditioner
      }
      spectra(operator: $operator, block: $block, preconditioner: $preconditioner) {
        id
        operator
        block
        lanczosSteps
        probeCount
        dataSize
        dataFingerprint
        preconditioner
        batchSize
        parameterCount
        lossReduction
        weightDecayIncluded
        batchNorm
        precision
        step {
          number
          epoch
          trainLoss
        }
      }
      history(maxPoints: $maxPoints) {
        step
        epoch
        trainLoss
        testLoss
        trainAccuracy
        testAccuracy
        learningRate
      }
      trajectory(operator: $operator, block: $block, preconditioner: $preconditioner) {
        step
        lambdaMax
        lambdaK
        lambdaMin
        ratio
        negativeMass
        massNearZero
        effectiveRank
        overlap {
          gradient
          k
          fraction
        }
      }
    }
  }
}
    fragment RunSummary on Run {
  id
  name
  status
  architecture
  dataset
  optimiser
  schedule {
    kind
    initial
    factor
    steps
    rates
    warmupSteps
    totalSteps
  }
  parameterCount
  classes
  plannedSteps
  seed
  createdAt
}`) as unknown as TypedDocumentString<CompareRunsQuery, CompareRunsQueryVariables>;
export const CompareSpectraDocument = new TypedDocumentString(`
    query CompareSpectra($runs: [ID!]!, $align: Alignment, $at: [Float!], $smoothing: SmoothingInput, $points: Int!) {
  compare(
    runs: $runs
    align: $align
    at: $at
    smoothing: $smoothing
    grid: {points: $points}
  ) {
    alignment
    runs {
      id
      name
    }
    differingSettings {
      name
      values: typedValues {
        shown
      }
    }
    points {
      position
      lambda
      sigma
      entries {
        run {
          id
        }
        spectrum {
          id
          step {
            number
          }
          outliers {
            lambdaMax
            lambdaK
            lambdaMin
            ratio
            count
          }
          negativeMass {
            value
            standardError
          }
        }
        density {
          density
          lower
          upper
        }
      }
      missing {
        id
        name
      }
      distances {
        wasserstein1
        l1
        jensenShannon
      }
      warnings {
        first {
          id
        }
        second {
          id
        }
        field
        firstValue: firstTypedValue {
          shown
        }
        secondValue: secondTypedValue {
          shown
        }
        severity
        consequence
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CompareSpectraQuery, CompareSpectraQueryVariables>;
export const ComparisonDocument = new TypedDocumentString(`
    query Comparison($runs: [ID!]!, $align: Alignment, $at: [Float!], $tolerance: Float, $smoothing: SmoothingInput, $kernel: KernelName, $grid: GridInput, $operator: CurvatureOperator = HESSIAN, $block: String = "all", $preconditioner: Preconditioner = NONE) {
  compare(
    runs: $runs
    align: $align
    at: $at
    tolerance: $tolerance
    smoothing: $smoothing
    kernel: $kernel
    grid: $grid
    operator: $operator
    block: $block
    preconditioner: $preconditioner
  ) {
    alignment
    runs {
      id
      name
    }
    differingSettings {
      name
      values: typedValues {
        shown
      }
    }
    points {
      position
      lambda
      sigma
      entries {
        position
        run {
          id
        }
        spectrum {
          id
          step {
            number
          }
        }
        density {
          density
          lower
          upper
        }
      }
      missing {
        id
      }
      distances {
        wasserstein1
        l1
        jensenShannon
      }
      warnings {
        first {
          id
        }
        second {
          id
        }
        field
        firstValue: firstTypedValue {
          shown
        }
        secondValue: secondTypedValue {
          shown
        }
        severity
        consequence
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ComparisonQuery, ComparisonQueryVariables>;
export const CreateProjectDocument = new TypedDocumentString(`
    mutation CreateProject($input: CreateProjectInput!) {
  createProject(input: $input) {
    created
    project {
      id
      name
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateProjectMutation, CreateProjectMutationVariables>;
export const CreateReportDocument = new TypedDocumentString(`
    mutation CreateReport($input: CreateReportInput!) {
  createReport(input: $input) {
    report {
      id
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateReportMutation, CreateReportMutationVariables>;
export const CreateRunDocument = new TypedDocumentString(`
    mutation CreateRun($input: CreateRunInput!) {
  createRun(input: $input) {
    created
    run {
      id
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateRunMutation, CreateRunMutationVariables>;
export const CreateTokenDocument = new TypedDocumentString(`
    mutation CreateToken($input: CreateTokenInput!) {
  createToken(input: $input) {
    secret
    token {
      id
      name
      scope
      projectName
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateTokenMutation, CreateTokenMutationVariables>;
export const DeleteReportDocument = new TypedDocumentString(`
    mutation DeleteReport($input: DeleteReportInput!) {
  deleteReport(input: $input) {
    deleted
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteReportMutation, DeleteReportMutationVariables>;
export const DeleteRunDocument = new TypedDocumentString(`
    mutation DeleteRun($input: DeleteRunInput!) {
  deleteRun(input: $input) {
    deleted
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteRunMutation, DeleteRunMutationVariables>;
export const DeleteViewDocument = new TypedDocumentString(`
    mutation DeleteView($input: DeleteViewInput!) {
  deleteView(input: $input) {
    deleted
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteViewMutation, DeleteViewMutationVariables>;
export const DifferingSettingsDocument = new TypedDocumentString(`
    query DifferingSettings($runs: [ID!]!) {
  compare(runs: $runs, grid: {points: 2}) {
    runs {
      id
      name
    }
    differingSettings {
      name
      values: typedValues {
        shown
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DifferingSettingsQuery, DifferingSettingsQueryVariables>;
export const EditReportDocument = new TypedDocumentString(`
    mutation EditReport($input: EditReportInput!) {
  editReport(input: $input) {
    report {
      id
      title
      markdown
      revision
      updatedAt
      project {
        name
      }
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<EditReportMutation, EditReportMutationVariables>;
export const EnginesDocument = new TypedDocumentString(`
    query Engines {
  engines {
    computedBy {
      name
    }
    precision
    spectrumCount
    runCount
    lastUsedAt
  }
}
    `) as unknown as TypedDocumentString<EnginesQuery, EnginesQueryVariables>;
export const ExperimentNamesDocument = new TypedDocumentString(`
    query ExperimentNames {
  projects {
    name
    experiments {
      name
    }
  }
}
    `) as unknown as TypedDocumentString<ExperimentNamesQuery, ExperimentNamesQueryVariables>;
export const FindingRunDocument = new TypedDocumentString(`
    query FindingRun($id: ID!, $maxPoints: Int!, $nearZero: Float!) {
  run(id: $id) {
    ...FindingData
  }
}
    fragment FindingData on Run {
  ...RunSummary
  batchNorm
  residual
  tags
  config {
    path
    value
  }
  history(maxPoints: $maxPoints) {
    step
    trainLoss
  }
  trajectory {
    step
    lambdaMax
    lambdaMin
    lambdaK
    lambdaKResidual
    ratio
    topSum
    outlierCount
    frobeniusNorm
    meanMagnitude
    dataSize
    nearZero: massWithin(share: $nearZero)
    overlap {
      gradient
      k
      fraction
    }
  }
}
fragment RunSummary on Run {
  id
  name
  status
  architecture
  dataset
  optimiser
  schedule {
    kind
    initial
    factor
    steps
    rates
    warmupSteps
    totalSteps
  }
  parameterCount
  classes
  plannedSteps
  seed
  createdAt
}`) as unknown as TypedDocumentString<FindingRunQuery, FindingRunQueryVariables>;
export const FindingRunsDocument = new TypedDocumentString(`
    query FindingRuns($ids: [ID!]!, $first: Int!, $after: String, $maxPoints: Int!, $nearZero: Float!) {
  runs(filter: {ids: $ids}, first: $first, after: $after) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...FindingData
    }
  }
}
    fragment FindingData on Run {
  ...RunSummary
  batchNorm
  residual
  tags
  config {
    path
    value
  }
  history(maxPoints: $maxPoints) {
    step
    trainLoss
  }
  trajectory {
    step
    lambdaMax
    lambdaMin
    lambdaK
    lambdaKResidual
    ratio
    topSum
    outlierCount
    frobeniusNorm
    meanMagnitude
    dataSize
    nearZero: massWithin(share: $nearZero)
    overlap {
      gradient
      k
      fraction
    }
  }
}
fragment RunSummary on Run {
  id
  name
  status
  architecture
  dataset
  optimiser
  schedule {
    kind
    initial
    factor
    steps
    rates
    warmupSteps
    totalSteps
  }
  parameterCount
  classes
  plannedSteps
  seed
  createdAt
}`) as unknown as TypedDocumentString<FindingRunsQuery, FindingRunsQueryVariables>;
export const FinishRunDocument = new TypedDocumentString(`
    mutation FinishRun($input: FinishRunInput!) {
  finishRun(input: $input) {
    run {
      id
      status
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<FinishRunMutation, FinishRunMutationVariables>;
export const GradientEnergyDocument = new TypedDocumentString(`
    query GradientEnergy($id: ID!, $operator: CurvatureOperator, $block: String, $preconditioner: Preconditioner) {
  run(id: $id) {
    spectra(operator: $operator, block: $block, preconditioner: $preconditioner) {
      id
      step {
        number
      }
      gradientEnergy {
        gradient
        gradientNorm
        curvature
        nodes
        weights
      }
      gradientOverlap {
        gradient
        k
        fraction
      }
    }
  }
}
    `) as unknown as TypedDocumentString<GradientEnergyQuery, GradientEnergyQueryVariables>;
export const HomeDocument = new TypedDocumentString(`
    query Home($all: RunFilter!, $running: RunFilter!, $failed: RunFilter!) {
  all: runs(filter: $all, first: 1) {
    totalCount
  }
  running: runs(filter: $running, first: 20) {
    totalCount
    nodes {
      id
      name
      plannedSteps
      createdAt
      seed
      history(maxPoints: 2) {
        step
        trainLoss
      }
    }
  }
  failed: runs(filter: $failed, first: 10) {
    nodes {
      id
    }
  }
  spectra(
    first: 60
    filter: {runs: $all, operator: HESSIAN, block: "all", preconditioner: NONE}
  ) {
    totalCount
    nodes {
      createdAt
      run {
        id
      }
    }
  }
}
    `) as unknown as TypedDocumentString<HomeQuery, HomeQueryVariables>;
export const HomeRunsDocument = new TypedDocumentString(`
    query HomeRuns($ids: [ID!]!, $first: Int!, $points: Int!) {
  runs(filter: {ids: $ids}, first: $first) {
    nodes {
      id
      name
      status
      updatedAt
      spectrumCount
      history(maxPoints: 60) {
        step
        trainLoss
      }
      trajectory {
        step
        lambdaMax
      }
      stability(maxPoints: 2) {
        step
        lambda1
        limit
        formula
        lastRatio
      }
      latestSpectrum {
        id
        createdAt
        step {
          number
        }
        density(grid: {points: $points}) {
          lambda
          density
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<HomeRunsQuery, HomeRunsQueryVariables>;
export const LogStepsDocument = new TypedDocumentString(`
    mutation LogSteps($input: LogStepsInput!) {
  logSteps(input: $input) {
    steps {
      number
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<LogStepsMutation, LogStepsMutationVariables>;
export const OperatorsAtStepDocument = new TypedDocumentString(`
    query OperatorsAtStep($id: ID!, $step: Int!, $block: String, $preconditioner: Preconditioner, $smoothing: SmoothingInput, $kernel: KernelName, $grid: GridInput) {
  run(id: $id) {
    spectra(block: $block, preconditioner: $preconditioner, steps: [$step]) {
      operator
      density(smoothing: $smoothing, kernel: $kernel, grid: $grid) {
        lambda
        density
        lower
        upper
        sigma
      }
      outliers {
        lambdaMax
        lambdaMin
      }
      negativeMass {
        value
        standardError
      }
      trace {
        value
        standardError
      }
    }
  }
}
    `) as unknown as TypedDocumentString<OperatorsAtStepQuery, OperatorsAtStepQueryVariables>;
export const OutliersOfRunsDocument = new TypedDocumentString(`
    query OutliersOfRuns($ids: [ID!]!, $first: Int!, $operator: CurvatureOperator, $block: String, $preconditioner: Preconditioner) {
  runs(filter: {ids: $ids}, first: $first) {
    nodes {
      id
      spectra(operator: $operator, block: $block, preconditioner: $preconditioner) {
        step {
          number
        }
        outliers {
          residuals
        }
        negativeMass {
          value
          standardError
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<OutliersOfRunsQuery, OutliersOfRunsQueryVariables>;
export const ProjectsDocument = new TypedDocumentString(`
    query Projects {
  projects {
    id
    name
    createdAt
    runCount
    archivedRunCount
    spectrumCount
  }
}
    `) as unknown as TypedDocumentString<ProjectsQuery, ProjectsQueryVariables>;
export const QueueDocument = new TypedDocumentString(`
    query Queue($first: Int! = 50, $after: String, $status: JobStatus) {
  queueDepth {
    queued
    running
    finished
    failed
    cancelled
  }
  workers {
    id
    name
    computedBy {
      name
    }
    concurrency
    running
    alive
    startedAt
    heartbeatAt
    stoppedAt
  }
  spectrumJobs(first: $first, after: $after, status: $status) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...QueueJob
    }
  }
}
    fragment QueueJob on SpectrumJob {
  id
  step
  status
  failure
  progress
  operator
  computedBy {
    name
  }
  precision
  lanczosSteps
  probeCount
  createdAt
  finishedAt
  run {
    id
    name
  }
  parts {
    index
    firstProbe
    probeCount
    status
    attempts
    workerName
    stepsDone
    resumedFrom
    failure
  }
}`) as unknown as TypedDocumentString<QueueQuery, QueueQueryVariables>;
export const RecordSpectrumDocument = new TypedDocumentString(`
    mutation RecordSpectrum($input: RecordSpectrumInput!) {
  recordSpectrum(input: $input) {
    created
    spectrum {
      id
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RecordSpectrumMutation, RecordSpectrumMutationVariables>;
export const ReportDocument = new TypedDocumentString(`
    query Report($id: ID!) {
  report(id: $id) {
    id
    title
    markdown
    revision
    updatedAt
    project {
      name
    }
  }
}
    `) as unknown as TypedDocumentString<ReportQuery, ReportQueryVariables>;
export const ReportsDocument = new TypedDocumentString(`
    query Reports {
  reports {
    id
    title
    revision
    updatedAt
    project {
      name
    }
  }
}
    `) as unknown as TypedDocumentString<ReportsQuery, ReportsQueryVariables>;
export const RequestSpectrumDocument = new TypedDocumentString(`
    mutation RequestSpectrum($input: RequestSpectrumInput!) {
  requestSpectrum(input: $input) {
    created
    job {
      id
      status
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RequestSpectrumMutation, RequestSpectrumMutationVariables>;
export const RetrySpectrumJobDocument = new TypedDocumentString(`
    mutation RetrySpectrumJob($input: RetrySpectrumJobInput!) {
  retrySpectrumJob(input: $input) {
    job {
      id
      status
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RetrySpectrumJobMutation, RetrySpectrumJobMutationVariables>;
export const RevokeTokenDocument = new TypedDocumentString(`
    mutation RevokeToken($input: RevokeTokenInput!) {
  revokeToken(input: $input) {
    token {
      id
      revokedAt
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RevokeTokenMutation, RevokeTokenMutationVariables>;
export const RewindRunDocument = new TypedDocumentString(`
    mutation RewindRun($input: RewindRunInput!) {
  rewindRun(input: $input) {
    run {
      id
    }
    superseded {
      id
    }
    changed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RewindRunMutation, RewindRunMutationVariables>;
export const RitzVectorsDocument = new TypedDocumentString(`
    query RitzVectors($spectrum: ID!, $first: Int) {
  spectrum(id: $spectrum) {
    ritzVectors(first: $first) {
      index
      value
      residual
      inverseParticipation
      massByBlock {
        block
        mass
      }
      gradientOverlap
      miniBatchOverlap
      updateOverlap
      classShare
    }
  }
}
    `) as unknown as TypedDocumentString<RitzVectorsQuery, RitzVectorsQueryVariables>;
export const RunDocument = new TypedDocumentString(`
    query Run($id: ID!) {
  run(id: $id) {
    ...RunSummary
    project {
      name
    }
    experiment {
      name
    }
    batchNorm
    normalisation
    residual
    computedBy {
      name
    }
    gitRevision
    finishedAt
    tags
    notes
    archived
    spectra {
      id
      operator
      block
      preconditioner
      lanczosSteps
      probeCount
      probeLaw
      precision
      reorthogonalisation
      lossReduction
      dataSize
      hvpCount
      seconds
      computedBy {
        name
      }
      seed
      warnings
      step {
        number
      }
    }
  }
}
    fragment RunSummary on Run {
  id
  name
  status
  architecture
  dataset
  optimiser
  schedule {
    kind
    initial
    factor
    steps
    rates
    warmupSteps
    totalSteps
  }
  parameterCount
  classes
  plannedSteps
  seed
  createdAt
}`) as unknown as TypedDocumentString<RunQuery, RunQueryVariables>;
export const RunChangesDocument = new TypedDocumentString(`
    subscription RunChanges($id: ID!) {
  runUpdated(id: $id) {
    id
    status
    spectrumCount
  }
}
    `) as unknown as TypedDocumentString<RunChangesSubscription, RunChangesSubscriptionVariables>;
export const RunDensitiesDocument = new TypedDocumentString(`
    query RunDensities($id: ID!, $smoothing: SmoothingInput, $kernel: KernelName, $grid: GridInput) {
  run(id: $id) {
    spectra {
      operator
      block
      step {
        number
      }
      density(smoothing: $smoothing, kernel: $kernel, grid: $grid) {
        lambda
        density
        sigma
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RunDensitiesQuery, RunDensitiesQueryVariables>;
export const RunGlyphsDocument = new TypedDocumentString(`
    query RunGlyphs($ids: [ID!]!, $first: Int!, $points: Int!) {
  runs(filter: {ids: $ids}, first: $first) {
    nodes {
      id
      latestSpectrum {
        id
        step {
          number
        }
        density(grid: {points: $points}) {
          lambda
          density
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RunGlyphsQuery, RunGlyphsQueryVariables>;
export const RunGroupMeansDocument = new TypedDocumentString(`
    query RunGroupMeans($by: [RunGroupKey!]!, $filter: RunFilter, $first: Int!) {
  runGroups(by: $by, filter: $filter) {
    architecture
    batchNorm
    residual
    dataset
    optimiser
    project
    experiment
    status
    tag
    schedule {
      kind
      initial
      factor
      steps
      rates
      warmupSteps
      totalSteps
    }
    lambdaMax(first: $first) {
      value
      runs
    }
    ratio(first: $first) {
      value
      runs
    }
  }
}
    `) as unknown as TypedDocumentString<RunGroupMeansQuery, RunGroupMeansQueryVariables>;
export const RunGroupsDocument = new TypedDocumentString(`
    query RunGroups($by: [RunGroupKey!]!, $filter: RunFilter) {
  runGroups(by: $by, filter: $filter) {
    architecture
    batchNorm
    residual
    dataset
    optimiser
    project
    experiment
    status
    tag
    schedule {
      kind
      initial
      factor
      steps
      rates
      warmupSteps
      totalSteps
    }
    runIds
    count
    trainLoss {
      value
      runs
    }
    testAccuracy {
      value
      runs
    }
  }
}
    `) as unknown as TypedDocumentString<RunGroupsQuery, RunGroupsQueryVariables>;
export const RunHistoryDocument = new TypedDocumentString(`
    query RunHistory($id: ID!, $maxPoints: Int!) {
  run(id: $id) {
    history(maxPoints: $maxPoints) {
      step
      epoch
      trainLoss
      testLoss
      trainAccuracy
      testAccuracy
      learningRate
      gradientNorm
      totalSteps
      downsampled
    }
  }
}
    `) as unknown as TypedDocumentString<RunHistoryQuery, RunHistoryQueryVariables>;
export const RunListDocument = new TypedDocumentString(`
    query RunList($filter: RunFilter, $first: Int!, $after: String) {
  runs(filter: $filter, first: $first, after: $after) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...RunSummary
      project {
        name
      }
      spectra {
        step {
          number
        }
      }
      history(maxPoints: 2) {
        step
        trainLoss
        testAccuracy
      }
    }
  }
}
    fragment RunSummary on Run {
  id
  name
  status
  architecture
  dataset
  optimiser
  schedule {
    kind
    initial
    factor
    steps
    rates
    warmupSteps
    totalSteps
  }
  parameterCount
  classes
  plannedSteps
  seed
  createdAt
}`) as unknown as TypedDocumentString<RunListQuery, RunListQueryVariables>;
export const RunNamesDocument = new TypedDocumentString(`
    query RunNames($first: Int!) {
  runs(filter: {archived: false}, first: $first) {
    nodes {
      id
      name
      architecture
    }
  }
}
    `) as unknown as TypedDocumentString<RunNamesQuery, RunNamesQueryVariables>;
export const RunOutliersDocument = new TypedDocumentString(`
    query RunOutliers($id: ID!, $maxPoints: Int!, $operator: CurvatureOperator, $block: String, $preconditioner: Preconditioner) {
  run(id: $id) {
    history(maxPoints: $maxPoints) {
      step
      learningRate
    }
    spectra(operator: $operator, block: $block, preconditioner: $preconditioner) {
      step {
        number
      }
      outliers {
        lambdaMax
        lambdaK
        ratio
        values
        residuals
      }
      negativeMass {
        value
        standardError
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RunOutliersQuery, RunOutliersQueryVariables>;
export const RunProgressDocument = new TypedDocumentString(`
    query RunProgress($id: ID!) {
  run(id: $id) {
    id
    status
    spectra {
      step {
        number
      }
    }
    history(maxPoints: 10000) {
      step
      totalSteps
      downsampled
    }
  }
}
    `) as unknown as TypedDocumentString<RunProgressQuery, RunProgressQueryVariables>;
export const RunSpectraDocument = new TypedDocumentString(`
    query RunSpectra($id: ID!, $operator: CurvatureOperator, $block: String, $preconditioner: Preconditioner, $steps: [Int!]) {
  run(id: $id) {
    spectra(
      operator: $operator
      block: $block
      preconditioner: $preconditioner
      steps: $steps
    ) {
      id
      parameterCount
      step {
        number
      }
      probes {
        alpha
        beta
        nodes
        weights
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RunSpectraQuery, RunSpectraQueryVariables>;
export const RunStabilityDocument = new TypedDocumentString(`
    query RunStability($id: ID!, $tolerance: Float, $maxPoints: Int!) {
  run(id: $id) {
    stability(tolerance: $tolerance, maxPoints: $maxPoints) {
      preconditioner
      formula
      reason
      warnings
      step
      lambda1
      residual
      limit
      ratio
      downsampled
      tolerance
      lastRatio
      largestRatio
      shareOnEdge
      shareBeyond
      onset
      catapults {
        start
        peak
        end
        lossRatio
        lambda1Before
        lambda1After
      }
    }
    history(maxPoints: $maxPoints) {
      step
      sharpness
      sharpnessError
      preconditionedSharpness
      preconditionedSharpnessError
      gradientCurvature
      updateCurvature
      stabilityLimit
      downsampled
    }
  }
}
    `) as unknown as TypedDocumentString<RunStabilityQuery, RunStabilityQueryVariables>;
export const RunTrajectoriesDocument = new TypedDocumentString(`
    query RunTrajectories($ids: [ID!]!, $first: Int!) {
  runs(filter: {ids: $ids}, first: $first) {
    nodes {
      id
      trajectory {
        step
        lambdaMax
        lambdaK
        ratio
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RunTrajectoriesQuery, RunTrajectoriesQueryVariables>;
export const RunTrajectoryDocument = new TypedDocumentString(`
    query RunTrajectory($id: ID!, $operator: CurvatureOperator, $block: String, $preconditioner: Preconditioner) {
  run(id: $id) {
    trajectory(operator: $operator, block: $block, preconditioner: $preconditioner) {
      step
      lambdaMax
      lambdaK
      lambdaMin
      ratio
      negativeMass
      outlierCount
      trace
      overlap {
        gradient
        k
        fraction
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RunTrajectoryQuery, RunTrajectoryQueryVariables>;
export const RunUpdatedDocument = new TypedDocumentString(`
    subscription RunUpdated($id: ID!) {
  runUpdated(id: $id) {
    id
    name
    status
    finishedAt
    tags
    notes
    archived
    history(maxPoints: 1000) {
      step
      epoch
      trainLoss
      testLoss
      trainAccuracy
      testAccuracy
      learningRate
      gradientNorm
      totalSteps
      downsampled
    }
    spectra {
      id
      operator
      block
      step {
        number
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RunUpdatedSubscription, RunUpdatedSubscriptionVariables>;
export const RunsDocument = new TypedDocumentString(`
    query Runs($filter: RunFilter, $orderBy: RunOrder, $first: Int!, $after: String, $statistics: [RunStatisticInput!]! = [], $measures: [RunMeasureInput!]! = []) {
  runs(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...RunSummary
      tags
      notes
      archived
      spectrumCount
      statistics(of: $statistics) {
        value
        standardError
        step
      }
      measures(of: $measures) {
        value
        standardError
        step
      }
      history(maxPoints: 60) {
        step
        trainLoss
        testLoss
        trainAccuracy
        testAccuracy
        totalSteps
      }
    }
  }
}
    fragment RunSummary on Run {
  id
  name
  status
  architecture
  dataset
  optimiser
  schedule {
    kind
    initial
    factor
    steps
    rates
    warmupSteps
    totalSteps
  }
  parameterCount
  classes
  plannedSteps
  seed
  createdAt
}`) as unknown as TypedDocumentString<RunsQuery, RunsQueryVariables>;
export const RunsUpdatedDocument = new TypedDocumentString(`
    subscription RunsUpdated {
  runsUpdated
}
    `) as unknown as TypedDocumentString<RunsUpdatedSubscription, RunsUpdatedSubscriptionVariables>;
export const SaveViewDocument = new TypedDocumentString(`
    mutation SaveView($input: SaveViewInput!) {
  saveView(input: $input) {
    view {
      id
      name
      address
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SaveViewMutation, SaveViewMutationVariables>;
export const SavedViewsDocument = new TypedDocumentString(`
    query SavedViews {
  savedViews {
    id
    name
    address
  }
}
    `) as unknown as TypedDocumentString<SavedViewsQuery, SavedViewsQueryVariables>;
export const SpectraOfRunsDocument = new TypedDocumentString(`
    query SpectraOfRuns($ids: [ID!]!, $first: Int!, $steps: [Int!]!, $operator: CurvatureOperator, $block: String, $preconditioner: Preconditioner) {
  runs(filter: {ids: $ids}, first: $first) {
    nodes {
      spectra(
        operator: $operator
        block: $block
        preconditioner: $preconditioner
        steps: $steps
      ) {
        id
        parameterCount
        step {
          number
        }
        probes {
          alpha
          beta
          nodes
          weights
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SpectraOfRunsQuery, SpectraOfRunsQueryVariables>;
export const SpectrumAtStepDocument = new TypedDocumentString(`
    query SpectrumAtStep($id: ID!, $step: Int!, $operator: CurvatureOperator, $block: String, $preconditioner: Preconditioner, $smoothing: SmoothingInput, $kernel: KernelName, $method: QuadratureMethod, $grid: GridInput) {
  run(id: $id) {
    spectrum(
      step: $step
      operator: $operator
      block: $block
      preconditioner: $preconditioner
    ) {
      id
      probeCount
      lanczosSteps
      density(smoothing: $smoothing, kernel: $kernel, method: $method, grid: $grid) {
        lambda
        density
        lower
        upper
        sigma
        kernel
        method
      }
      outliers {
        values
        residuals
        bulkEdge
        count
        lambdaMax
        lambdaK
        lambdaMin
        ratio
      }
      convergence(smoothing: $smoothing, kernel: $kernel, method: $method) {
        halfSteps
        movedShare
        bandShare
        converged
        lambdaMaxChange
      }
      negativeMass {
        value
        standardError
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SpectrumAtStepQuery, SpectrumAtStepQueryVariables>;
export const SpectrumProbesDocument = new TypedDocumentString(`
    query SpectrumProbes($id: ID!) {
  spectrum(id: $id) {
    id
    parameterCount
    probes {
      alpha
      beta
      nodes
      weights
    }
  }
}
    `) as unknown as TypedDocumentString<SpectrumProbesQuery, SpectrumProbesQueryVariables>;
export const StorageDocument = new TypedDocumentString(`
    query Storage {
  storage {
    databaseBytes
    runCount
    archivedRunCount
    spectrumCount
    bytesPerSpectrum
    tables {
      name
      bytes
      rows
    }
    cache {
      entries
      bytes
      capacity
      hits
      misses
    }
  }
}
    `) as unknown as TypedDocumentString<StorageQuery, StorageQueryVariables>;
export const TagRunDocument = new TypedDocumentString(`
    mutation TagRun($input: TagRunInput!) {
  tagRun(input: $input) {
    run {
      id
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<TagRunMutation, TagRunMutationVariables>;
export const TokensDocument = new TypedDocumentString(`
    query Tokens {
  tokens {
    id
    name
    scope
    projectName
    createdAt
    lastUsedAt
    revokedAt
  }
}
    `) as unknown as TypedDocumentString<TokensQuery, TokensQueryVariables>;
export const TopSpaceOverlapsDocument = new TypedDocumentString(`
    query TopSpaceOverlaps($id: ID!, $operator: CurvatureOperator, $block: String, $preconditioner: Preconditioner, $k: Int) {
  run(id: $id) {
    topSpaceOverlaps(
      operator: $operator
      block: $block
      preconditioner: $preconditioner
    ) {
      steps
      counts
      overlap(k: $k)
    }
  }
}
    `) as unknown as TypedDocumentString<TopSpaceOverlapsQuery, TopSpaceOverlapsQueryVariables>;
export const UpdateRunDocument = new TypedDocumentString(`
    mutation UpdateRun($input: UpdateRunInput!) {
  updateRun(input: $input) {
    run {
      id
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateRunMutation, UpdateRunMutationVariables>;