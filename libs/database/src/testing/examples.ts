/** Complete payloads that tests change one thing of. */
import { randomUUID } from 'node:crypto';
import type { NewRun, NewSpectrum } from '@ritz/records';

export function exampleRun(changes: Partial<NewRun> = {}): NewRun {
  return {
    id: randomUUID(),
    name: 'constant rate',
    project: 'validation',
    experiment: 'schedules',
    architecture: '784-20-10',
    dataset: 'mnist',
    batchNorm: 'none',
    residual: false,
    optimiser: 'sgd(momentum=0.9)',
    schedule: { kind: 'step', initial: 0.1, factor: 0.1, steps: [100, 200] },
    seed: 4294967297,
    classes: 10,
    parameterCount: 15910,
    plannedSteps: 300,
    gitRevision: '0123abc',
    engine: 'onnx-cpu',
    config: { batchSize: 64, nested: { list: [1, 'two', null, true] } },
    tags: ['mnist', 'baseline'],
    notes: 'first attempt',
    ...changes,
  };
}

export function exampleSpectrum(runId: string, changes: Partial<NewSpectrum> = {}): NewSpectrum {
  return {
    id: randomUUID(),
    runId,
    step: 10,
    operator: 'hessian',
    block: 'all',
    parameterCount: 15910,
    lanczosSteps: 3,
    probeLaw: 'sphere',
    seed: 7,
    reorthogonalisation: 'full',
    precision: 'float64',
    dataSize: 1000,
    dataFingerprint: 'sha256:00',
    lossReduction: 'mean',
    weightDecayIncluded: false,
    batchNorm: 'none',
    hvpCount: 6,
    seconds: 1.5,
    engine: 'onnx-cpu',
    warnings: ['"mask" is read as a constant.'],
    parameterTensors: [{ name: 'fc.weight', shape: [10, 20], count: 200 }],
    constants: [{ name: 'mask', shape: [], reason: 'it is a table of indices' }],
    probes: [
      { index: 0, seed: 11, alpha: [0.1 + 0.2, -1e-310, 1.7976931348623157e308], beta: [1 / 3, 5e-324, 0] },
      { index: 1, seed: 12, nodes: [-1, 0.5], weights: [0.25, 0.75] },
    ],
    gradientOverlap: [
      { k: 1, fraction: 0.5 },
      { k: 10, gradient: 'mini-batch', fraction: 0.9 },
    ],
    ...changes,
  };
}
