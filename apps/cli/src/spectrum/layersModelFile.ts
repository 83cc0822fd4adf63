/** A `tf.LayersModel` from disk: model.json with the files of weights that it names beside it. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { readLayersModel, type LayersModelOptions, type OnnxInput, type TrainedModel } from '@ritz/estimation';
import type { io } from '@tensorflow/tfjs-core';
import { CliError } from '../terminal/cliError.ts';

export interface LayersModelFile {
  readonly inputs: readonly OnnxInput[];
  /** Throws an EstimationError. */
  read(options: LayersModelOptions): Promise<TrainedModel>;
}

/** Throws a CliError that names the file. */
export async function openLayersModelFile(file: string): Promise<LayersModelFile> {
  const artifacts = await artifactsOf(file);
  await import('@tensorflow/tfjs-backend-cpu');
  const layers = await import('@tensorflow/tfjs-layers');
  const name = path.basename(path.dirname(path.resolve(file)));
  try {
    const model = await layers.loadLayersModel({ load: () => Promise.resolve(artifacts) });
    const inputs = model.inputs.map(({ name: input, dtype, shape }) => ({
      name: input,
      // Keras declares tokens as float32 too: the layers say whether they are indices.
      type: dtype === 'int32' ? ('int' as const) : ('float' as const),
      shape,
    }));
    return { inputs, read: (options) => readLayersModel(model, { name, ...options }) };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CliError(`${file}: expected a tf.LayersModel, got one that TensorFlow.js cannot read: ${why}`, { cause });
  }
}

interface ModelJson {
  readonly format?: string;
  readonly modelTopology?: object;
  readonly weightsManifest?: readonly {
    readonly paths: readonly string[];
    readonly weights: io.WeightsManifestEntry[];
  }[];
}

const advice = 'Write it with model.save("file://FOLDER") or tensorflowjs_converter --output_format tfjs_layers_model.';

async function artifactsOf(file: string): Promise<io.ModelArtifacts> {
  const text = await readBeside(file, file);
  let json: ModelJson;
  try {
    json = JSON.parse(text.toString('utf8')) as ModelJson;
  } catch (cause) {
    throw new CliError(`${file}: expected the model.json of a tf.LayersModel, got no JSON. ${advice}`, { cause });
  }
  const { format = 'layers-model', modelTopology, weightsManifest } = json;
  if (format !== 'layers-model' || !modelTopology || !Array.isArray(weightsManifest)) {
    const given = modelTopology ? `a ${format}` : 'another JSON file';
    throw new CliError(`${file}: expected the model.json of a tf.LayersModel, got ${given}. ${advice}`);
  }
  const weightSpecs: io.WeightsManifestEntry[] = [];
  const parts: Buffer[] = [];
  for (const { paths, weights } of weightsManifest as NonNullable<ModelJson['weightsManifest']>) {
    weightSpecs.push(...weights);
    for (const name of paths) parts.push(await readBeside(file, path.join(path.dirname(file), name)));
  }
  const data = Buffer.concat(parts);
  const weightData = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer;
  return { modelTopology, weightSpecs, weightData };
}

async function readBeside(model: string, file: string): Promise<Buffer> {
  try {
    return await fs.readFile(file);
  } catch (cause) {
    const role = file === model ? '' : ` (weights of ${model})`;
    throw new CliError(`${file}${role} cannot be read: no such file, or permission denied.`, { cause });
  }
}
