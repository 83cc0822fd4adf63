/** One spectrum: full SLQ on a fixed set of examples, with the gradient and its overlap with the top eigenspace. */
import { type CurvatureOperator, type Engine, type MeasurableCurvature } from '@ritz/estimation';
import {
  checkOperator,
  type FinishedProbes,
  type GradientOverlap,
  gradientOverlap,
  type JournalFile,
  lanczos,
  type LanczosProgress,
  passesOf,
  type ProbeLaw,
  type ProbeResult,
  type Scratch,
} from '@ritz/lanczos';
import type { BatchNormMode, Preconditioner, SpectrumValues } from '@ritz/records';
import { measureTopSpace, type TopSpaceOptions } from './topSpace.ts';

export interface SpectrumSettings {
  /** m */
  readonly lanczosSteps: number;
  /** k */
  readonly probes: number;
  readonly seed: number;
  /** Distribution of the start vectors. Default: uniform on the sphere. */
  readonly law?: ProbeLaw;
  /** Also measure how the gradient's energy is spread over the eigenvalues: one more probe. Default false. */
  readonly gradientEnergy?: boolean;
  /** Bytes for the bases. Default: that of `lanczos`. */
  readonly memory?: number;
  /** Where a basis that does not fit in memory is stored. Default: an error instead. */
  readonly scratch?: Scratch;
  /** Stop before m once extremes and density have converged to this share of the largest |Ritz value|. Default: never. */
  readonly tolerance?: number;
}

type Measured = 'probes' | 'gradientOverlap' | 'gradientEnergy';
/** Known to whoever loaded the model. */
type OfModel = 'warnings' | 'parameterTensors' | 'constants';
type OfTopSpace = 'ritzVectors' | 'spaceOverlaps';

/** Everything stored of a spectrum except its run. */
export interface SpectrumRecord
  extends
    Omit<SpectrumValues, 'id' | 'runId' | Measured | OfModel | OfTopSpace>,
    Partial<Pick<SpectrumValues, OfModel | OfTopSpace>> {
  readonly probes: readonly ProbeResult[];
  /** The 2C largest eigenvalues, descending, and how well each is known: ‖H u − λ u‖. */
  readonly top: { readonly values: Float64Array; readonly residuals: Float64Array };
  /** Full-batch gradient: K = 1, C and 2C for C classes. Empty where the gradient is zero. */
  readonly gradientOverlap: readonly GradientOverlap[];
  /**
   * The tridiagonal started at g / ‖g‖: its Ritz values and squared first components are how the gradient's energy is spread
   * over the eigenvalues. Null if not requested, or if the gradient is zero.
   */
  readonly gradientEnergy: ProbeResult | null;
  /** Of the examples the Hessian is taken over. */
  readonly loss: number;
  readonly gradientNorm: number;
}

export interface MeasureOptions extends TopSpaceOptions {
  readonly hessian: MeasurableCurvature;
  readonly engine: Engine;
  /** The operator that `hessian` holds. Default `hessian`. */
  readonly operator?: CurvatureOperator;
  /** Its parameters. Default `all`. */
  readonly block?: string;
  /** What is in `hessian` already. Default `none`. */
  readonly preconditioner?: Preconditioner;
  /** Examples of a mini-batch, where the matrix depends on them. */
  readonly batchSize?: number | null;
  /** Those that `hessian` acts on. */
  readonly parameterTensors?: SpectrumValues['parameterTensors'];
  readonly step: number;
  readonly settings: SpectrumSettings;
  readonly batchNorm: BatchNormMode;
  readonly dataSize: number;
  readonly dataFingerprint: string;
  /** C */
  readonly classes: number;
  /** Save the state to this file while the probes run, and continue from it when it is there. */
  readonly journal?: JournalFile;
  /** Groups of these probes that `measureProbes` measured elsewhere, all of them; read from their journals. */
  readonly finished?: readonly FinishedProbes[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LanczosProgress) => void;
}

/**
 * Throws an EstimationError when the Hessian is not a fixed symmetric operator: NON_DETERMINISTIC, ASYMMETRIC, NON_FINITE.
 * Resolves to the products spent: those of one pass of a Lanczos step, twice, so that nothing is compiled for the check alone.
 */
export async function checkHessian(
  hessian: MeasurableCurvature,
  { precision }: Engine,
  { seed, probes }: SpectrumSettings,
): Promise<number> {
  const [pass = 1] = passesOf(probes, hessian.passSize.vectorsPerPass);
  const { hvpCount } = await checkOperator(hessian, { precision, seed, vectors: Math.max(2, pass) });
  return hvpCount;
}

/** Measures at the point the Hessian is set to. */
export async function measureSpectrum(options: MeasureOptions): Promise<SpectrumRecord> {
  const { hessian, engine, step, settings, classes, journal, finished, signal, onProgress } = options;
  const started = performance.now();
  const { lanczosSteps, probes, seed, law = 'sphere', tolerance } = settings;
  const { precision } = engine;
  const common = commonOptions(settings, precision, signal);
  const gradient = await hessian.gradient();
  const gradientNorm = Math.sqrt(gradient.reduce((sum, value) => sum + value * value, 0));
  const measured = await lanczos(hessian, {
    ...common,
    probes,
    law,
    ritzVectors: 2 * classes,
    ...(tolerance !== undefined && { tolerance }),
    ...(journal && { journal }),
    ...(finished && { finished }),
    ...(onProgress && { onProgress }),
  });
  const energy =
    settings.gradientEnergy && gradientNorm > 0
      ? await lanczos(hessian, { ...common, probes: 1, start: gradient })
      : undefined;
  const counts = overlapCounts(classes);
  const space = await measureTopSpace({ step, top: measured.top, gradient, matrix: hessian, counts }, options);
  return {
    ...space,
    step,
    operator: options.operator ?? 'hessian',
    block: options.block ?? 'all',
    preconditioner: options.preconditioner ?? 'none',
    parameterCount: hessian.dimension,
    lanczosSteps,
    probeLaw: law,
    seed,
    reorthogonalisation: 'full',
    engine: engine.name,
    precision,
    dataSize: options.dataSize,
    dataFingerprint: options.dataFingerprint,
    lossReduction: 'mean',
    weightDecayIncluded: false,
    batchNorm: options.batchNorm,
    batchSize: options.batchSize ?? null,
    ...(options.parameterTensors && { parameterTensors: options.parameterTensors }),
    hvpCount: measured.hvpCount + (energy?.hvpCount ?? 0),
    seconds: (performance.now() - started) / 1000,
    probes: measured.probes,
    top: { values: measured.top.values, residuals: measured.top.residuals },
    gradientOverlap: gradientNorm > 0 ? gradientOverlap(measured.top, gradient, counts) : [],
    gradientEnergy: energy?.probes[0] ?? null,
    loss: await hessian.loss(),
    gradientNorm,
  };
}

export interface ProbesOptions extends Pick<
  MeasureOptions,
  'hessian' | 'engine' | 'settings' | 'journal' | 'signal' | 'onProgress'
> {
  /** Which of the probes of the settings, by the index of the first and their number. */
  readonly firstProbe: number;
  readonly probes: number;
}

/** Measures some of the probes of a spectrum, for `measureSpectrum` to assemble from their journals. */
export async function measureProbes(options: ProbesOptions): Promise<readonly ProbeResult[]> {
  const { hessian, engine, settings, firstProbe, probes, journal, signal, onProgress } = options;
  const { law = 'sphere' } = settings;
  const measured = await lanczos(hessian, {
    ...commonOptions(settings, engine.precision, signal),
    ...{ firstProbe, probes, law },
    ...(journal && { journal }),
    ...(onProgress && { onProgress }),
  });
  return measured.probes;
}

function commonOptions(
  { lanczosSteps, seed, memory, scratch }: SpectrumSettings,
  precision: Engine['precision'],
  signal: AbortSignal | undefined,
) {
  return {
    steps: lanczosSteps,
    seed,
    precision,
    ...(memory !== undefined && { memory }),
    ...(scratch && { scratch }),
    ...(signal && { signal }),
  };
}

/** K = 1, C, 2C, each once. */
function overlapCounts(classes: number): number[] {
  return [...new Set([1, classes, 2 * classes])];
}
