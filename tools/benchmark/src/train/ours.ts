/** Our side of one case, in a process of its own so that its peak memory is its own: `ours.js <directory>`. */
import fs from 'node:fs';
import path from 'node:path';
import { createEngine } from '@ritz/estimation';
import { train } from '@ritz/training';
import { benchmarkData, benchmarkModel, readCase } from './trainCase.ts';
import { stepTimes, type TrainMeasurement } from './stepTimes.ts';

const [directory = '.'] = process.argv.slice(2);
const settings = readCase(directory);
const { steps, batchSize, rate, momentum, seed, threads } = settings;
const engine = await createEngine({ engine: 'onnx-cpu', threads });
const data = benchmarkData(settings);
const clock: number[] = [];
const processor: number[] = [];
const { parameters } = await train({
  engine,
  model: benchmarkModel(),
  data: { train: data, test: data },
  schedule: { kind: 'constant', rate },
  optimiser: { kind: 'sgd', momentum },
  batchSize,
  steps,
  seed,
  // Evaluated at the start and the end only, and on as little as can be.
  logEvery: steps,
  testExamples: 1,
  spectrumSteps: [],
  spectrumExamples: batchSize,
  spectrum: { lanczosSteps: 1, probes: 1, seed },
  onProgress: () => {
    clock.push(performance.now() / 1000);
    const { user, system } = process.cpuUsage();
    processor.push((user + system) / 1e6);
  },
});
fs.writeFileSync(path.join(directory, 'ours.bin'), new Uint8Array(Float32Array.from(parameters).buffer));
const measured: TrainMeasurement = {
  ...stepTimes(clock.slice(0, steps), processor.slice(0, steps)),
  peakBytes: process.resourceUsage().maxRSS * 1024,
};
process.stdout.write(`${JSON.stringify(measured)}\n`);
await engine.close();
