/** Loads the TensorFlow.js backends on demand; those with native parts are optional peers that the user installs. */
import { createRequire } from 'node:module';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { EstimationError } from '../../error/EstimationError.ts';
import type { Engine, EngineName } from '../Engine.ts';
import { provideWebGpu } from './dawn.ts';
import { importEngine } from './installed.ts';
import { TfjsEngine } from './TfjsEngine.ts';

export type TfjsEngineName = Extract<EngineName, `tfjs-${string}`>;

interface Backend {
  /** What TensorFlow.js calls it. */
  readonly backend: string;
  load(): Promise<unknown>;
  /** What to type when it is missing. */
  readonly install: string;
  readonly needs: string;
}

async function loadWasm(): Promise<void> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(`${path.dirname(main)}${path.sep}`);
}

/** A package that may be absent; the specifier is not a literal, so that the compiler does not ask for its types. */
function optional(specifier: string): () => Promise<unknown> {
  return () => import(specifier);
}

/** Where TensorFlow finds no GPU, the package silently computes on the CPU. */
async function loadGpu(): Promise<void> {
  await optional('@tensorflow/tfjs-node-gpu')();
  const backend = tf.findBackend('tensorflow') as { readonly isUsingGpuDevice?: boolean } | null;
  if (backend?.isUsingGpuDevice !== true) {
    throw new Error('TensorFlow finds no GPU and would compute on the CPU, which tfjs-node does');
  }
}

function npmInstall(packages: string): string {
  return `npm install --ignore-scripts=false ${packages}`;
}

async function loadWebGpu(): Promise<void> {
  await provideWebGpu(optional('webgpu'));
  await optional('@tensorflow/tfjs-backend-webgpu')();
}

const backends: Readonly<Record<TfjsEngineName, Backend>> = {
  'tfjs-wasm': {
    backend: 'wasm',
    load: loadWasm,
    install: npmInstall('@tensorflow/tfjs-backend-wasm'),
    needs: 'nothing else',
  },
  'tfjs-node': {
    backend: 'tensorflow',
    load: () => importEngine('tfjs-node', '@tensorflow/tfjs-node'),
    install: 'ritz engines install tfjs-node',
    needs: 'Linux on x64, Python with pip, make and g++',
  },
  'tfjs-node-gpu': {
    backend: 'tensorflow',
    load: loadGpu,
    install: npmInstall('@tensorflow/tfjs-node-gpu@4.22.0'),
    needs: 'CUDA 11.2 and cuDNN 8.1; its installer downloads libtensorflow',
  },
  'tfjs-webgpu': {
    backend: 'webgpu',
    load: loadWebGpu,
    install: npmInstall('@tensorflow/tfjs-backend-webgpu@4.22.0 webgpu@0.6.2'),
    needs: 'a GPU with a Vulkan, Metal or Direct3D driver',
  },
};

/** Loads the backend; throws an EstimationError (ENGINE_UNAVAILABLE) that says what to install when it is missing. */
export async function createTfjsEngine(name: TfjsEngineName): Promise<Engine> {
  const backend = backends[name];
  try {
    await backend.load();
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    const reason = error instanceof Error ? error.message : String(error);
    const why = missing ? 'it is not installed' : reason;
    throw new EstimationError(
      'ENGINE_UNAVAILABLE',
      `Engine ${name} is not usable: ${why}. Install it with \`${backend.install}\`; needed: ${backend.needs}.`,
      { cause: error },
    );
  }
  return new TfjsEngine(name, backend.backend);
}
