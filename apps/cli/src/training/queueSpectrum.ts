/** Defers a spectrum of a training run to workers: stores its checkpoint and makes the request for it. */
import fs from 'node:fs/promises';
import type { RequestSpectrumInput } from '@ritz/client';
import type { Engine } from '@ritz/estimation';
import { constantOf } from '@ritz/records';
import { directionTensors, spectrumId, writeSafetensors, type Config, type SpectrumDue } from '@ritz/training';
import { type ObjectStore, putContent } from '@ritz/worker';

/** @returns the checkpoint's SHA-256. `scratch` is a file name that is free. Throws a StoreError. */
export async function storeCheckpoint(due: SpectrumDue, store: ObjectStore, scratch: string): Promise<string> {
  const { step, parameters, buffers, directions } = due;
  const vector = (data: Float64Array) => ({ shape: [data.length], data });
  const tensors = { parameters: vector(parameters), buffers: vector(buffers), ...directionTensors(directions) };
  try {
    await writeSafetensors(scratch, { tensors, metadata: { step: String(step) } });
    return await putContent(store, await fs.readFile(scratch));
  } finally {
    await fs.rm(scratch, { force: true });
  }
}

/** As this process would have measured and recorded it: the same id, seeds, precision and groups of probes. */
export function spectrumRequest(
  runId: string,
  { spectra }: Config,
  engine: Engine,
  due: SpectrumDue,
  checkpoint: string,
): RequestSpectrumInput {
  const { step, operator, dataFingerprint, probeGroups } = due;
  const { lanczosSteps, probes, seed, gradientEnergy } = spectra;
  return {
    id: spectrumId(runId, step, { operator, block: 'all', preconditioner: 'none' }),
    runId,
    step,
    operator: constantOf(operator),
    source: { checkpoint, dataFingerprint },
    ...{ lanczosSteps, probes, seed, gradientEnergy },
    engine: constantOf(engine.name),
    precision: constantOf(engine.precision),
    probeGroups: [...probeGroups],
  };
}
