/** All results, as `--json` writes them and the summary reads them. */
import { frobeniusNorm, topRitzValues, trace, type Estimate, type MeasuredSpectrum } from '@ritz/spectra';
import { isClassLoss, type Loss } from '@ritz/estimation';
import type { RitzVectorValues } from '@ritz/records';
import { classesOf } from './loadProblem.ts';
import type { LoadedProblem } from './loadedProblem.ts';
import type { Measured } from './measure.ts';
import { describeNetwork, type NetworkDescription } from './network.ts';
import type { SpectrumOptions } from './options.ts';

export interface SpectrumReport {
  readonly version: 1;
  /** n */
  readonly parameters: number;
  readonly parameterTensors: NetworkDescription['parameterTensors'];
  /** Constant tensors, each with the reason. */
  readonly constants: NetworkDescription['constants'];
  readonly loss: number;
  readonly gradientNorm: number;
  /** Warnings about the parameters and the loss. */
  readonly warnings: readonly string[];
  readonly trace: Estimate;
  readonly frobenius: Estimate;
  /** Largest eigenvalues, descending. */
  readonly top: readonly number[];
  /** Smallest eigenvalues, ascending. */
  readonly bottom: readonly number[];
  /** Share of ‖g‖² in the span of the k top eigenvectors. */
  readonly overlap: readonly { readonly k: number; readonly fraction: number }[];
  /** Ascending; only with --exact. */
  readonly eigenvalues?: readonly number[];
  readonly probes: readonly {
    readonly seed: number;
    readonly alpha: readonly number[];
    readonly beta: readonly number[];
  }[];
  /** Of the largest eigenvalues, in numbers; with several vectors of one eigenvalue, any basis of their space. */
  readonly ritzVectors: readonly RitzVectorReport[];
  /** Spectra of the requested blocks. */
  readonly blocks: readonly BlockReport[];
  readonly settings: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
}

interface BlockReport extends Pick<
  SpectrumReport,
  'parameters' | 'gradientNorm' | 'trace' | 'top' | 'overlap' | 'ritzVectors' | 'probes'
> {
  readonly name: string;
}

type RitzVectorReport = Pick<
  RitzVectorValues,
  'value' | 'residual' | 'inverseParticipation' | 'massByBlock' | 'gradientOverlap'
>;

const extremeCount = 10;

/** Takes the numbers from the exact spectrum where it is known; they then have no standard error. */
export function reportOf(problem: LoadedProblem, options: SpectrumOptions, measured: Measured): SpectrumReport {
  const { record } = measured;
  const { parameters, parameterTensors, constants } = describeNetwork(problem.trained, problem.batchNorm);
  const common = {
    version: 1,
    parameters,
    parameterTensors,
    constants,
    loss: record.loss,
    gradientNorm: record.gradientNorm,
    warnings: measured.warnings,
  } as const;
  const blocks = measured.blocks.map(blockOf);
  return {
    ...common,
    ...numbersOf(problem, measured),
    ritzVectors: vectorsOf(record),
    probes: probesOf(record),
    blocks,
    settings: settingsOf(problem, options, measured),
  };
}

/** Of a checkpoint alone no mini-batch and no update is known. */
function vectorsOf({ ritzVectors = [] }: Measured['record']): RitzVectorReport[] {
  return ritzVectors.map(({ value, residual, inverseParticipation, massByBlock, gradientOverlap }) => ({
    ...{ value, residual, inverseParticipation, massByBlock, gradientOverlap },
  }));
}

function probesOf({ probes }: Measured['record']): SpectrumReport['probes'] {
  return probes.map(({ seed, alpha, beta }) => ({ seed, alpha: [...alpha], beta: [...beta] }));
}

function blockOf(record: Measured['record']): BlockReport {
  return {
    name: record.block,
    parameters: record.parameterCount,
    gradientNorm: record.gradientNorm,
    trace: trace({ dimension: record.parameterCount, probes: record.probes }),
    top: [...record.top.values],
    overlap: record.gradientOverlap.map(({ k, fraction }) => ({ k, fraction })),
    ritzVectors: vectorsOf(record),
    probes: probesOf(record),
  };
}

type Numbers = Pick<SpectrumReport, 'trace' | 'frobenius' | 'top' | 'bottom' | 'overlap' | 'eigenvalues'>;

function numbersOf(problem: LoadedProblem, { record, exact }: Measured): Numbers {
  const topCount = record.top.values.length;
  if (exact) {
    const eigenvalues = [...exact.eigenvalues];
    const projections = exact.projections[0] ?? new Float64Array();
    return {
      trace: { value: sumOf(eigenvalues), standardError: 0 },
      frobenius: { value: Math.hypot(...eigenvalues), standardError: 0 },
      top: eigenvalues.toReversed().slice(0, topCount),
      bottom: eigenvalues.slice(0, extremeCount),
      overlap: record.gradientOverlap.map(({ k }) => ({ k, fraction: shareOfTop(projections, k) })),
      eigenvalues,
    };
  }
  const spectrum: MeasuredSpectrum = { dimension: record.parameterCount, probes: record.probes };
  return {
    trace: trace(spectrum),
    frobenius: frobeniusNorm(spectrum),
    top: topOf(record, spectrum, 2 * classesOf(problem)),
    bottom: topRitzValues(negated(record), extremeCount).map(({ value }) => -value),
    overlap: record.gradientOverlap.map(({ k, fraction }) => ({ k, fraction })),
  };
}

/** Returns the eigenvalues that have vectors or, where memory did not suffice for them, the Ritz values of the probes. */
function topOf({ top }: Measured['record'], spectrum: MeasuredSpectrum, wanted: number): number[] {
  const ofProbes = topRitzValues(spectrum, Math.min(wanted, extremeCount)).map(({ value }) => value);
  return top.values.length < ofProbes.length ? ofProbes : [...top.values];
}

/** Returns the spectrum of −H, whose top is the bottom of that of H. */
function negated({ parameterCount: dimension, probes }: Measured['record']): MeasuredSpectrum {
  return { dimension, probes: probes.map(({ alpha, beta }) => ({ alpha: alpha.map((value) => -value), beta })) };
}

function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** Returns the share of ‖g‖² in the last `k` inner products ⟨u_i, g⟩, which belong to ascending eigenvalues. */
function shareOfTop(projections: Float64Array, k: number): number {
  const squares = projections.map((value) => value ** 2);
  return sumOf(squares.subarray(Math.max(0, squares.length - k))) / sumOf(squares);
}

function settingsOf(
  { trained, loss, lossName, examples, batchNorm }: LoadedProblem,
  options: SpectrumOptions,
  { record, batch, exact }: Measured,
): SpectrumReport['settings'] {
  return {
    model: options.model,
    data: options.data ?? null,
    inputs: options.input ?? [],
    output: trained.output ?? null,
    labels: options.labels ?? null,
    examples,
    dataFingerprint: record.dataFingerprint,
    loss: lossName,
    ...lossSettings(options, loss),
    finalActivationRemoved: trained.finalActivationRemoved,
    operator: record.operator,
    preconditioner: record.preconditioner,
    batchSize: record.batchSize,
    batchNorm,
    frozen: options.freeze,
    chosenParameters: options.parameters ?? null,
    lanczosSteps: record.lanczosSteps,
    probes: options.probes,
    seed: record.seed,
    probeLaw: record.probeLaw,
    reorthogonalisation: record.reorthogonalisation,
    engine: record.engine,
    precision: record.precision,
    batch,
    hvpCount: record.hvpCount + (exact?.hvpCount ?? 0),
    seconds: record.seconds,
  };
}

/** Returns the settings that change the loss. */
function lossSettings({ weightDecay }: SpectrumOptions, loss: Loss): SpectrumReport['settings'] {
  if (loss.kind === 'output') return { reduction: null, weightDecay: weightDecay ?? 0 };
  const ofClasses = isClassLoss(loss) && {
    classAxis: loss.classAxis ?? -1,
    ignoreIndex: loss.ignoreIndex ?? null,
    classWeights: loss.classWeights?.join() ?? null,
    labelSmoothing: loss.kind === 'softmaxCrossEntropy' ? (loss.labelSmoothing ?? 0) : 0,
  };
  const delta = loss.kind === 'huber' && { delta: loss.delta ?? 1 };
  return { reduction: loss.reduction ?? 'mean', weightDecay: weightDecay ?? 0, ...ofClasses, ...delta };
}
