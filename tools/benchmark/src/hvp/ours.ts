/** Our side of one case, in a process of its own so that its peak memory is its own: `ours.js <directory>`. */
import fs from 'node:fs';
import path from 'node:path';
import { createCurvature, createEngine, EstimationError } from '@ritz/estimation';
import { sharedFloatArray } from '@ritz/lanczos';
import { median } from '../report.ts';
import { minSeconds, readFloats, readIntegers, readSettings } from './caseFiles.ts';
import { benchmarkNets } from './nets.ts';

const [directory = '.'] = process.argv.slice(2);
const settings = readSettings(directory);
const net = benchmarkNets().find(({ name }) => name === settings.net);
if (!net) throw new EstimationError('BAD_OPTION', `No net is named "${settings.net}".`);

const engine = await createEngine({ engine: 'onnx-cpu', threads: settings.threads });
const options = {
  engine,
  model: net.model,
  loss: { kind: 'softmaxCrossEntropy' } as const,
  batchNorm: net.batchNorm,
  parameters: readFloats(directory, 'parameters'),
  buffers: readFloats(directory, 'buffers'),
  inputs: readFloats(directory, 'inputs'),
  targets: readIntegers(directory, 'targets'),
  vectors: settings.vectors,
};
const hessian = await createCurvature(options);
// As Lanczos gives them: in shared memory, and the same in every step.
const size = settings.vectors * hessian.dimension;
const [vectors, memory] = [sharedFloatArray('float32', size), sharedFloatArray('float32', size)];
vectors.set(readFloats(directory, 'vectors'));
const preparing = performance.now();
const products = await hessian.apply(vectors, settings.vectors, memory);
const prepared = performance.now() - preparing;
fs.writeFileSync(path.join(directory, 'ours.bin'), new Uint8Array(products.buffer));
const times: number[] = [];
const used = process.cpuUsage();
const until = performance.now() + minSeconds * 1000;
while (times.length < settings.repeats || performance.now() < until) {
  const started = performance.now();
  await hessian.apply(vectors, settings.vectors, memory);
  times.push(performance.now() - started);
}
const seconds = median(times) / 1000 / settings.vectors;
const { user, system } = process.cpuUsage(used);
const processor = (user + system) / 1e6 / times.length / settings.vectors;
const peakBytes = process.resourceUsage().maxRSS * 1024;
process.stdout.write(`${JSON.stringify({ seconds, processor, preparation: prepared / 1000, peakBytes })}\n`);
await engine.close();
