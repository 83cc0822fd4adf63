/** Opens the network of a job of the queue as `ritz spectrum` opens one: from a model file, its examples and its labels. */
import { curvatureOperators, EstimationError } from '@ritz/estimation';
import { fingerprint, modelParts } from '@ritz/training';
import { JobError, type JobCurvature, type OpenNetwork } from '@ritz/worker';
import { CliError } from '../terminal/cliError.ts';
import { curvatureOf } from './curvature.ts';
import { batchNormModeOf, classesOf, loadProblem } from './loadProblem.ts';

/** Throws a JobError where `ritz spectrum` would refuse the files, an EstimationError, or a TrainingError. */
export const openJobNetwork: OpenNetwork = async (files, request, engine) => {
  try {
    return await openNetwork(files, request, engine);
  } catch (error) {
    if (error instanceof CliError) throw new JobError('NETWORK_UNUSABLE', error.message, { cause: error });
    throw error;
  }
};

async function openNetwork(...[files, request, engine]: Parameters<OpenNetwork>): Promise<JobCurvature> {
  const { source, operator, microBatch, vectorsPerPass, probeGroups } = request;
  if (source.kind !== 'onnx') throw new JobError('WRONG_SOURCE', 'source: expected an ONNX network, got a checkpoint.');
  const problem = await loadProblem({
    ...files,
    loss: source.loss,
    freeze: source.freeze,
    ...(source.batchNorm !== null && { batchNorm: source.batchNorm }),
  });
  const hessian = await curvatureOf(engine, problem, {
    operator,
    vectorsPerPass: vectorsPerPass ?? Math.max(...probeGroups, request.blocks ? request.probes : 1),
    ...(microBatch !== null && { batch: microBatch }),
  });
  const loss = await hessian.loss();
  if (!Number.isFinite(loss)) {
    throw new EstimationError(
      'NON_FINITE',
      `loss: expected a finite number on these examples, got ${loss}. Check weights and data.`,
    );
  }
  return {
    hessian,
    model: problem.trained.model,
    parts: modelParts(problem.trained.model),
    operator,
    batchSize: curvatureOperators[operator].isOfMiniBatches ? microBatch : null,
    batchNorm: batchNormModeOf(problem),
    dataSize: problem.examples,
    dataFingerprint: fingerprint({ inputs: problem.inputs, labels: problem.targets }),
    classes: classesOf(problem),
  };
}
