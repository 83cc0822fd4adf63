/** The class means of the gradients: of each class of the examples, the gradient of its mean loss (Papyan 2019, arXiv:1901.08244). */
import { EstimationError } from '../error/EstimationError.ts';
import { takesLabels } from '../model/Loss.ts';
import { createCurvature, type CurvatureOptions } from './createCurvature.ts';

/**
 * One gradient [n] for each class that has examples, by class. Throws an EstimationError (BAD_OPTION) for a loss without classes, and for
 * batch norm whose statistics are of the examples: those of a class alone would be others.
 */
export async function classGradients(options: Omit<CurvatureOptions, 'operator' | 'block'>): Promise<Float64Array[]> {
  const { model, loss, inputs, targets, batchNorm = 'minibatch' } = options;
  if (!takesLabels(loss)) {
    throw new EstimationError(
      'BAD_OPTION',
      `class means: expected a loss over classes, got ${loss.kind}. Leave them out.`,
    );
  }
  if (model.buffers.length > 0 && batchNorm !== 'running') {
    throw new EstimationError(
      'BAD_OPTION',
      `class means: expected a network without batch norm, or with running averages, got ${batchNorm} statistics. Leave them out.`,
    );
  }
  const width = inputs.length / targets.length;
  const gradients: Float64Array[] = [];
  for (const label of [...new Set(Array.from(targets))].sort((a, b) => a - b)) {
    const rows = Array.from(targets).flatMap((target, at) => (target === label ? [at] : []));
    const { microBatch: _microBatch, ...others } = options;
    const curvature = await createCurvature({
      ...others,
      inputs: Float64Array.from({ length: rows.length * width }, (_, at) => {
        const row = rows[Math.floor(at / width)] ?? 0;
        return inputs[row * width + (at % width)] ?? 0;
      }),
      targets: Int32Array.from(rows, () => label),
    });
    gradients.push(await curvature.gradient());
    await curvature.release();
  }
  return gradients;
}
