/** The worker thread that owns the ONNX Runtime sessions: `session.run` blocks its thread, so it must not be the main one. */
import { workerData } from 'node:worker_threads';
import { serve } from '@ritz/lanczos';
import * as ort from 'onnxruntime-node';
import type { TensorData, Tensors } from '../Engine.ts';
import { FlatTensors } from './FlatTensors.ts';
import type { Answer, Request, WorkerSettings } from './protocol.ts';

interface Compiled {
  readonly session: ort.InferenceSession;
  /** How many programs use the session. */
  readonly users: { count: number };
  readonly bound: Map<string, ort.Tensor>;
}

const settings = workerData as WorkerSettings;
const programs = new Map<number, Compiled>();
const flat = new FlatTensors(settings.precision);
let nextProgram = 1;

function toOrt({ shape, data }: TensorData): ort.Tensor {
  if (data instanceof Int32Array) return new ort.Tensor('int32', data, shape);
  return data instanceof Float64Array ? new ort.Tensor('float64', data, shape) : new ort.Tensor('float32', data, shape);
}

function fromOrt(tensor: ort.Tensor): TensorData {
  return { shape: tensor.dims, data: tensor.data as Float32Array | Float64Array | Int32Array };
}

function toTensors(outputs: ort.InferenceSession.ReturnType): Tensors {
  return Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, fromOrt(tensor)]));
}

/**
 * Residuals stay in buffers of the GPU. The Node binding has such buffers for WebGPU only: with CUDA residuals travel through the
 * host, once per micro-batch and point, not once per product.
 */
function outputLocations(
  residuals: readonly string[],
): Pick<ort.InferenceSession.SessionOptions, 'preferredOutputLocation'> {
  if (settings.provider !== 'webgpu' || residuals.length === 0) return {};
  return { preferredOutputLocation: Object.fromEntries(residuals.map((name) => [name, 'gpu-buffer'])) };
}

/** Binds a tensor; a GPU buffer that it replaces is freed at once, not when it is garbage-collected. */
function bind(bound: Map<string, ort.Tensor>, name: string, tensor: ort.Tensor): void {
  bound.get(name)?.dispose();
  bound.set(name, tensor);
}

function compiled(program: number): Compiled {
  const found = programs.get(program);
  if (!found) throw new Error(`program ${program} was released`);
  return found;
}

async function run(program: number, feeds: Tensors): Promise<ort.InferenceSession.ReturnType> {
  const { session } = compiled(program);
  const given = Object.entries(feeds).map(([name, data]) => [name, toOrt(data)] as const);
  return session.run(inputsOf(program, Object.fromEntries(given)));
}

/** What was given, and what is bound for all else that the program takes. */
function inputsOf(program: number, given: Readonly<Record<string, ort.Tensor>>): Record<string, ort.Tensor> {
  const { session, bound } = compiled(program);
  const inputs: Record<string, ort.Tensor> = {};
  for (const name of session.inputNames) {
    const tensor = given[name] ?? bound.get(name);
    if (!tensor) throw new Error(`input "${name}" was not fed`);
    inputs[name] = tensor;
  }
  return inputs;
}

async function answer(request: Request): Promise<Answer> {
  switch (request.kind) {
    case 'compile': {
      const session = await ort.InferenceSession.create(request.model, {
        executionProviders: [settings.provider],
        intraOpNumThreads: settings.threads,
        interOpNumThreads: 1,
        // Planned from the first run it is a second arena beside that of the first: half as much memory again, and no faster.
        enableMemPattern: false,
        // The fusions beyond `basic` are made for float32: some have no float64 kernel, others keep constants in float32.
        graphOptimizationLevel: settings.precision === 'float64' ? 'basic' : 'all',
        logSeverityLevel: 3,
        ...outputLocations(request.residuals),
        ...(settings.profile !== undefined && { enableProfiling: true, profileFilePrefix: settings.profile }),
      });
      programs.set(nextProgram, { session, users: { count: 1 }, bound: new Map() });
      return { program: nextProgram++ };
    }
    case 'bind': {
      const { bound } = compiled(request.program);
      for (const [name, tensor] of Object.entries(request.feeds)) bind(bound, name, toOrt(tensor));
      return null;
    }
    case 'run': {
      const outputs = await run(request.program, request.feeds);
      if (request.into === undefined) {
        return { outputs: toTensors(outputs) };
      }
      const { bound } = compiled(request.into);
      for (const [name, tensor] of Object.entries(outputs)) bind(bound, name, tensor);
      return null;
    }
    case 'runFlat': {
      const { program } = request;
      await flat.run(request.run, (directions, products) =>
        compiled(program).session.run(inputsOf(program, directions), products),
      );
      return null;
    }
    case 'try': {
      const session = await ort.InferenceSession.create(request.model, { logSeverityLevel: 3 });
      const feeds = Object.fromEntries(Object.entries(request.feeds).map(([name, data]) => [name, toOrt(data)]));
      const outputs = toTensors(await session.run(feeds));
      await session.release();
      return { outputs };
    }
    case 'share': {
      const { session, users } = compiled(request.program);
      users.count++;
      programs.set(nextProgram, { session, users, bound: new Map() });
      return { program: nextProgram++ };
    }
    case 'release': {
      const { session, users, bound } = compiled(request.program);
      programs.delete(request.program);
      if (programs.size === 0) flat.release();
      for (const tensor of bound.values()) tensor.dispose();
      users.count--;
      if (users.count > 0) return null;
      if (settings.profile !== undefined) session.endProfiling();
      await session.release();
      return null;
    }
  }
}

serve(answer);
