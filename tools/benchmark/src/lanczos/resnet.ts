/** What share of a Lanczos step on ResNet-20 is reorthogonalisation and not Hessian-vector products. */
import { createCurvature, createEngine } from '@ritz/estimation';
import { lanczos, probeVector } from '@ritz/lanczos';
import { cifarResnet, initialParameters } from '@ritz/training';
import { median } from '../report.ts';
import { secondsNow } from './seconds.ts';
import { syntheticOperator } from './synthetic.ts';

export interface Share {
  readonly dimension: number;
  readonly examples: number;
  /** Processor time per step for k probes, in seconds. */
  readonly products: number;
  /** The same, the mean over m steps. */
  readonly reorthogonalisation: number;
}

const examples = 128;
const microBatch = 32;
const repeats = 3;

/** Products of the real net, reorthogonalisation of a synthetic operator of its size: the mean over all m steps. */
export async function reorthogonalisationShare(steps: number, probes: number): Promise<Share> {
  const engine = await createEngine({ engine: 'onnx-cpu' });
  try {
    const model = cifarResnet({ depth: 20 });
    const parameters = initialParameters(model, 1);
    const hessian = await createCurvature({
      engine,
      model,
      loss: { kind: 'softmaxCrossEntropy' },
      parameters,
      inputs: Float32Array.from({ length: examples * 3072 }, (_, i) => Math.sin(0.37 * i + Math.sin(i))),
      targets: Int32Array.from({ length: examples }, (_, i) => i % 10),
      microBatch,
      vectorsPerPass: probes,
    });
    const { dimension } = hessian;
    const vectors = new Float32Array(probes * dimension);
    for (let row = 0; row < probes; row++) vectors.set(probeVector('sphere', 1, row, dimension), row * dimension);
    const times: number[] = [];
    // The first call compiles and runs what is kept.
    for (let call = 0; call <= repeats; call++) {
      const started = secondsNow().cpu;
      await hessian.apply(vectors, probes);
      if (call > 0) times.push(secondsNow().cpu - started);
    }
    await hessian.release();
    const operator = syntheticOperator(dimension);
    const started = secondsNow().cpu;
    await lanczos(operator, { steps, probes, seed: 1 });
    const seconds = secondsNow().cpu - started - operator.seconds().cpu;
    return { dimension, examples, products: median(times), reorthogonalisation: seconds / steps };
  } finally {
    await engine.close();
  }
}
