/** Leaves a spectrum of a training run to workers: its checkpoint goes to their store, the request to a file. */
import fs from 'node:fs/promises';
import type { RequestSpectrumInput } from '@ritz/client';
import type { Engine } from '@ritz/estimation';
import { writeSafetensors, type Config, type SpectrumDue } from '@ritz/training';
import { stableUuid } from '../recording/stable-uuid.ts';
import { putContent } from '../store/content.ts';
import type { ObjectStore } from '../store/ObjectStore.ts';

/** @returns the checkpoint's SHA-256. `scratch` is a file name that is free. Throws a StoreError. */
export async function storeCheckpoint(due: SpectrumDue, store: ObjectStore, scratch: string): Promise<string> {
  const { step, parameters, buffers } = due;
  const vector = (data: Float64Array) => ({ shape: [data.length], data });
  const tensors = { parameters: vector(parameters), buffers: vector(buffers) };
  try {
    await writeSafetensors(scratch, { tensors, metadata: { step: String(step) } });
    return await putContent(store, await fs.readFile(scratch));
  } finally {
    await fs.rm(scratch, { force: true });
  }
}

const engines = {
  'onnx-cpu': 'ONNX_CPU',
  'onnx-webgpu': 'ONNX_WEBGPU',
  'onnx-cuda': 'ONNX_CUDA',
  'tfjs-node-gpu': 'TFJS_NODE_GPU',
  'tfjs-node': 'TFJS_NODE',
  'tfjs-webgpu': 'TFJS_WEBGPU',
  'tfjs-wasm': 'TFJS_WASM',
} as const;

/** As this process would have measured and recorded it: the same id, seeds, precision and groups of probes. */
export function spectrumRequest(
  runId: string,
  { spectra }: Config,
  engine: Engine,
  due: SpectrumDue,
  checkpoint: string,
): RequestSpectrumInput {
  const { step, dataFingerprint, probeGroups } = due;
  const { lanczosSteps, probes, seed, gradientEnergy } = spectra;
  return {
    id: stableUuid('ritz spectrum', runId, String(step)),
    runId,
    step,
    source: { checkpoint, dataFingerprint },
    ...{ lanczosSteps, probes, seed, gradientEnergy },
    engine: engines[engine.name],
    precision: engine.precision === 'float64' ? 'FLOAT64' : 'FLOAT32',
    probeGroups: [...probeGroups],
  };
}
