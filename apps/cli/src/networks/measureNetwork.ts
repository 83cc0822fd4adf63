/** What `ritz spectrum` measures of a case, in float64: the dense matrix where it is known, else its extremes by Lanczos. */
import { createEngine, parameterCount, type Curvature, type Engine } from '@ritz/estimation';
import { exactSpectrum, lanczos } from '@ritz/lanczos';
import { quadrature } from '@ritz/spectra';
import { curvatureOf } from '../spectrum/curvature.ts';
import { loadProblem, type ProblemOptions } from '../spectrum/loadProblem.ts';
import type { LoadedProblem } from '../spectrum/loadedProblem.ts';
import { networkFile, type ExpectedNumbers, type NetworkCase } from './NetworkCase.ts';

export interface NetworkNumbers extends ExpectedNumbers {
  readonly parameters: number;
  readonly warnings: readonly string[];
}

export type NetworkOptions = Partial<ProblemOptions>;

let shared: Promise<Engine> | undefined;

function engine(): Promise<Engine> {
  shared ??= createEngine({ engine: 'onnx-cpu', precision: 'float64', threads: 1 });
  return shared;
}

/** Ends the engine that all cases share. */
export async function closeEngine(): Promise<void> {
  await (await shared)?.close();
  shared = undefined;
}

/** Throws what `ritz spectrum` throws. `onlyGradient`: neither eigenvalues nor trace. */
export async function measureNetwork(
  { case: name, loss, dense }: NetworkCase,
  options: NetworkOptions,
  onlyGradient = false,
): Promise<NetworkNumbers> {
  const problem = await loadProblem({
    model: networkFile(name, 'model.onnx'),
    data: networkFile(name, 'x.npy'),
    labels: networkFile(name, 'y.npy'),
    loss,
    freeze: [],
    ...options,
  });
  return measureProblem(problem, onlyGradient ? 'gradient' : dense ? 'all' : 'extremes');
}

/** With `all`, the eigenvalues of the whole matrix. */
export async function measureProblem(
  problem: LoadedProblem,
  eigenvalues: 'gradient' | 'all' | 'extremes',
): Promise<NetworkNumbers> {
  const curvature = await curvatureOf(await engine(), problem, { operator: 'hessian' });
  try {
    const gradient = await curvature.gradient();
    const common = {
      parameters: parameterCount(problem.trained.model),
      warnings: problem.trained.provenance.warnings,
      loss: await curvature.loss(),
      gradientNorm: Math.hypot(...gradient),
    };
    switch (eigenvalues) {
      case 'gradient':
        return common;
      case 'all':
        return { ...common, ...(await denseNumbers(curvature)) };
      case 'extremes':
        return { ...common, ...(await extremes(curvature)) };
    }
  } finally {
    await curvature.release();
  }
}

const listed = 5;

async function denseNumbers(curvature: Curvature): Promise<ExpectedNumbers> {
  const { eigenvalues } = await exactSpectrum(curvature, { precision: 'float64' });
  return {
    top: [...eigenvalues.slice(-listed)].reverse(),
    bottom: [...eigenvalues.slice(0, listed)],
    trace: eigenvalues.reduce((sum, value) => sum + value, 0),
    frobenius: Math.hypot(...eigenvalues),
  };
}

const lanczosSteps = 120;

async function extremes(curvature: Curvature): Promise<ExpectedNumbers> {
  const options = { steps: lanczosSteps, probes: 1, seed: 0, precision: 'float64', threads: 1 } as const;
  const { probes } = await lanczos(curvature, options);
  const nodes = probes.flatMap((probe) => [...quadrature(probe).nodes]);
  return { top: nodes.slice(-listed).reverse(), bottom: nodes.slice(0, listed) };
}
