/** Runs the measurement: loss, gradient, Lanczos from every probe, on request the exact spectrum. */
import {
  createEngine,
  curvatureOperators,
  parameterBlocks,
  parameterCount,
  type Curvature,
  type Engine,
  type MeasurableCurvature,
} from '@ritz/estimation';
import { bytesPerNumber, exactSpectrum, LanczosError, type ExactSpectrum, type Precision } from '@ritz/lanczos';
import { namedOperators } from '@ritz/records';
import {
  checkHessian,
  fingerprint,
  measureBlocks,
  measureSpectrum,
  modelParts,
  type MeasureOptions,
  type SpectrumRecord,
  type SpectrumSettings,
} from '@ritz/training';
import pc from 'picocolors';
import { CliError } from '../terminal/cliError.ts';
import { countOf } from '../terminal/count.ts';
import { renamed } from '../terminal/optionNames.ts';
import { startProgress } from '../terminal/progress.ts';
import { requireUsable } from '../terminal/usableEngine.ts';
import { batchWarnings } from './batch.ts';
import { outputWarnings } from './checkOutputs.ts';
import { curvatureOf, shareOfPasses } from './curvature.ts';
import { requireChecked } from './fileCheck.ts';
import { batchNormModeOf, classesOf } from './loadProblem.ts';
import type { LoadedProblem } from './loadedProblem.ts';
import { matrixOf } from './matrix.ts';
import { flagNames, type SpectrumOptions } from './options.ts';

export interface Measured {
  readonly record: SpectrumRecord;
  /** Spectra of the requested blocks, in order. */
  readonly blocks: readonly SpectrumRecord[];
  /** With `exact`: all eigenvalues, and the gradient's inner products with their vectors. */
  readonly exact: ExactSpectrum | null;
  /** Examples per pass. */
  readonly batch: number;
  /** What may be wrong with the parameters and the loss, for people. */
  readonly warnings: readonly string[];
}

/** A dense matrix of this order takes 200 MB and its eigenvalues some minutes. */
const largestExact = 5000;

/** Throws what the parts throw: EstimationError, LanczosError, TrainingError, CliError; the signal's reason when it is aborted. */
export async function measure(
  problem: LoadedProblem,
  options: SpectrumOptions,
  signal: AbortSignal,
): Promise<Measured> {
  const { trained } = problem;
  const n = parameterCount(trained.model);
  if (options.exact && n > largestExact) {
    throw new CliError(
      `--exact: ${trained.model.name} has ${n} parameters; the dense matrix is built for at most ${largestExact}.`,
    );
  }
  const precision = precisionOf(options);
  const engine = await createEngine({ engine: options.engine, precision });
  const stop = (): void => void engine.close();
  signal.addEventListener('abort', stop);
  try {
    await requireUsable(options.engine, signal);
    process.stderr.write(pc.dim(`${planOf(n, problem.examples, options, precision)}\n`));
    return await measureOn(engine, problem, options, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof LanczosError && error.code === 'OPERATOR_FAILED' && options.save === undefined) {
      throw new CliError(
        `${renamed(error.message, flagNames)} With --save FILE the next run continues from the steps already measured.`,
        {
          cause: error,
        },
      );
    }
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    await engine.close();
  }
}

function precisionOf({ precision, exact, engine }: SpectrumOptions): Precision {
  const hasDouble = engine === 'auto' || engine === 'onnx-cpu';
  return precision ?? (exact && hasDouble ? 'float64' : 'float32');
}

/** Said before the run, so that nobody waits for what cannot fit. */
function planOf(n: number, examples: number, { steps, probes }: SpectrumOptions, precision: Precision): string {
  const m = Math.min(steps, n);
  const basis = m * n * bytesPerNumber[precision];
  const bytes = probes === 1 ? formatBytes(basis) : `${formatBytes(basis)} each`;
  const what = `${countOf(n, 'parameter')}, ${countOf(examples, 'example')}`;
  return `${what}; ${countOf(probes, 'probe')} of ${countOf(m, 'Lanczos step')}, with ${probes === 1 ? 'a basis' : 'bases'} of ${bytes}.`;
}

function passesOf({ passSize, memory }: Curvature): string {
  const { microBatch, vectorsPerPass } = passSize;
  const size = `${countOf(microBatch, 'example')} × ${countOf(vectorsPerPass, 'vector')}`;
  const anew = memory.keepAll ? '' : ', activations computed anew in each';
  const bytes = formatBytes(memory.activations + memory.workspace + memory.vectors);
  return `Passes of ${size}; about ${bytes} beside what the process has already${anew}.`;
}

function formatBytes(bytes: number): string {
  const unit = ['B', 'kB', 'MB', 'GB', 'TB'].find((_, power) => bytes < 1000 ** (power + 1)) ?? 'TB';
  const scaled = bytes / 1000 ** ['B', 'kB', 'MB', 'GB', 'TB'].indexOf(unit);
  return `${Number(scaled.toPrecision(2))} ${unit}`;
}

async function measureOn(
  engine: Engine,
  problem: LoadedProblem,
  options: SpectrumOptions,
  signal: AbortSignal,
): Promise<Measured> {
  // The dense matrix takes many products; few probes need less.
  const curvature = await curvatureOf(engine, problem, {
    ...options,
    ...(!options.exact && { vectors: options.probes }),
  });
  process.stderr.write(pc.dim(`${passesOf(curvature)}\n`));
  const warnings = [
    ...problem.trained.provenance.warnings,
    ...problem.warnings,
    ...(await batchWarnings(engine, problem, options)),
    ...(await outputWarnings(engine, problem)),
  ];
  const matrix = await matrixOf(curvature, options.preconditioner);
  const { record, blocks } = await lanczosOn(curvature, matrix, engine, problem, options, signal);
  const exact = options.exact ? await exactOn(matrix, engine, signal) : null;
  return { record, blocks, exact, batch: curvature.passSize.microBatch, warnings };
}

async function lanczosOn(
  curvature: Curvature,
  matrix: MeasurableCurvature,
  engine: Engine,
  problem: LoadedProblem,
  options: SpectrumOptions,
  signal: AbortSignal,
): Promise<Pick<Measured, 'record' | 'blocks'>> {
  const { inputs, targets, examples } = problem;
  const { steps, probes } = options;
  const settings = settingsOf(options);
  const progress = startProgress(`${namedOperators[options.operator].name} `, steps);
  try {
    progress.update(0, 'loss and gradient');
    await requireFiniteLoss(curvature, options.model);
    if (problem.check && options.batch === undefined)
      await requireChecked(options.model, problem.check, curvature, engine);
    progress.update(0, 'checking that the operator is symmetric and deterministic');
    const checkedAt = performance.now();
    const checkProducts = await checkHessian(curvature, engine, settings);
    progress.expect(((performance.now() - checkedAt) / 1000 / checkProducts) * probes);
    progress.update(0, `Lanczos step 0 of ${Math.min(steps, curvature.dimension)}, ${countOf(probes, 'probe')}`);
    const { trained } = problem;
    const blocks = options.blocks ? parameterBlocks(trained.model, options.blocks) : [];
    const measuring: MeasureOptions = {
      hessian: matrix,
      engine,
      operator: options.operator,
      preconditioner: options.preconditioner?.kind ?? 'none',
      batchSize: curvatureOperators[options.operator].isOfMiniBatches ? (options.batch ?? null) : null,
      step: options.step,
      settings,
      batchNorm: batchNormModeOf(problem),
      dataSize: examples,
      dataFingerprint: fingerprint({ inputs, labels: targets, others: Object.values(problem.otherInputs) }),
      classes: classesOf(problem),
      signal,
      onProgress: ({ done, total }) =>
        progress.update((steps * done) / total, `Lanczos step ${done} of ${total}, ${countOf(probes, 'probe')}`),
    };
    const measured = await measureSpectrum({
      ...measuring,
      parts: modelParts(trained.model, options.blocks),
      ...(options.save !== undefined && { journal: { file: options.save } }),
    });
    const parts = blocks.length === 0 ? [] : await measureBlocks(measuring, trained.model, blocks);
    progress.update(steps, 'all probes done');
    return { record: { ...measured, hvpCount: measured.hvpCount + checkProducts }, blocks: parts };
  } finally {
    progress.stop();
  }
}

function settingsOf({ steps, probes, seed, memory, scratch, tolerance }: SpectrumOptions): SpectrumSettings {
  return {
    lanczosSteps: steps,
    probes,
    seed,
    ...(memory !== undefined && { memory: memory * (1 - shareOfPasses) }),
    ...(scratch !== undefined && { scratch: { directory: scratch, bytes: Infinity } }),
    ...(tolerance !== undefined && { tolerance }),
  };
}

async function requireFiniteLoss(curvature: Curvature, model: string): Promise<void> {
  const loss = await curvature.loss();
  if (!Number.isFinite(loss)) {
    throw new CliError(
      `--model: expected a finite loss of ${model} on these examples, got ${loss}. Check its weights and the scale of the data.`,
    );
  }
}

async function exactOn(
  curvature: MeasurableCurvature,
  { precision }: Engine,
  signal: AbortSignal,
): Promise<ExactSpectrum> {
  const progress = startProgress('Dense matrix', curvature.dimension);
  try {
    return await exactSpectrum(curvature, {
      precision,
      project: [await curvature.gradient()],
      signal,
      onProgress: ({ done, total }) => progress.update(done, `column ${done} of ${total}`),
    });
  } finally {
    progress.stop();
  }
}
