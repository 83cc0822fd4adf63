/** Runs known Hessian-vector products on one engine of this process: are they right, and how long do they take? */
import { floatArray } from '@ritz/lanczos';
import { createCurvature } from '../../operator/createCurvature.ts';
import { createEngine } from '../createEngine.ts';
import { type EngineName } from '../Engine.ts';
import { knownProduct, smallNet, timedNet } from './smallNet.ts';

export interface Measured {
  /** ‖H·v − known‖ / ‖known‖ on the small net. */
  readonly relativeError: number;
  /** Median time of ten products at once on the timed net. */
  readonly milliseconds: number;
}

const vectors = 10;
const warmUps = 2;
const repeats = 7;

/** Throws an EstimationError when the engine is unavailable or cannot compute the product. */
export async function measureEngine(name: EngineName): Promise<Measured> {
  const engine = await createEngine({ engine: name });
  try {
    const { vector, ...small } = smallNet();
    const hessian = await createCurvature({ ...small, engine });
    const product = await hessian.apply(floatArray(engine.precision, vector), 1);
    await hessian.release();
    return { relativeError: distance(product, knownProduct), milliseconds: await time(engine) };
  } finally {
    await engine.close();
  }
}

async function time(engine: Awaited<ReturnType<typeof createEngine>>): Promise<number> {
  const { vector, ...timed } = timedNet();
  const hessian = await createCurvature({ ...timed, engine });
  const block = floatArray(engine.precision, vectors * vector.length);
  for (let row = 0; row < vectors; row++) block.set(vector, row * vector.length);
  const times: number[] = [];
  for (let run = 0; run < warmUps + repeats; run++) {
    const started = performance.now();
    await hessian.apply(block, vectors);
    if (run >= warmUps) times.push(performance.now() - started);
  }
  await hessian.release();
  return times.sort((a, b) => a - b)[Math.floor(repeats / 2)] ?? Number.NaN;
}

function distance(a: ArrayLike<number>, b: readonly number[]): number {
  const difference = Math.hypot(...b.map((value, i) => value - (a[i] ?? Number.NaN)));
  return difference / Math.hypot(...b);
}
