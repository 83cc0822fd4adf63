/**
 * Hessian-vector products against PyTorch, on the same data in the same run: `npm run bench:hvp [-- --net mlp,conv --threads 1,2
 * --vectors 1,2,4,8 --examples 32,64,128 --repeats 3 --peers reused,rebuilt,func] [--profile]`. Every side runs in a process of its own, which has its own peak of memory.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findPython, measuredBy } from '../peerProcess.ts';
import { markdownTable } from '../report.ts';
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

const peers = ['reused', 'rebuilt', 'func'] as const;
const sources = path.resolve(import.meta.dirname, '../../src/hvp');

function rows(
  net: BenchmarkNet,
  settings: CaseSettings,
  python: string | undefined,
  chosen: readonly string[],
): string[][] {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'ritz-hvp-'));
  try {
    writeCase(directory, net, settings);
    const ours = measuredBy(process.execPath, [path.join(import.meta.dirname, 'ours.js'), directory]) as Measurement;
    const title = [net.name, String(settings.examples), String(settings.vectors), String(settings.threads)];
    const columns = ({ seconds, processor, peakBytes }: Measurement): string[] => [
      (1000 * seconds).toPrecision(3),
      (1000 * processor).toPrecision(3),
      (productFlops(net, settings.examples) / seconds / 1e9).toFixed(1),
      (peakBytes / 2 ** 20).toFixed(0),
    ];
    const lines = [[...title, 'ours', ...columns(ours), '', '', '', '']];
    for (const peer of python ? peers.filter((name) => chosen.includes(name)) : []) {
      const theirs = measuredBy(python ?? '', [path.join(sources, 'peer.py'), directory, peer]) as Measurement;
      const error = relativeDistance(readFloats(directory, 'ours'), readFloats(directory, peer));
      lines.push([
        ...title,
        `PyTorch ${peer}`,
        ...columns(theirs),
        (ours.seconds / theirs.seconds).toFixed(2),
        (ours.processor / theirs.processor).toFixed(2),
        (ours.peakBytes / theirs.peakBytes).toFixed(2),
        error.toExponential(0),
      ]);
    }
    return lines;
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
    repeats: { type: 'string', default: '3' },
    examples: { type: 'string' },
    peers: { type: 'string', default: peers.join() },
    profile: { type: 'boolean', default: false },
  },
});
const python = findPython();
if (!python) console.log('No Python with PyTorch was found (RITZ_PYTHON, python3): ours is measured alone.\n');
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
        console.log(`${await profile(net, { ...size, threads: 1 }, python)}\n`);
        continue;
      }
      for (const threads of numbers(values.threads)) {
        process.stderr.write(`${net.name}, ${examples} examples, ${vectors} vectors, ${threads} threads …\n`);
        console.log(`${markdownTable(header, rows(net, { ...size, threads }, python, values.peers.split(',')))}\n`);
      }
    }
  }
}
