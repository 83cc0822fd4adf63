/**
 * Training against PyTorch, from the same parameters on the same batches in the same run: `npm run bench:train [-- --threads 1,2
 * --steps 12 --batch 128 --rounds 1]`. Every side runs in a process of its own, which has its own peak of memory; rounds alternate.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createEngine, createObjective } from '@ritz/estimation';
import { readFloats, relativeDistance } from '../hvp/caseFiles.ts';
import { findPython, measuredBy } from '../peerProcess.ts';
import { markdownTable, median } from '../report.ts';
import type { TrainMeasurement } from './stepTimes.ts';
import { benchmarkData, benchmarkModel, writeCase, type TrainCase } from './trainCase.ts';

const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: '1,2' },
    steps: { type: 'string', default: '12' },
    batch: { type: 'string', default: '128' },
    rounds: { type: 'string', default: '1' },
  },
});

interface Side {
  readonly name: string;
  measure(directory: string): TrainMeasurement;
}

function sides(): Side[] {
  const python = findPython();
  const script = path.resolve(import.meta.dirname, '../../src/train/peer.py');
  const ours: Side = {
    name: 'ours',
    measure: (directory) =>
      measuredBy(process.execPath, [path.join(import.meta.dirname, 'ours.js'), directory]) as TrainMeasurement,
  };
  if (python === undefined) {
    console.log('No Python with PyTorch was found (RITZ_PYTHON, python3): ours is measured alone.\n');
    return [ours];
  }
  return [ours, { name: 'PyTorch', measure: (of) => measuredBy(python, [script, of]) as TrainMeasurement }];
}

/** Loss of the first batch, with its own statistics, at the final parameters of a side. */
async function lossAt(settings: TrainCase, parameters: Float32Array): Promise<number> {
  const engine = await createEngine({ engine: 'onnx-cpu' });
  const model = benchmarkModel();
  const problem = { model, loss: { kind: 'softmaxCrossEntropy' } as const, batchNorm: 'minibatch' as const };
  const objective = await createObjective(engine, problem, settings.batchSize);
  const { inputs, labels } = benchmarkData({ ...settings, examples: settings.batchSize });
  const { loss } = await objective.gradient({ parameters }, inputs, labels);
  await objective.release();
  await engine.close();
  return loss;
}

async function rows(settings: TrainCase, measured: readonly Side[]): Promise<string[][]> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'ritz-train-'));
  try {
    writeCase(directory, settings);
    const rounds = Array.from({ length: Number(values.rounds) }, () => measured.map((side) => side.measure(directory)));
    const [ours, theirs] = measured.map((_, at) => {
      const of = (fact: (one: TrainMeasurement) => number): number =>
        median(rounds.flatMap((round) => round.slice(at, at + 1)).map(fact));
      return { seconds: of((m) => m.seconds), processor: of((m) => m.processor), peakBytes: of((m) => m.peakBytes) };
    });
    const columns = (name: string, { seconds, processor, peakBytes }: TrainMeasurement, loss: number): string[] => [
      String(settings.threads),
      name,
      (settings.batchSize / seconds).toFixed(0),
      seconds.toPrecision(3),
      processor.toPrecision(3),
      (peakBytes / 2 ** 20).toFixed(0),
      loss.toFixed(5),
    ];
    if (!ours) return [];
    const [atOurs, ownLoss] = [readFloats(directory, 'ours'), await lossAt(settings, readFloats(directory, 'ours'))];
    const lines = [columns('ours', ours, ownLoss)];
    if (!theirs) return lines;
    const atTheirs = readFloats(directory, 'pytorch');
    const ratio = (fact: (one: TrainMeasurement) => number): string => (fact(ours) / fact(theirs)).toFixed(2);
    lines.push([
      ...columns('PyTorch', theirs, await lossAt(settings, atTheirs)),
      ratio((m) => m.seconds),
      ratio((m) => m.processor),
      ratio((m) => m.peakBytes),
      relativeDistance(atOurs, atTheirs).toExponential(0),
    ]);
    return lines;
  } finally {
    fs.rmSync(directory, { recursive: true });
  }
}

const measured = sides();
console.log(`${os.cpus()[0]?.model.trim() ?? 'CPU'}, ${os.availableParallelism()} cores, Node ${process.version}\n`);
const header = [
  'threads',
  'side',
  'images/s',
  's / step',
  'CPU s',
  'peak MB',
  'loss',
  'ours / it',
  'CPU',
  'memory',
  'difference',
];
const lines: string[][] = [];
for (const threads of values.threads.split(',').map(Number)) {
  const [steps, batchSize] = [Number(values.steps), Number(values.batch)];
  process.stderr.write(`ResNet-20, ${steps} steps of ${batchSize} images, ${threads} threads …\n`);
  const settings = { threads, steps, batchSize, examples: 8 * batchSize, rate: 0.05, momentum: 0.9, seed: 1 };
  lines.push(...(await rows(settings, measured)));
}
console.log(markdownTable(header, lines));
