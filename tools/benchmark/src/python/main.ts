/**
 * Spectra inside PyTorch against its peers, end to end: `npm run bench:python [-- --nets mlp,conv,resnet20 --probes 10 --steps 90
 * --threads 1 --rounds 3]`. PyHessian, curvlinops and pytorch-hessian-eigenthings as published where Python finds them (PYTHONPATH), and
 * loops of their kinds. The sides take turns, each in a process of its own; ratios are of processor time within a round, because the machine's
 * speed drifts. ResNet-20 runs a tenth of the probes and steps.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findPython, measuredBy } from '../peerProcess.ts';
import { markdownTable, median } from '../report.ts';

interface Measurement {
  readonly seconds: number;
  readonly processor: number;
  /** Beyond what the process took before. */
  readonly peakBytes: number;
  readonly lambdaMax: number;
  readonly torch: string;
}

type Round = ReadonlyMap<string, Measurement>;
const examples: Readonly<Record<string, number>> = { mlp: 512, conv: 64, resnet20: 32 };
const script = path.resolve(import.meta.dirname, '../../src/python/peer.py');
const client = path.resolve(import.meta.dirname, '../../../../libs/client-python');

const { values } = parseArgs({
  options: {
    nets: { type: 'string', default: 'mlp,conv,resnet20' },
    probes: { type: 'string', default: '10' },
    steps: { type: 'string', default: '90' },
    threads: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '3' },
  },
});

const python = findPython();
if (!python) {
  console.error(
    'bench:python: expected a Python with PyTorch and numpy, found none. Type:\n' +
      '  python3 -m venv .ritz/python && .ritz/python/bin/pip install torch numpy && RITZ_PYTHON=.ritz/python/bin/python npm run bench:python',
  );
  process.exit(2);
}
process.env['PYTHONPATH'] = [client, process.env['PYTHONPATH']].filter(Boolean).join(path.delimiter);
// The threads of numpy's library, which torch.set_num_threads does not set.
process.env['OPENBLAS_NUM_THREADS'] = values.threads;
const published = measuredBy(python, [script, '--published']) as string[];
const sides = ['ours', 'kept', 'rebuilt', ...published];
const rows: string[][] = [];
for (const net of values.nets.split(',')) {
  const share = net === 'resnet20' ? 0.1 : 1;
  const [probes, steps] = [values.probes, values.steps].map((count) => Math.max(2, Math.round(share * Number(count))));
  const settings = [probes, steps, examples[net] ?? 64, values.threads].map(String);
  const measure = (side: string): Measurement => measuredBy(python, [script, net, side, ...settings]) as Measurement;
  const rounds = Array.from(
    { length: Number(values.rounds) },
    (): Round => new Map(sides.map((side) => [side, measure(side)])),
  );
  for (const side of sides) {
    const of = (value: (measured: Measurement, ours: Measurement) => number): number =>
      median(rounds.map((round) => value(measuredIn(round, side), measuredIn(round, 'ours'))));
    rows.push([
      net,
      `${probes} × ${steps}`,
      side,
      of(({ processor }) => (1000 * processor) / ((probes ?? 1) * (steps ?? 1))).toFixed(2),
      of(({ seconds }) => seconds).toFixed(1),
      of(({ processor }, ours) => ours.processor / processor).toFixed(2),
      `${(of(({ peakBytes }) => peakBytes) / 1e6).toFixed(0)} MB`,
      of(({ lambdaMax }) => lambdaMax).toPrecision(5),
    ]);
  }
}
console.log(
  markdownTable(['net', 'k × m', 'side', 'CPU ms a product', 'seconds', 'ours / side (CPU)', 'memory', 'λ1'], rows),
);

function measuredIn(round: Round, side: string): Measurement {
  const found = round.get(side);
  if (!found) throw new Error(`${side} was not measured.`);
  return found;
}
