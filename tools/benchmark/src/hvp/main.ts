/**
 * Hessian-vector products against PyTorch and JAX, where Python has them, on the same data in the same run: `npm run bench:hvp [-- --net mlp,conv --threads 1,2
 * --vectors 1,2,4,8 --examples 32,64,128 --repeats 2 --rounds 3 --peers reused,rebuilt,func,linearize,jax]
 * [--profile]`. Every side runs in a process of its own, which has its own peak of memory.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findPython, measuredBy } from '../peerProcess.ts';
import { markdownTable, median as medianOf } from '../report.ts';
import { readFloats, relativeDistance, writeCase, type CaseSettings } from './caseFiles.ts';
import { benchmarkNets, productFlops, type BenchmarkNet } from './nets.ts';
import { profile } from './profile.ts';

interface Measurement {
  /** Per product, by the clock, and of processor time. */
  readonly seconds: number;
  readonly processor: number;
  /** First products, compilation included. */
  readonly preparation: number;
  readonly peakBytes: number;
}

/** A way to compute products with another library: how it is called, its script and the package it needs. */
interface Peer {
  readonly title: string;
  readonly script: string;
  readonly needed: 'torch' | 'jax';
}

const torch = (mode: string): Peer => ({ title: `PyTorch ${mode}`, script: 'peer.py', needed: 'torch' });

const peers: Readonly<Record<string, Peer>> = {
  reused: torch('reused'),
  rebuilt: torch('rebuilt'),
  func: torch('func'),
  linearize: torch('linearize'),
  jax: { title: 'JAX', script: 'peer_jax.py', needed: 'jax' },
};

const sources = path.resolve(import.meta.dirname, '../../src/hvp');
const pythons: Readonly<Record<Peer['needed'], string | undefined>> = {
  torch: findPython('torch'),
  jax: findPython('jax'),
};

/** Those of the names that there are and that can run here. */
function usablePeers(names: readonly string[]): string[] {
  return names.filter((name) => peers[name] && pythons[peers[name].needed]);
}

function measure(directory: string, side: string): Measurement {
  const peer = peers[side];
  const python = peer && pythons[peer.needed];
  const [program, script] = python
    ? [python, path.join(sources, peer.script)]
    : [process.execPath, path.join(import.meta.dirname, 'ours.js')];
  return measuredBy(program, [script, directory, side]) as Measurement;
}

function of(round: Readonly<Record<string, Measurement>>, side: string): Measurement {
  const found = round[side];
  if (!found) throw new Error(`${side} was not measured`);
  return found;
}

/** Lets the sides take turns. Their ratio is the median of the ratios within a round, because the machine's speed drifts. */
function rows(
  net: BenchmarkNet,
  settings: CaseSettings,
  { chosen, rounds }: { readonly chosen: readonly string[]; readonly rounds: number },
): string[][] {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'ritz-hvp-'));
  try {
    writeCase(directory, net, settings);
    const sides = ['ours', ...usablePeers(chosen)];
    const measured = Array.from({ length: rounds }, () =>
      Object.fromEntries(sides.map((side) => [side, measure(directory, side)])),
    );
    const median = (of: (round: Readonly<Record<string, Measurement>>) => number): number => medianOf(measured.map(of));
    const title = [net.name, String(settings.examples), String(settings.vectors), String(settings.threads)];
    return sides.map((side) => {
      const seconds = median((round) => of(round, side).seconds);
      const ratio = (what: keyof Measurement): string =>
        side === 'ours' ? '' : median((round) => of(round, 'ours')[what] / of(round, side)[what]).toFixed(2);
      return [
        ...title,
        peers[side]?.title ?? side,
        (1000 * seconds).toPrecision(3),
        (1000 * median((round) => of(round, side).processor)).toPrecision(3),
        (productFlops(net, settings.examples) / seconds / 1e9).toFixed(1),
        (median((round) => of(round, side).peakBytes) / 2 ** 20).toFixed(0),
        ratio('seconds'),
        ratio('processor'),
        ratio('peakBytes'),
        side === 'ours'
          ? ''
          : relativeDistance(readFloats(directory, 'ours'), readFloats(directory, side)).toExponential(0),
      ];
    });
  } finally {
    fs.rmSync(directory, { recursive: true });
  }
}

const { values } = parseArgs({
  options: {
    net: {
      type: 'string',
      default: benchmarkNets()
        .map(({ name }) => name)
        .join(),
    },
    threads: { type: 'string', default: '1,2' },
    vectors: { type: 'string', default: '8' },
    repeats: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '3' },
    examples: { type: 'string' },
    peers: { type: 'string', default: Object.keys(peers).join() },
    profile: { type: 'boolean', default: false },
  },
});
for (const [needed, python] of Object.entries(pythons)) {
  if (!python) console.log(`No Python with ${needed} was found (RITZ_PYTHON, python3): it is left out.\n`);
}
console.log(`${os.cpus()[0]?.model.trim() ?? 'CPU'}, ${os.availableParallelism()} cores, Node ${process.version}\n`);
const header = [
  'net',
  'N',
  'k',
  'threads',
  'side',
  'ms / product',
  'CPU ms',
  'GFLOP/s',
  'peak MB',
  'ours / it',
  'CPU',
  'memory',
  'difference',
];
const numbers = (list: string): number[] => list.split(',').map(Number);
for (const net of benchmarkNets().filter(({ name }) => values.net.split(',').includes(name))) {
  for (const examples of values.examples ? numbers(values.examples) : [net.examples]) {
    for (const vectors of numbers(values.vectors)) {
      const size = { net: net.name, examples, vectors, repeats: Number(values.repeats) };
      if (values.profile) {
        console.log(`${await profile(net, { ...size, threads: 1 }, pythons.torch)}\n`);
        continue;
      }
      for (const threads of numbers(values.threads)) {
        process.stderr.write(`${net.name}, ${examples} examples, ${vectors} vectors, ${threads} threads …\n`);
        console.log(
          `${markdownTable(header, rows(net, { ...size, threads }, { chosen: values.peers.split(','), rounds: Number(values.rounds) }))}\n`,
        );
      }
    }
  }
}
