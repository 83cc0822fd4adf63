/**
 * Lanczos at scale: `npm run bench:lanczos -- [--steps N] [--scratch DIRECTORY] [--only large|resnet]`. N of the 90 steps (all by
 * default) on vectors of ResNet-50's size, the basis in a file beyond 2 GiB; then the share of reorthogonalisation on ResNet-20.
 */
import os from 'node:os';
import { parseArgs } from 'node:util';
import { fileBandwidth, memoryBandwidth } from './bandwidth.ts';
import { timeSteps, type StepTime } from './largeBasis.ts';
import { reorthogonalisationShare } from './resnet.ts';

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '90' },
    scratch: { type: 'string', default: os.tmpdir() },
    only: { type: 'string' },
  },
});
const [dimension, steps, memory] = [25_600_000, 90, 2 * 2 ** 30];
const taken = Math.min(steps, Number(values.steps));
if (!Number.isInteger(taken) || taken < 1)
  throw new RangeError(`--steps: expected a whole number, got ${values.steps}.`);
const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(2);
const inMemory = 16;
const rates = { memory: memoryBandwidth(), file: fileBandwidth(values.scratch) };

const widths = [8, 5, 11, 8, 6, 17];
const lineOf = (cells: readonly string[]): string =>
  `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;

/** Prints every fourth step as it comes: with all of them, this takes minutes. */
function report(where: 'memory' | 'file'): (time: StepTime) => void {
  return ({ rows, seconds, bytes }) => {
    if (rows % 4 !== 0) return;
    const rate = bytes / seconds;
    const numbers = [seconds.toFixed(2), gigabytes(bytes), gigabytes(rate), (rate / rates[where]).toFixed(2)];
    console.log(lineOf([where, String(rows), ...numbers]));
  };
}

if (values.only !== 'resnet') {
  console.log(`memory copies ${gigabytes(rates.memory)} GB/s, a file is read at ${gigabytes(rates.file)} GB/s`);
  console.log(lineOf(['basis', 'rows', 'CPU s/step', 'GB read', 'GB/s', 'of the bandwidth']));
  console.log(lineOf(widths.map((width) => '-'.repeat(width))));
  const common = { dimension, memory, directory: values.scratch };
  await timeSteps({ ...common, steps: inMemory, taken: inMemory, onStep: report('memory') });
  await timeSteps({ ...common, steps, taken, onStep: report('file') });
  const peak = process.resourceUsage().maxRSS * 1024;
  console.log(
    `n = ${dimension}, m = ${steps}: ${gigabytes(4 * dimension * (steps + 1))} GB of basis, peak memory ${gigabytes(peak)} GB`,
  );
}

if (values.only !== 'large') {
  const probes = 8;
  const { dimension: n, examples, products, reorthogonalisation } = await reorthogonalisationShare(steps, probes);
  // The engine spreads its work over all cores, reorthogonalisation has one.
  const cores = os.availableParallelism();
  const share = (100 * reorthogonalisation) / (products / cores + reorthogonalisation);
  console.log(
    `ResNet-20, n = ${n}, ${examples} examples, k = ${probes}, m = ${steps}: ${products.toFixed(2)} s of CPU for products and ` +
      `${reorthogonalisation.toFixed(2)} s for reorthogonalisation per step, ${share.toFixed(1)} % of the time on ${cores} cores`,
  );
}
