/** Where the time of a tangent program goes: every kind of node on every shape, beside PyTorch on the same shapes. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createCurvature, createEngine } from '@ritz/estimation';
import { markdownTable } from '../report.ts';
import { readFloats, readIntegers, writeCase, type CaseSettings } from './caseFiles.ts';
import type { BenchmarkNet } from './nets.ts';
import { flopsOf, readTrace, type NodeGroup } from './trace.ts';

/** Shares below this are summed up by kind. */
const minShare = 0.01;

/** Runs one micro-batch on one thread and reads its trace. */
async function traceOf(net: BenchmarkNet, settings: CaseSettings, directory: string): Promise<NodeGroup[]> {
  writeCase(directory, net, settings);
  const prefix = path.join(directory, 'trace');
  const engine = await createEngine({ engine: 'onnx-cpu', threads: 1, profile: prefix });
  const problem = {
    engine,
    model: net.model,
    loss: { kind: 'softmaxCrossEntropy' } as const,
    batchNorm: net.batchNorm,
    parameters: readFloats(directory, 'parameters'),
    buffers: readFloats(directory, 'buffers'),
  };
  const [inputs, targets] = [readFloats(directory, 'inputs'), readIntegers(directory, 'targets')];
  const whole = await createCurvature({ ...problem, inputs, targets, vectorsPerPass: settings.vectors });
  const { microBatch } = whole.passSize;
  const perExample = inputs.length / settings.examples;
  const part = await createCurvature({
    ...problem,
    inputs: inputs.subarray(0, microBatch * perExample),
    targets: targets.subarray(0, microBatch),
    microBatch,
    vectorsPerPass: settings.vectors,
  });
  const vectors = readFloats(directory, 'vectors');
  for (let run = 0; run <= settings.repeats; run++) await part.apply(vectors, settings.vectors);
  await part.release();
  await engine.close();
  return readTrace(prefix);
}

/** GFLOP/s of PyTorch for each; null of what is neither a convolution nor a matrix product. */
function peerRates(groups: readonly NodeGroup[], python: string | undefined): (number | null)[] {
  if (!python) return groups.map(() => null);
  const script = path.resolve(import.meta.dirname, '../../src/hvp/shapes.py');
  const input = JSON.stringify(groups.map((group) => ({ ...group, flops: flopsOf(group) })));
  return JSON.parse(execFileSync(python, [script], { input, encoding: 'utf8' })) as (number | null)[];
}

function show(shape: readonly number[]): string {
  return shape.join('×');
}

/** The table of one net, largest share first. */
export async function profile(net: BenchmarkNet, settings: CaseSettings, python: string | undefined): Promise<string> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'ritz-hvp-'));
  try {
    const groups = await traceOf(net, settings, directory);
    const time = ({ count, seconds }: NodeGroup): number => count * seconds;
    const total = groups.reduce((sum, group) => sum + time(group), 0);
    groups.sort((a, b) => time(b) - time(a));
    const large = groups.filter((group) => time(group) >= minShare * total && flopsOf(group) > 0);
    const rates = peerRates(large, python);
    const rows = large.map((group, i) => [
      group.op,
      `${show(group.inputs[0] ?? [])} · ${show(group.inputs[1] ?? [])}`,
      String(group.count),
      percent(time(group) / total),
      (flopsOf(group) / group.seconds / 1e9).toFixed(0),
      rates[i]?.toFixed(0) ?? '',
    ]);
    const others = new Map<string, { count: number; seconds: number }>();
    for (const group of groups.filter((candidate) => !large.includes(candidate))) {
      const { count, seconds } = others.get(group.op) ?? { count: 0, seconds: 0 };
      others.set(group.op, { count: count + group.count, seconds: seconds + time(group) });
    }
    for (const [op, { count, seconds }] of [...others].sort((a, b) => b[1].seconds - a[1].seconds)) {
      if (seconds >= minShare * total) rows.push([op, 'all others', String(count), percent(seconds / total), '', '']);
    }
    const done = groups.reduce((sum, group) => sum + group.count * flopsOf(group), 0);
    const summary = `${net.name}: ${(1000 * total).toFixed(0)} ms a pass, ${(done / total / 1e9).toFixed(0)} GFLOP/s in all.`;
    return `${summary}\n\n${markdownTable(['node', 'shapes', 'nodes', 'time', 'GFLOP/s', 'PyTorch'], rows)}`;
  } finally {
    fs.rmSync(directory, { recursive: true });
  }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
