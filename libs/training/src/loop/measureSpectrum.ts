/** One spectrum of a training run: full SLQ on a fixed subset, with the gradient and its overlap with the top eigenspace. */
import { createHash } from 'node:crypto';
import {
  gradientOverlap,
  lanczos,
  type Engine,
  type GradientOverlap,
  type Hessian,
  type LanczosProgress,
  type ProbeResult,
} from '@ritz/estimation';
import type { DataSet } from '../data/DataSet.ts';

export interface SpectrumSettings {
  /** m */
  readonly lanczosSteps: number;
  /** k */
  readonly probes: number;
  readonly seed: number;
}

export interface SpectrumRecord {
  readonly step: number;
  readonly operator: 'hessian';
  readonly parameterCount: number;
  readonly lanczosSteps: number;
  readonly probeLaw: 'sphere';
  readonly seed: number;
  readonly precision: Engine['precision'];
  readonly dataSize: number;
  /** SHA-256 of the examples the Hessian is taken over. */
  readonly dataFingerprint: string;
  readonly hvpCount: number;
  readonly seconds: number;
  readonly engine: Engine['name'];
  readonly probes: readonly ProbeResult[];
  /** Full-batch gradient: K = 1, C and 2C for C classes. */
  readonly gradientOverlap: readonly GradientOverlap[];
  readonly loss: number;
  readonly gradientNorm: number;
}

export interface MeasureOptions {
  readonly hessian: Hessian;
  readonly engine: Engine;
  readonly step: number;
  readonly settings: SpectrumSettings;
  readonly subset: Pick<DataSet, 'inputs' | 'labels'>;
  readonly classes: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LanczosProgress) => void;
}

/** Identifies a subset of examples by its content. */
export function fingerprint({ inputs, labels }: Pick<DataSet, 'inputs' | 'labels'>): string {
  const bytes = (view: ArrayBufferView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  return createHash('sha256').update(bytes(inputs)).update(bytes(labels)).digest('hex');
}

/** Measures at the point the Hessian is set to. */
export async function measureSpectrum(options: MeasureOptions): Promise<SpectrumRecord> {
  const { hessian, engine, step, settings, subset, classes, signal, onProgress } = options;
  const gradient = await hessian.gradient();
  const loss = await hessian.loss();
  const gradientNorm = Math.sqrt(gradient.reduce((sum, value) => sum + value * value, 0));
  const measured = await lanczos(hessian, {
    steps: settings.lanczosSteps,
    probes: settings.probes,
    seed: settings.seed,
    precision: engine.precision,
    ritzVectors: 2 * classes,
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
  return {
    step,
    operator: 'hessian',
    parameterCount: hessian.dimension,
    lanczosSteps: settings.lanczosSteps,
    probeLaw: 'sphere',
    seed: settings.seed,
    precision: engine.precision,
    dataSize: subset.labels.length,
    dataFingerprint: fingerprint(subset),
    hvpCount: measured.hvpCount,
    seconds: measured.seconds,
    engine: engine.name,
    probes: measured.probes,
    gradientOverlap: gradientNorm > 0 ? gradientOverlap(measured.top, gradient, [1, classes, 2 * classes]) : [],
    loss,
    gradientNorm,
  };
}
