/** A measured spectrum as callers see it, and how one is recorded. */
import type { CurvatureOperator, LossReduction, Precision, ProbeLaw, Reorthogonalisation } from '../schema/spectrum.ts';
import type { BatchNormMode } from '../schema/run.ts';
import type { NewGradientEnergy } from '../energies/GradientEnergy.ts';
import type { NewOverlap } from '../overlaps/Overlap.ts';
import type { NewProbe } from '../probes/Probe.ts';

export interface Spectrum {
  readonly id: string;
  readonly runId: string;
  readonly stepNumber: number;
  readonly operator: CurvatureOperator;
  /** `all`, or the name of a group of parameters. */
  readonly block: string;
  /** n, the dimension of the operator. */
  readonly parameterCount: number;
  /** m, the Lanczos steps asked for; a probe that met an invariant subspace has fewer. */
  readonly lanczosSteps: number;
  readonly probeCount: number;
  readonly probeLaw: ProbeLaw;
  readonly seed: number;
  readonly reorthogonalisation: Reorthogonalisation;
  readonly precision: Precision;
  /** Examples the loss was taken over. */
  readonly dataSize: number;
  readonly dataFingerprint: string;
  readonly lossReduction: LossReduction;
  readonly weightDecayIncluded: boolean;
  readonly batchNorm: BatchNormMode;
  /** Hessian-vector products it cost. */
  readonly hvpCount: number;
  readonly seconds: number;
  readonly engine: string;
  readonly createdAt: Date;
  /** Names what is stored: a spectrum removed and recorded again under its id has another one. */
  readonly revision: string;
}

export interface NewSpectrum {
  /** A UUID made by the client: sending the same spectrum again changes nothing. */
  readonly id: string;
  readonly runId: string;
  /** Step number; its row is created when it has not been logged. */
  readonly step: number;
  /** Default HESSIAN. */
  readonly operator?: CurvatureOperator | null | undefined;
  /** Default `all`. */
  readonly block?: string | null | undefined;
  readonly parameterCount: number;
  readonly lanczosSteps: number;
  /** Default SPHERE. */
  readonly probeLaw?: ProbeLaw | null | undefined;
  readonly seed: number;
  /** Default FULL. */
  readonly reorthogonalisation?: Reorthogonalisation | null | undefined;
  readonly precision: Precision;
  readonly dataSize: number;
  readonly dataFingerprint: string;
  /** Default MEAN. */
  readonly lossReduction?: LossReduction | null | undefined;
  /** Default false. */
  readonly weightDecayIncluded?: boolean | null | undefined;
  /** Default NONE. */
  readonly batchNorm?: BatchNormMode | null | undefined;
  readonly hvpCount: number;
  readonly seconds: number;
  readonly engine: string;
  /** At least one. */
  readonly probes: readonly NewProbe[];
  readonly gradientOverlap?: readonly NewOverlap[] | null | undefined;
  /** At most one per kind of gradient. */
  readonly gradientEnergy?: readonly NewGradientEnergy[] | null | undefined;
}
