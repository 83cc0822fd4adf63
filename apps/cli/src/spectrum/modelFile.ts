/** Opens a model file of any supported kind. */
import {
  openOnnxFile,
  type NetworkMetadata,
  type OnnxInput,
  type OnnxOptions,
  type TrainedModel,
} from '@ritz/estimation';
import { CliError } from '../terminal/cliError.ts';
import { openLayersModelFile } from './layersModelFile.ts';

export interface ModelFile {
  /** What the exporter states about the network; null where it states nothing. */
  readonly metadata: NetworkMetadata | null;
  /** The inputs that an output depends on, in the order of the file. Throws an EstimationError (BAD_OPTION). */
  inputsOf(output: string | undefined): readonly OnnxInput[];
  /** Throws an EstimationError. */
  read(options: OnnxOptions): Promise<TrainedModel> | TrainedModel;
}

/** ONNX, or the model.json of a `tf.LayersModel`, by the ending of its name. Throws an EstimationError (BAD_FILE) or a CliError. */
export async function openModel(file: string): Promise<ModelFile> {
  if (!/\.json$/i.test(file)) return openOnnxFile(file);
  const opened = await openLayersModelFile(file);
  return {
    metadata: null,
    inputsOf: () => opened.inputs,
    read: ({ parameters = [], freeze = [], output, ...options }) => {
      if (parameters.length > 0 || freeze.length > 0)
        throw new CliError(
          '--parameters and --freeze: expected an ONNX file; set trainable = false in the layers of a tf.LayersModel.',
        );
      if (output !== undefined)
        throw new CliError('--output: expected an ONNX file; a tf.LayersModel is read with one output.');
      return opened.read({
        ...(options.inputShape && { inputShape: options.inputShape }),
        ...(options.withoutFinal && { withoutFinal: options.withoutFinal }),
      });
    },
  };
}
