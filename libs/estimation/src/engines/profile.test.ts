/** Traces of ONNX Runtime. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createGraph } from '../graph/createGraph.ts';
import { tanh } from '../ops/tanh.ts';
import { createEngine } from './createEngine.ts';

it('a program writes what its nodes took when it is released', async () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'ritz-profile-'));
  const engine = await createEngine({ engine: 'onnx-cpu', threads: 1, profile: path.join(directory, 'trace') });
  const graph = createGraph();
  const program = await engine.compile({ outputs: { y: tanh(graph, graph.input('x', [2])) } });
  await program.run({ x: { shape: [2], data: Float32Array.of(1, 2) } });
  await program.release();
  await engine.close();
  const [file = ''] = fs.readdirSync(directory);
  const events = JSON.parse(fs.readFileSync(path.join(directory, file), 'utf8')) as { args: { op_name?: string } }[];
  expect(events.map(({ args }) => args.op_name)).toContain('Tanh');
  fs.rmSync(directory, { recursive: true });
});

it('TensorFlow.js writes none', async () => {
  await expect(createEngine({ engine: 'tfjs-wasm', profile: 'trace' })).rejects.toThrow(
    'profile: only the engines of ONNX Runtime write traces, not tfjs-wasm.',
  );
});
