/** Every enum of the schema. Their values are stored under the same names. */
import { builder } from '../builder.ts';

export const RunStatus = builder.enumType('RunStatus', {
  description: 'Where a run stands.',
  values: {
    RUNNING: { description: 'Still being trained or measured.' },
    FINISHED: { description: 'Ended as planned.' },
    FAILED: { description: 'Ended by an error.' },
    INTERRUPTED: { description: 'Stopped before its end, by a person or by a machine.' },
  } as const,
});

export const BatchNormMode = builder.enumType('BatchNormMode', {
  description: 'Which statistics batch normalisation used.',
  values: {
    NONE: { description: 'The network has no batch normalisation.' },
    MINIBATCH: { description: 'Mean and variance of each mini-batch.' },
    POPULATION: { description: 'Mean and variance of the whole data.' },
    RUNNING: { description: 'Running averages, as at inference.' },
  } as const,
});

export const CurvatureOperator = builder.enumType('CurvatureOperator', {
  description: 'The symmetric matrix whose spectrum was measured.',
  values: {
    HESSIAN: { description: 'Second derivatives of the loss with respect to the parameters.' },
    GGN: { description: 'Generalised Gauss-Newton matrix, J^T H_L J: positive semi-definite for a convex loss.' },
  } as const,
});

export const ProbeLaw = builder.enumType('ProbeLaw', {
  description: 'The distribution that random start vectors are drawn from.',
  values: {
    SPHERE: { description: 'Uniform on the unit sphere: a normalised Gaussian vector.' },
    RADEMACHER: { description: 'Independent signs, divided by the square root of the dimension.' },
  } as const,
});

export const Precision = builder.enumType('Precision', {
  description: 'Arithmetic of the matrix-vector products. Lanczos itself accumulates in 64 bits.',
  values: {
    FLOAT32: { description: 'IEEE 754 single precision.' },
    FLOAT64: { description: 'IEEE 754 double precision.' },
  } as const,
});

export const Reorthogonalisation = builder.enumType('Reorthogonalisation', {
  description: 'Whether Lanczos vectors were kept orthogonal.',
  values: {
    FULL: { description: 'Against the whole basis at every step.' },
    NONE: { description: 'Not at all: ghost copies of converged eigenvalues appear, so outliers are miscounted.' },
  } as const,
});

export const LossReduction = builder.enumType('LossReduction', {
  description: 'How the losses of the examples were combined; it scales every eigenvalue.',
  values: {
    MEAN: { description: 'Mean over the examples.' },
    SUM: { description: 'Sum over the examples.' },
  } as const,
});

export const GradientKind = builder.enumType('GradientKind', {
  description: 'Which gradient an overlap was measured for; the two differ.',
  values: {
    FULL_BATCH: { description: 'Gradient of the loss over all the data of the measurement.' },
    MINI_BATCH: { description: 'Gradient over one training mini-batch, averaged over mini-batches.' },
  } as const,
});

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

export const QuadratureMethod = builder.enumType('QuadratureMethod', {
  description: 'How the Ritz values of the probes become one measure.',
  values: {
    VARIANCE_REDUCED: {
      description: 'Converged, isolated Ritz values get their exact weight, 1/n each; only the rest is estimated.',
    },
    PLAIN: {
      description: 'Stochastic Lanczos quadrature as it stands: the mean of the Gauss quadratures of the probes.',
    },
  } as const,
});

export const ScheduleKind = builder.enumType('ScheduleKind', {
  description: 'The shape of a learning-rate schedule.',
  values: {
    CONSTANT: { description: '`initial` throughout.' },
    STEP: { description: '`initial`, multiplied by `factor` at each of `steps`.' },
    COSINE: { description: 'Half a cosine from `initial` to 0 over `totalSteps`.' },
    WARMUP_COSINE: {
      description: 'Linear from 0 to `initial` over `warmupSteps`, then half a cosine to 0 at `totalSteps`.',
    },
  } as const,
});

export const RunOrderField = builder.enumType('RunOrderField', {
  description: 'What runs can be sorted by.',
  values: {
    CREATED_AT: { description: 'When the run was created.' },
    NAME: { description: 'The name of the run.' },
    ARCHITECTURE: { description: 'The network.' },
    DATASET: { description: 'The training data.' },
    PARAMETER_COUNT: { description: 'Trainable parameters; runs where they are unknown count as 0.' },
    FINISHED_AT: { description: 'When the run left RUNNING; runs that have not come before all others.' },
  } as const,
});

export const SortDirection = builder.enumType('SortDirection', {
  description: 'Which end comes first.',
  values: {
    ASC: { description: 'Smallest, earliest or first in the alphabet.' },
    DESC: { description: 'Largest, latest or last in the alphabet.' },
  } as const,
});

export const UserErrorCode = builder.enumType('UserErrorCode', {
  description: 'What kind of fault an input has.',
  values: {
    NOT_FOUND: { description: 'Nothing is stored under the id given.' },
    CONFLICT: { description: 'Something else is stored under this key; what is stored was left as it is.' },
    NON_FINITE: { description: 'A number is NaN or infinite.' },
    INVALID: { description: 'A value is outside what makes sense; the message says what is expected.' },
    TOO_LARGE: { description: 'More was sent than one call takes; the message says how much it takes.' },
  } as const,
});

export const RunGroupKey = builder.enumType('RunGroupKey', {
  description: 'What runs can be grouped by.',
  values: {
    ARCHITECTURE: { description: 'The network.' },
    BATCH_NORM: { description: 'Statistics that batch normalisation trains with.' },
    RESIDUAL: { description: 'With or without residual connections.' },
    SCHEDULE: { description: 'The whole learning-rate schedule: its kind and all of its numbers.' },
  } as const,
});

export const Alignment = builder.enumType('Alignment', {
  description: 'What counts as the same moment of two trainings.',
  values: {
    STEP: { description: 'The same number of optimiser steps.' },
    PROGRESS: { description: 'The same share of the training that was planned, 0 to 1.' },
    EPOCH: { description: 'The same number of passes over the training data, linear between logged steps.' },
    LOSS: { description: 'The same training loss, linear between logged steps.' },
    LR_PHASE: {
      description:
        'The same share of the same phase of the learning-rate schedule, phases counted from 0: 1.5 is the middle of the ' +
        'second. A STEP schedule has a phase before each drop and one after the last; WARMUP_COSINE has the warm-up and ' +
        'the decay; the others have one phase.',
    },
  } as const,
});

export const ComparabilitySeverity = builder.enumType('ComparabilitySeverity', {
  description: 'How much a difference between two measurements matters.',
  values: {
    INCOMPARABLE: { description: 'The eigenvalues are of different matrices.' },
    CAUTION: { description: 'They can be compared, but the difference plays a part.' },
  } as const,
});

export const TokenScope = builder.enumType('TokenScope', {
  description: 'What the holder of a token may do; each includes the ones before it.',
  values: {
    READ: { description: 'See everything of its projects.' },
    WRITE: { description: 'Also create and edit runs, log steps and record spectra.' },
    ADMIN: { description: 'Also delete runs, and make and revoke tokens.' },
  } as const,
});

export const KernelName = builder.enumType('KernelName', {
  description: 'The kernel that a density is smoothed with, by its standard deviation.',
  values: {
    GAUSSIAN: { description: 'A normal distribution, as in the literature.' },
    EPANECHNIKOV: {
      description: 'A parabola that is 0 beyond sqrt(5) sigma: no tails on a logarithmic axis (Epanechnikov 1969).',
    },
  } as const,
});

export const OutlierRuleKind = builder.enumType('OutlierRuleKind', {
  description: 'Above which eigenvalue outliers begin.',
  values: {
    RESOLVED: { description: 'Above everything that the probes did not resolve one by one: the bulk.' },
    ABOVE: { description: 'Above `threshold`.' },
    SHARE_OF_LARGEST: { description: 'Above `threshold` times the largest Ritz value.' },
  } as const,
});

export const JobStatus = builder.enumType('JobStatus', {
  description: 'Where a spectrum that was asked for, or a part of it, stands.',
  values: {
    QUEUED: { description: 'Waits for a worker.' },
    RUNNING: { description: 'A worker has it.' },
    FINISHED: { description: 'Measured; of a job, the spectrum is recorded.' },
    FAILED: { description: 'Given up, after several attempts or because another would end the same way.' },
    CANCELLED: { description: 'Wanted no more.' },
  } as const,
});

export const EngineName = builder.enumType('EngineName', {
  description: 'What computes matrix-vector products.',
  values: {
    ONNX_CPU: { value: 'onnx-cpu', description: 'ONNX Runtime on the processor: everywhere, in both precisions.' },
    ONNX_WEBGPU: { value: 'onnx-webgpu', description: 'ONNX Runtime on a GPU through WebGPU.' },
    ONNX_CUDA: { value: 'onnx-cuda', description: 'ONNX Runtime on an NVIDIA GPU through CUDA.' },
    TFJS_NODE_GPU: { value: 'tfjs-node-gpu', description: 'TensorFlow on an NVIDIA GPU.' },
    TFJS_NODE: { value: 'tfjs-node', description: 'TensorFlow on the processor.' },
    TFJS_WEBGPU: { value: 'tfjs-webgpu', description: 'TensorFlow.js on a GPU through WebGPU.' },
    TFJS_WASM: { value: 'tfjs-wasm', description: 'TensorFlow.js in WebAssembly.' },
  } as const,
});

export const NetworkLoss = builder.enumType('NetworkLoss', {
  description: 'The loss that a network from elsewhere is measured with, as a mean over the examples.',
  values: {
    CROSS_ENTROPY: { description: 'Softmax cross-entropy of class indices or of probabilities.' },
    BINARY_CROSS_ENTROPY: { description: 'Sigmoid cross-entropy of numbers from 0 to 1.' },
    MEAN_SQUARED_ERROR: { description: 'Mean squared error.' },
  } as const,
});
