/**
 * Lanczos at scale. `npm run bench:lanczos -- [--steps N] [--scratch DIRECTORY] [--skip-resnet]`: N of the 90 steps on vectors of
 * ResNet-50's size (all by default), the basis in a file beyond 2 GiB; then the share of reorthogonalisation on ResNet-20.
 */
import os from 'node:os';
import { parseArgs } from 'node:util';
import { markdownTable } from '../report.ts';
import { fileBandwidth, memoryBandwidth } from './bandwidth.ts';
import { timeSteps, type StepTime } from './largeBasis.ts';
import { reorthogonalisationShare } from './resnet.ts';

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '90' },
    scratch: { type: 'string', default: os.tmpdir() },
    'skip-resnet': { type: 'boolean', default: false },
  },
});
const [dimension, steps, memory] = [25_600_000, 90, 2 * 2 ** 30];
const taken = Math.min(steps, Number(values.steps));
const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(2);
const rates = { memory: memoryBandwidth(), file: fileBandwidth(values.scratch) };
console.log(`memory copies ${gigabytes(rates.memory)} GB/s, a file is read at ${gigabytes(rates.file)} GB/s`);

function rowOf(where: string, { rows, seconds, bytes }: StepTime, bandwidth: number): string[] {
  const rate = bytes / seconds;
  return [where, String(rows), seconds.toFixed(2), gigabytes(bytes), gigabytes(rate), (rate / bandwidth).toFixed(2)];
}

const inMemory = 16;
const resident = await timeSteps({ dimension, steps: inMemory, taken: inMemory, memory, directory: values.scratch });
const filed = await timeSteps({ dimension, steps, taken, memory, directory: values.scratch });
const shown = (times: readonly StepTime[]): StepTime[] =>
  times.filter(({ rows }) => rows % 4 === 0 || rows === times.length + 1);
console.log(
  markdownTable(
    ['basis', 'rows', 's per step', 'GB read', 'GB/s', 'of the bandwidth'],
    [
      ...shown(resident).map((time) => rowOf('memory', time, rates.memory)),
      ...shown(filed).map((time) => rowOf('file', time, rates.file)),
    ],
  ),
);
const peak = process.resourceUsage().maxRSS * 1024;
console.log(
  `n = ${dimension}, m = ${steps}: ${gigabytes(4 * dimension * (steps + 1))} GB of basis, peak memory ${gigabytes(peak)} GB`,
);

if (!values['skip-resnet']) {
  const probes = 8;
  const { dimension: n, examples, products, reorthogonalisation } = await reorthogonalisationShare(steps, probes);
  const share = (100 * reorthogonalisation) / (products + reorthogonalisation);
  console.log(
    `ResNet-20, n = ${n}, ${examples} examples, k = ${probes}, m = ${steps}: ${products.toFixed(2)} s of products and ` +
      `${reorthogonalisation.toFixed(2)} s of reorthogonalisation per step, ${share.toFixed(1)} %`,
  );
}
