/** An ONNX file from disk, with the files that it keeps large tensors in. */
import fs from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { EstimationError } from '../../error/EstimationError.ts';
import type { TrainedModel } from '../TrainedModel.ts';
import { openOnnx, type OnnxOptions, type OpenedOnnx } from './readOnnx.ts';
import type { ExternalData } from './tensor.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EISDIR: 'it is a folder; expected a file',
  EACCES: 'permission denied',
};

function unreadable(file: string, cause: unknown): EstimationError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  const why = reasons[code] ?? code;
  return new EstimationError('BAD_FILE', `${file} cannot be read: ${why}.`, { cause });
}

const wholeModel =
  'Put that file beside the model; where a model goes from machine to machine as one file, write it as one: ' +
  'onnx.save_model(onnx.load("model.onnx"), "whole.onnx").';

/** Reads each file once; only files in the model's own folder or below it, as the format demands. */
function besides(file: string): ExternalData {
  const folder = path.resolve(path.dirname(file));
  const known = new Map<string, Uint8Array>();
  return (location) => {
    const target = path.resolve(folder, location);
    if (location === '' || !target.startsWith(folder + path.sep)) {
      throw new EstimationError('BAD_FILE', `${file} keeps tensors in "${location}", outside of its own folder.`);
    }
    try {
      const bytes = known.get(target) ?? readFileSync(target);
      known.set(target, bytes);
      return bytes;
    } catch (cause) {
      const { message } = unreadable(target, cause);
      throw new EstimationError('BAD_FILE', `${file} keeps tensors elsewhere: ${message} ${wholeModel}`, { cause });
    }
  };
}

/** As `openOnnx`; errors begin with the path. Throws an EstimationError (BAD_FILE) also for a file that cannot be read. */
export async function openOnnxFile(file: string): Promise<OpenedOnnx> {
  let bytes: Uint8Array;
  try {
    bytes = await fs.readFile(file);
  } catch (cause) {
    throw unreadable(file, cause);
  }
  const opened = withPath(file, () => openOnnx(bytes, besides(file)));
  const name = path.basename(file, '.onnx');
  return {
    outputs: opened.outputs,
    metadata: opened.metadata,
    inputsOf: (output) => withPath(file, () => opened.inputsOf(output)),
    read: (options) => withPath(file, () => opened.read({ name, ...options })),
  };
}

/** Opens and reads a file; see `openOnnxFile`. */
export async function loadOnnx(file: string, options: OnnxOptions = {}): Promise<TrainedModel> {
  return (await openOnnxFile(file)).read(options);
}

/** Errors about the file begin with its path; those about options with the name of the option. */
function withPath<Result>(file: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    const isOurs = error instanceof EstimationError && error.code !== 'BAD_OPTION';
    if (!isOurs || error.message.startsWith(file)) throw error;
    throw new EstimationError(error.code, `${file}: ${error.message}`, { cause: error });
  }
}
