/** Every enum of the schema. Their constants stand for the words of the records, which is said here and nowhere else. */
import {
  constantOf,
  namedOperators,
  namedPrecisions,
  namedPreconditioners,
  namedProbeLaws,
  type BatchNormMode as BatchNormModeWord,
  type BlockUnit as BlockUnitWord,
  type ConstantCase,
  type EngineName as EngineNameWord,
  type GradientKind as GradientKindWord,
  type JobStatus as JobStatusWord,
  type LossReduction as LossReductionWord,
  type NamedWord,
  type NetworkBatchNormMode,
  type NetworkLoss as NetworkLossWord,
  type Normalisation as NormalisationWord,
  type Reorthogonalisation as ReorthogonalisationWord,
  type RunStatus as RunStatusWord,
  type ScheduleKind as ScheduleKindWord,
  type StepMeasure as StepMeasureName,
  type TokenScope as TokenScopeWord,
} from '@ritz/records';
import {
  plainStatisticNames,
  statistics,
  type DensityScaleName,
  type Difference,
  type KernelName as KernelNameWord,
  type QuadratureMethod as QuadratureMethodWord,
  type StatisticName as StatisticNameWord,
} from '@ritz/spectra';
import { builder } from '../builder.ts';
import { stepMeasureDescriptions } from './stepMeasures.ts';

/** An enum whose constants are those of the words; resolvers and arguments have the words themselves. */
function wordEnum<Word extends string>(name: string, description: string, about: Readonly<Record<Word, string>>) {
  const words = Object.keys(about) as Word[];
  return builder.enumType(name, {
    description,
    values: Object.fromEntries(
      words.map((word) => [constantOf(word), { value: word, description: about[word] }]),
    ) as Record<ConstantCase<Word>, { value: Word; description: string }>,
  });
}

/** The same for words that people read under a name, which a description begins with: the client's types take it from there. */
function namedEnum<Word extends string>(name: string, description: string, named: Readonly<Record<Word, NamedWord>>) {
  const about = Object.entries<NamedWord>(named).map(([word, { name, meaning }]) => [word, `${name}: ${meaning}`]);
  return wordEnum<Word>(name, description, Object.fromEntries(about) as Record<Word, string>);
}

/** The same for names of fields: `lambdaMax` is LAMBDA_MAX. */
function nameEnum<Name extends string>(name: string, description: string, about: Readonly<Record<Name, string>>) {
  const names = Object.keys(about) as Name[];
  return builder.enumType(name, {
    description,
    values: Object.fromEntries(
      names.map((one) => [
        one.replaceAll(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase(),
        { value: one, description: about[one] },
      ]),
    ) as Record<string, { value: Name; description: string }>,
  });
}

export const RunStatus = wordEnum<RunStatusWord>('RunStatus', 'Status of a run.', {
  running: 'Still being trained or measured.',
  finished: 'Ended as planned.',
  failed: 'Ended by an error.',
  interrupted: 'Stopped before its end, by a person or by a machine.',
});

export const BatchNormMode = wordEnum<BatchNormModeWord>(
  'BatchNormMode',
  'Which statistics batch normalisation used.',
  {
    none: 'The network has no batch normalisation.',
    minibatch: 'Mean and variance of each mini-batch.',
    population: 'Mean and variance of the whole data.',
    running: 'Running averages, as at inference.',
  },
);

export const Normalisation = wordEnum<NormalisationWord>(
  'Normalisation',
  'What the layers of a network normalise by.',
  {
    none: 'Nothing.',
    batch: 'Statistics of batches; `batchNorm` says which.',
    group: 'Statistics of groups of channels of each example (group and instance normalisation).',
    layer: 'Statistics of the features of each example or token (layer and RMS normalisation).',
    'weight-standardisation': 'Statistics of the weights of each unit.',
  },
);

export const CurvatureOperator = namedEnum(
  'CurvatureOperator',
  'The symmetric matrix whose spectrum was measured.',
  namedOperators,
);

export const Preconditioner = namedEnum(
  'Preconditioner',
  'P, where the spectrum is that of P^(-1/2) A P^(-1/2) for an operator A.',
  namedPreconditioners,
);

export const ProbeLaw = namedEnum(
  'ProbeLaw',
  'The distribution that random start vectors are drawn from.',
  namedProbeLaws,
);

export const Precision = namedEnum(
  'Precision',
  'Arithmetic of the matrix-vector products. Lanczos itself accumulates in 64 bits.',
  namedPrecisions,
);

export const Reorthogonalisation = wordEnum<ReorthogonalisationWord>(
  'Reorthogonalisation',
  'Whether Lanczos vectors were kept orthogonal.',
  {
    full: 'Against the whole basis at every step.',
    none: 'Not at all: ghost copies of converged eigenvalues appear, so outliers are miscounted.',
  },
);

export const LossReduction = wordEnum<LossReductionWord>(
  'LossReduction',
  'How the losses of the examples were combined; it scales every eigenvalue.',
  {
    mean: 'Mean over the examples.',
    sum: 'Sum over the examples.',
  },
);

export const GradientKind = wordEnum<GradientKindWord>(
  'GradientKind',
  'Which gradient an overlap was measured for; the two differ.',
  {
    'full-batch': 'Gradient of the loss over all the data of the measurement.',
    'mini-batch': 'Gradient over one training mini-batch, averaged over mini-batches.',
  },
);

export const SmoothingKind = builder.enumType('SmoothingKind', {
  description: 'How the standard deviation of the Gaussian kernel is chosen.',
  values: {
    AUTO: { description: 'From the spectrum; the value used is in `Density.sigma`.' },
    ABSOLUTE: { description: '`sigma`, in units of the eigenvalues.' },
    PAPER: {
      description:
        'Variance `sigmaSquared` times max(1, range of the Ritz values), as Ghorbani, Krishnan and Xiao 2019 (arXiv 1901.10159) do.',
    },
  } as const,
});

export const QuadratureMethod = wordEnum<QuadratureMethodWord>(
  'QuadratureMethod',
  'How the Ritz values of the probes become one measure.',
  {
    'variance-reduced': 'Converged, isolated Ritz values get their exact weight, 1/n each; only the rest is estimated.',
    plain: 'Stochastic Lanczos quadrature as it stands: the mean of the Gauss quadratures of the probes.',
  },
);

export const ScheduleKind = wordEnum<ScheduleKindWord>('ScheduleKind', 'The shape of a learning-rate schedule.', {
  constant: '`initial` throughout.',
  step: '`initial`, multiplied by `factor` at each of `steps`.',
  cosine: 'Half a cosine from `initial` to 0 over `totalSteps`.',
  'warmup-cosine': 'Linear from 0 to `initial` over `warmupSteps`, then half a cosine to 0 at `totalSteps`.',
  'one-cycle':
    'Half a cosine up to the highest rate at `warmupSteps`, then half a cosine down to the last one at `totalSteps`.',
  piecewise: 'Linear between `rates`, which are reached at `steps`; the last one stays.',
});

export const RunOrderField = builder.enumType('RunOrderField', {
  description: 'Fields that runs can be sorted by.',
  values: {
    CREATED_AT: { description: 'When the run was created.' },
    UPDATED_AT: { description: 'When anything of the run was last stored.' },
    NAME: { description: 'The name of the run.' },
    ARCHITECTURE: { description: 'The network.' },
    DATASET: { description: 'The training data.' },
    PARAMETER_COUNT: { description: 'Trainable parameters; runs where the number is unknown count as 0.' },
    FINISHED_AT: { description: 'When the run ended; running ones come first.' },
  } as const,
});

/** Those of the catalogue that need no option. */
export const StatisticName = nameEnum<StatisticNameWord>(
  'StatisticName',
  'A statistic of a spectrum that needs no option: what runs can be sorted, filtered and summarised by.',
  Object.fromEntries(plainStatisticNames.map((name) => [name, statistics[name].description])) as Record<
    StatisticNameWord,
    string
  >,
);

export const StepMeasure = nameEnum<StepMeasureName>('StepMeasure', 'Values logged at steps.', stepMeasureDescriptions);

export const RunPosition = builder.enumType('RunPosition', {
  description: 'Selects one value along a run.',
  values: {
    FIRST: { description: 'The one at the first measured step.' },
    LAST: { description: 'The one at the last measured step.' },
    MAX: { description: 'The largest, at the first step where it occurs.' },
    MIN: { description: 'The smallest, at the first step where it occurs.' },
  } as const,
});

export const Measurements = builder.enumType('Measurements', {
  description: 'Which of several measurements of one operator and block at one step.',
  values: {
    NEWEST: { description: 'The one that was stored last.' },
    ALL: { description: 'Every one, by age.' },
  } as const,
});
export type MeasurementsChoice = typeof Measurements.$inferType;

export const SortDirection = builder.enumType('SortDirection', {
  description: 'Sort direction.',
  values: {
    ASC: { description: 'Smallest, earliest or alphabetically first.' },
    DESC: { description: 'Largest, latest or alphabetically last.' },
  } as const,
});

export const UserErrorCode = builder.enumType('UserErrorCode', {
  description: 'The kind of fault in an input.',
  values: {
    NOT_FOUND: { description: 'Nothing is stored under the given id.' },
    CONFLICT: { description: 'Something else is stored under this key; the stored value is unchanged.' },
    NON_FINITE: { description: 'A number is NaN or infinite.' },
    INVALID: { description: 'A value is out of range; the message says what is expected.' },
    TOO_LARGE: { description: 'The input exceeds the limit of one call, which the message names.' },
  } as const,
});

export const RunGroupKey = builder.enumType('RunGroupKey', {
  description: 'Fields that runs can be grouped by.',
  values: {
    ARCHITECTURE: { description: 'The network.' },
    BATCH_NORM: { description: 'Statistics that batch normalisation trains with.' },
    RESIDUAL: { description: 'With or without residual connections.' },
    SCHEDULE: { description: 'The whole learning-rate schedule: its kind and all of its numbers.' },
    DATASET: { description: 'The training data.' },
    OPTIMISER: { description: 'The optimiser with its settings.' },
    PROJECT: { description: 'The project.' },
    EXPERIMENT: { description: 'The name of the experiment.' },
    STATUS: { description: 'Status of the run.' },
    TAG: { description: 'Each label: a run with several labels is in several groups.' },
    SEED: { description: 'The seed of the training.' },
    ENGINE: { description: 'What the run is trained with.' },
    PARAMETER_COUNT: { description: 'Trainable parameters of the network.' },
    GIT_REVISION: { description: 'Revision of the training code.' },
    ALL_BUT_SEED: {
      description:
        'Every setting in which `compare` finds differences, but `seed` and `config.seed`: the runs of a group are repetitions.',
    },
  } as const,
});

export const ComparabilityField = nameEnum<Difference['field']>(
  'ComparabilityField',
  'A field of Spectrum that must agree for two spectra to be of the same quantity.',
  {
    operator: 'The matrix.',
    preconditioner: 'By what it is preconditioned.',
    block: 'The group of parameters.',
    lossReduction: 'Mean or sum over the examples.',
    weightDecayIncluded: 'Whether weight decay is part of the loss.',
    batchNorm: 'Statistics that batch normalisation used.',
    batchSize: 'Examples of a mini-batch.',
    dataSize: 'Examples the loss was taken over.',
    dataFingerprint: 'Digest of those examples.',
    parameterCount: 'The dimension of the matrix.',
  },
);

export const Alignment = builder.enumType('Alignment', {
  description: 'How points of two trainings are matched.',
  values: {
    STEP: { description: 'The same number of optimiser steps.' },
    PROGRESS: { description: 'The same share of the training that was planned, 0 to 1.' },
    EPOCH: { description: 'The same number of passes over the training data, linear between logged steps.' },
    LOSS: { description: 'The same training loss, linear between logged steps.' },
    LR_PHASE: {
      description:
        'The same share of the same phase of the learning-rate schedule, phases counted from 0: 1.5 is the middle of the ' +
        'second. A STEP schedule has a phase before each drop and one after the last; WARMUP_COSINE and ONE_CYCLE ' +
        'have the warm-up and the decay; PIECEWISE has one between each two of its steps; the others have one phase.',
    },
  } as const,
});

export const ComparabilitySeverity = wordEnum<Difference['severity']>(
  'ComparabilitySeverity',
  'How much a difference between two measurements matters.',
  {
    incomparable: 'The eigenvalues are of different matrices.',
    caution: 'They can be compared, but the difference affects the result.',
  },
);

export const TokenScope = wordEnum<TokenScopeWord>(
  'TokenScope',
  'What the holder of a token may do; each includes the ones before it.',
  {
    read: 'Read everything in its projects.',
    write: 'Also create and edit runs, log steps and record spectra.',
    admin: 'Also delete runs, and create and revoke tokens.',
  },
);

export const KernelName = wordEnum<KernelNameWord>(
  'KernelName',
  'The kernel that a density is smoothed with, by its standard deviation.',
  {
    gaussian: 'A normal distribution, as in the literature.',
    epanechnikov: 'A parabola that is 0 beyond sqrt(5) sigma: no tails on a logarithmic axis (Epanechnikov 1969).',
  },
);

export const DensityScale = wordEnum<DensityScaleName>(
  'DensityScale',
  'The coordinate that a density is smoothed and drawn in.',
  {
    linear: 'The eigenvalue.',
    asinh:
      'arsinh(eigenvalue / width): linear up to the width and logarithmic beyond it on both sides of 0, so that a small bulk and large ' +
      'outliers are both seen.',
  },
);

export const OutlierRuleKind = builder.enumType('OutlierRuleKind', {
  description: 'The threshold above which eigenvalues are outliers.',
  values: {
    RESOLVED: { description: 'Above the bulk: everything that the probes did not resolve individually.' },
    ABOVE: { description: 'Above `threshold`.' },
    SHARE_OF_LARGEST: { description: 'Above `threshold` times the largest Ritz value.' },
  } as const,
});

export const JobStatus = wordEnum<JobStatusWord>('JobStatus', 'Status of a requested spectrum, or of a part of it.', {
  queued: 'Waiting for a worker.',
  running: 'A worker is measuring it.',
  finished: 'Measured; for a job, its spectrum is recorded.',
  failed: 'Failed for good: after several attempts, or because another attempt would fail the same way.',
  cancelled: 'Cancelled by a person.',
});

export const EngineName = wordEnum<EngineNameWord>('EngineName', 'The engine that computes matrix-vector products.', {
  'onnx-cpu': 'ONNX Runtime on the processor: everywhere, in both precisions.',
  'onnx-webgpu': 'ONNX Runtime on a GPU through WebGPU.',
  'onnx-cuda': 'ONNX Runtime on an NVIDIA GPU through CUDA.',
  'tfjs-node-gpu': 'TensorFlow on an NVIDIA GPU.',
  'tfjs-node': 'TensorFlow on the processor.',
  'tfjs-webgpu': 'TensorFlow.js on a GPU through WebGPU.',
  'tfjs-wasm': 'TensorFlow.js in WebAssembly.',
});

export const BlockUnit = wordEnum<BlockUnitWord>('BlockUnit', 'The units that the parameters of a model fall into.', {
  layers: 'The parameters that share their name up to its last dot.',
  tensors: 'Every parameter alone.',
});

export const NetworkLoss = wordEnum<NetworkLossWord>(
  'NetworkLoss',
  'The loss that a network from elsewhere is measured with, as a mean over the examples.',
  {
    'cross-entropy': 'Softmax cross-entropy of class indices or of probabilities.',
    'binary-cross-entropy': 'Sigmoid cross-entropy of numbers from 0 to 1.',
    'mean-squared-error': 'Mean squared error.',
  },
);

export const NetworkBatchNorm = wordEnum<NetworkBatchNormMode>(
  'NetworkBatchNorm',
  'Statistics that a network from elsewhere normalises by.',
  {
    running: 'The averages in the file.',
    minibatch: 'Those of the examples.',
  },
);
