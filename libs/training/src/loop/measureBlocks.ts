/** The spectra of the blocks of one matrix, measured together. */
import { blockCurvatures, sizeOf, type Model, type ParameterBlock } from '@ritz/estimation';
import type { KeptSpaces } from './KeptSpaces.ts';
import { measureSpectrum, type MeasureOptions, type SpectrumRecord } from './measureSpectrum.ts';
import { vectorParts } from './topSpace.ts';

/** Bytes of the bases of all blocks, where the settings do not say. */
const defaultMemory = 2 ** 31;
/** For the bases of the smallest block. */
const leastMemory = 2 ** 20;

/**
 * One record for each block, in their order. Each takes its share of the memory and of the time, and the masses of its vectors are those
 * of its tensors. `spacesOf`: the earlier spaces of a block. Throws as `measureSpectrum` does.
 */
export async function measureBlocks(
  options: MeasureOptions,
  model: Model,
  blocks: readonly ParameterBlock[],
  spacesOf: (block: string) => KeptSpaces | undefined = () => undefined,
): Promise<SpectrumRecord[]> {
  const { hessian, settings } = options;
  const started = performance.now();
  const parts = blockCurvatures(hessian, model, blocks);
  const [leader] = parts;
  const { onProgress: _onProgress, ...silent } = options;
  const results = await Promise.allSettled(
    parts.map(async (part) => {
      try {
        const { name, parameters } = part.block;
        const tensors = parameters.map((parameter) => ({ name: parameter.name, parameters: [parameter] }));
        const spaces = spacesOf(name);
        const memory = ((settings.memory ?? defaultMemory) * part.dimension) / hessian.dimension;
        return await measureSpectrum({
          ...(part === leader ? options : silent),
          hessian: part,
          settings: { ...settings, memory: Math.max(memory, leastMemory) },
          block: name,
          parts: vectorParts(parameters, tensors),
          ...(spaces && { spaces }),
          parameterTensors: parameters.map((tensor) => ({
            name: tensor.name,
            shape: [...tensor.shape],
            count: sizeOf(tensor.shape),
          })),
        });
      } finally {
        part.finish();
      }
    }),
  );
  const records = results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
  const seconds = (performance.now() - started) / 1000;
  const products = records.reduce((sum, { hvpCount }) => sum + hvpCount, 0);
  return records.map((record) => ({ ...record, seconds: (seconds * record.hvpCount) / products }));
}
