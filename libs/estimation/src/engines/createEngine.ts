/** Makes an engine by name. */
import { bytesPerNumber, type Precision } from '@ritz/lanczos';
import { unknownChoice } from '@ritz/spectra';
import { EstimationError } from '../error/EstimationError.ts';
import type { Engine, EngineName } from './Engine.ts';
import { createOnnxEngine } from './onnx/OnnxEngine.ts';

export const engineNames: readonly EngineName[] = [
  'onnx-cpu',
  'onnx-webgpu',
  'onnx-cuda',
  'tfjs-node-gpu',
  'tfjs-node',
  'tfjs-webgpu',
  'tfjs-wasm',
];

export interface EngineOptions {
  /** `auto` is ONNX Runtime on the CPU, the one engine that runs everywhere and in both precisions. */
  readonly engine?: EngineName | 'auto';
  readonly precision?: Precision;
  /** Threads of a CPU engine; default: one per core. */
  readonly threads?: number;
  /**
   * Of ONNX Runtime: write what every node took to files whose paths begin with this, one for each program, when it is released
   * (the trace format of Chromium).
   */
  readonly profile?: string;
}

/** Throws an EstimationError: BAD_OPTION for an unknown name or precision, UNSUPPORTED where the engine has no float64, ENGINE_UNAVAILABLE. */
export async function createEngine({
  engine = 'auto',
  precision = 'float32',
  threads,
  profile,
}: EngineOptions = {}): Promise<Engine> {
  if (!Object.hasOwn(bytesPerNumber, precision)) {
    throw new EstimationError('BAD_OPTION', unknownChoice('precision', Object.keys(bytesPerNumber), precision));
  }
  const name = engine === 'auto' ? 'onnx-cpu' : engine;
  if (profile !== undefined && !name.startsWith('onnx-')) {
    throw new EstimationError('BAD_OPTION', `profile: only the engines of ONNX Runtime write traces, not ${name}.`);
  }
  switch (name) {
    case 'onnx-cpu':
    case 'onnx-webgpu':
    case 'onnx-cuda': {
      const provider = name.slice('onnx-'.length) as 'cpu' | 'webgpu' | 'cuda';
      return createOnnxEngine(provider, {
        precision,
        ...(threads !== undefined && { threads }),
        ...(profile !== undefined && { profile }),
      });
    }
    case 'tfjs-node-gpu':
    case 'tfjs-node':
    case 'tfjs-webgpu':
    case 'tfjs-wasm':
      if (precision === 'float64') {
        throw new EstimationError('UNSUPPORTED', `${name} computes in float32 only; float64 needs onnx-cpu.`);
      }
      // Loaded on demand: TensorFlow.js takes longer to import than a small measurement.
      return (await import('./tfjs/backends.ts')).createTfjsEngine(name);
    default:
      throw new EstimationError('BAD_OPTION', unknownChoice('engine', ['auto', ...engineNames], name));
  }
}
