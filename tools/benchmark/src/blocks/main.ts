/**
 * Blocks measured together against one by one, and a block's vector against a vector of the whole net, as ratios of one run:
 * `npm run bench:blocks [-- --net transformer,mlp,conv --vectors 4 --steps 10 --rounds 5 --examples 64]`.
 */
import { parseArgs } from 'node:util';
import { blockCurvatures, createCurvature, createEngine, parameterBlocks, type Engine } from '@ritz/estimation';
import { floatArray, type FloatArray } from '@ritz/lanczos';
import { cifarResnet, initialParameters, mlp, transformerEncoder } from '@ritz/training';
import { markdownTable, median } from '../report.ts';

const nets = {
  transformer: () =>
    transformerEncoder({ inputShape: [1, 28, 28], classes: 10, depth: 2, dimension: 32, heads: 4, patch: 4 }),
  mlp: () => mlp({ layers: [784, 20, 10] }),
  resnet: () => cifarResnet({ depth: 8, classes: 10, residual: true, batchNorm: false }),
} as const;

type NetName = keyof typeof nets;

const { values } = parseArgs({
  options: {
    net: { type: 'string', default: 'transformer,mlp' },
    vectors: { type: 'string', default: '4' },
    steps: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '5' },
    examples: { type: 'string', default: '64' },
  },
});
const [k, steps, rounds, examples] = [values.vectors, values.steps, values.rounds, values.examples].map(Number) as [
  number,
  number,
  number,
  number,
];

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

function numbers(length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => Math.sin(1 + i * 12.9898));
}

function vectorsOf(count: number, dimension: number): FloatArray {
  return floatArray('float32', numbers(count * dimension));
}

async function rowOf(engine: Engine, name: NetName): Promise<string[]> {
  const model = nets[name]();
  const perExample = model.inputShape.reduce((product, axis) => product * axis, 1);
  const shared = {
    engine,
    model,
    loss: { kind: 'softmaxCrossEntropy' } as const,
    parameters: initialParameters(model, 1),
    inputs: numbers(examples * perExample),
    targets: Int32Array.from({ length: examples }, (_, i) => i % 10),
  };
  const blocks = parameterBlocks(model, 'layers');
  const rows = k * blocks.length;

  const whole = await createCurvature({ ...shared, vectors: rows });
  const parts = blockCurvatures(whole, model, blocks);
  const ofWhole = vectorsOf(rows, whole.dimension);
  const ofParts = parts.map(({ dimension }) => vectorsOf(k, dimension));
  const multiplyWhole = (): Promise<unknown> => whole.apply(ofWhole, rows);
  const multiplyParts = (): Promise<unknown> =>
    Promise.all(parts.map(({ apply }, at) => apply(ofParts[at] ?? floatArray('float32', 0), k)));
  await multiplyWhole();
  await multiplyParts();
  const vectorRatios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    // In turns, as the speed of the machine drifts.
    const before = await seconds(multiplyWhole);
    const between = await seconds(multiplyParts);
    const after = await seconds(multiplyWhole);
    vectorRatios.push((2 * between) / (before + after));
  }
  await whole.release();

  const together = (): Promise<number> =>
    seconds(async () => {
      const curvature = await createCurvature({ ...shared, vectors: rows });
      const own = blockCurvatures(curvature, model, blocks);
      for (let step = 0; step < steps; step++) {
        await Promise.all(own.map(({ apply }, at) => apply(ofParts[at] ?? floatArray('float32', 0), k)));
      }
      await curvature.release();
    });
  const oneByOne = (): Promise<number> =>
    seconds(async () => {
      for (const [at, { parameters }] of blocks.entries()) {
        const block = parameters.map((parameter) => parameter.name);
        const curvature = await createCurvature({ ...shared, block, vectors: k });
        for (let step = 0; step < steps; step++) await curvature.apply(ofParts[at] ?? floatArray('float32', 0), k);
        await curvature.release();
      }
    });
  const totals: number[] = [];
  for (let round = 0; round < rounds; round++) totals.push((await oneByOne()) / (await together()));
  return [
    model.name,
    String(ofWhole.length / rows),
    String(blocks.length),
    median(vectorRatios).toFixed(3),
    `${Math.min(...vectorRatios).toFixed(3)}–${Math.max(...vectorRatios).toFixed(3)}`,
    median(totals).toFixed(2),
  ];
}

const engine = await createEngine({ engine: 'onnx-cpu', precision: 'float32' });
try {
  const chosen = values.net.split(',').filter((name): name is NetName => name in nets);
  const table: string[][] = [];
  for (const name of chosen) table.push(await rowOf(engine, name));
  console.log(`${examples} examples, ${k} vectors a block, ${steps} products; medians of ${rounds} rounds\n`);
  const header = ['net', 'n', 'blocks', "block's vector / whole's", 'range', 'one by one / together'];
  console.log(markdownTable(header, table));
} finally {
  await engine.close();
}
