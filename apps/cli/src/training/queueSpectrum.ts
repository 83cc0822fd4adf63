/** Defers a spectrum of a training run to workers: stores its checkpoint and makes the request for it. */
import fs from 'node:fs/promises';
import type { BlockSelectionInput, RequestSpectrumInput } from '@ritz/client';
import type { BlockSelection, Engine } from '@ritz/estimation';
import { constantOf } from '@ritz/records';
import {
  blocksJobId,
  directionTensors,
  spectrumId,
  writeSafetensors,
  type Config,
  type SpectrumDue,
} from '@ritz/training';
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

/** For the whole matrix, for its blocks, or for both: what is due. */
export function spectrumRequests(
  runId: string,
  config: Config,
  engine: Engine,
  due: SpectrumDue,
  checkpoint: string,
): RequestSpectrumInput[] {
  const { step, operator, series, probeGroups } = due;
  const common = commonRequest(runId, config, engine, due, checkpoint);
  const { blocks } = config.spectra;
  const whole = { operator, block: 'all', preconditioner: 'none' } as const;
  return [
    ...(series.some(({ block }) => block === 'all')
      ? [{ ...common, id: spectrumId(runId, step, whole), probeGroups: [...probeGroups] }]
      : []),
    ...(blocks && series.some(({ block }) => block !== 'all')
      ? [{ ...common, id: blocksJobId(runId, step, whole), blocks: blockInput(blocks) }]
      : []),
  ];
}

function blockInput(blocks: BlockSelection): BlockSelectionInput {
  if (typeof blocks === 'string') return { each: constantOf(blocks) };
  const named = Object.entries(blocks).map(([name, patterns]) => ({
    name,
    patterns: typeof patterns === 'string' ? [patterns] : [...patterns],
  }));
  return { named };
}

/** As this process would have measured and recorded it: the same seeds and precision. */
function commonRequest(
  runId: string,
  { spectra }: Config,
  engine: Engine,
  due: SpectrumDue,
  checkpoint: string,
): Omit<RequestSpectrumInput, 'id'> {
  const { step, operator, dataFingerprint } = due;
  const { lanczosSteps, probes, seed, gradientEnergy } = spectra;
  return {
    runId,
    step,
    operator: constantOf(operator),
    source: { checkpoint, dataFingerprint },
    ...{ lanczosSteps, probes, seed, gradientEnergy },
    engine: constantOf(engine.name),
    precision: constantOf(engine.precision),
  };
}
