/**
 * Lanczos at scale: `npm run bench:lanczos -- [--steps N] [--threads 1,2] [--scratch DIRECTORY] [--only large|resnet]`. N of the 90
 * steps (24 by default) on vectors of ResNet-50's size, the basis in a file beyond 2 GiB; then the share of reorthogonalisation on
 * ResNet-20.
 */
import os from 'node:os';
import { parseArgs } from 'node:util';
import { filePeer, memoryPeer, type Peer } from './bandwidth.ts';
import { timeSteps, type StepTime } from './largeBasis.ts';
import { reorthogonalisationShare } from './resnet.ts';

const cores = os.availableParallelism();
const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '24' },
    threads: { type: 'string', default: cores > 1 ? `1,${cores}` : '1' },
    scratch: { type: 'string', default: os.tmpdir() },
    only: { type: 'string' },
  },
});

function countOf(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new RangeError(`--${option}: expected an integer of at least 1, got ${text}.`);
}

const [dimension, steps, memory, inMemory] = [25_600_000, 90, 2 * 2 ** 30, 16];
const taken = Math.min(steps, countOf('steps', values.steps));
const teams = values.threads.split(',').map((text) => countOf('threads', text));
const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(2);

const heads = ['basis', 'threads', 'rows', 'GB', 's/step', 'GB/s', 'of one core', 'CPU s', 'GB/CPU s', 'of one core'];
const widths = heads.map((head) => Math.max(head.length, 6));
const lineOf = (cells: readonly string[]): string =>
  `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;

/** Prints every fourth step with its rate relative to the peer's, which is measured right after it. */
function report(where: string, threads: number, peer: Peer): (step: StepTime) => void {
  return ({ rows, seconds, bytes }) => {
    if (rows % 4 !== 0) return;
    const alone = peer.measure();
    const cells = (['clock', 'cpu'] as const).flatMap((by) => {
      const rate = bytes / seconds[by];
      return [seconds[by].toFixed(2), gigabytes(rate), (rate / (peer.bytes / alone[by])).toFixed(2)];
    });
    console.log(lineOf([where, String(threads), String(rows), gigabytes(bytes), ...cells]));
  };
}

if (values.only !== 'resnet') {
  const peers = { memory: memoryPeer(), file: filePeer(values.scratch) };
  console.log(lineOf(heads));
  console.log(lineOf(widths.map((width) => '-'.repeat(width))));
  for (const threads of teams) {
    const common = { dimension, memory, directory: values.scratch, threads };
    const few = Math.min(inMemory, taken);
    await timeSteps({ ...common, steps: inMemory, taken: few, onStep: report('memory', threads, peers.memory) });
    await timeSteps({ ...common, steps, taken, onStep: report('file', threads, peers.file) });
  }
  for (const peer of Object.values(peers)) peer.close();
  const peak = process.resourceUsage().maxRSS * 1024;
  console.log(
    `n = ${dimension}, m = ${steps}: ${gigabytes(4 * dimension * (steps + 1))} GB of basis, peak memory ${gigabytes(peak)} GB`,
  );
}

if (values.only !== 'large') {
  const probes = 8;
  const { dimension: n, examples, products, reorthogonalisation } = await reorthogonalisationShare(steps, probes);
  // Both are spread over all cores.
  const share = (100 * reorthogonalisation) / (products + reorthogonalisation);
  console.log(
    `ResNet-20, n = ${n}, ${examples} examples, k = ${probes}, m = ${steps}: ${products.toFixed(2)} s of CPU for products and ` +
      `${reorthogonalisation.toFixed(2)} s for reorthogonalisation per step, ${share.toFixed(1)} % of the time`,
  );
}
