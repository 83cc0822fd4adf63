/** @ritz/lanczos: the spectrum of any symmetric linear operator by the Lanczos process, or exactly; needs no engine. */
export { LanczosError, type LanczosErrorCode } from './error/LanczosError.ts';
export {
  bytesPerNumber,
  floatArray,
  isShared,
  sharedFloatArray,
  type FloatArray,
  type Precision,
} from './numbers/precision.ts';
export type { LinearOperator } from './operator/LinearOperator.ts';
export { checkOperator, type CheckOptions, type OperatorCheck } from './operator/checkOperator.ts';
export {
  lanczos,
  type JournalFile,
  type LanczosOptions,
  type LanczosProgress,
  type LanczosResult,
  type ProbeResult,
} from './lanczos.ts';
export type { FinishedProbes } from './finished.ts';
export type { Scratch } from './basis/placement.ts';
export { exactSpectrum, type ExactOptions, type ExactSpectrum } from './exact/exactSpectrum.ts';
export { passesOf, probeGroups, type ProbeGroupOptions } from './probes/probeGroups.ts';
export { probeVector, type ProbeLaw } from './probes/probeVector.ts';
export type { DeflationOptions } from './vectors/deflation.ts';
export { gradientOverlap, type GradientOverlap } from './vectors/gradientOverlap.ts';
export {
  directionOverlap,
  inverseParticipation,
  massIn,
  orthonormalBasis,
  shareInSpan,
  spaceOverlap,
} from './vectors/vectorNumbers.ts';
export type { RitzVectors } from './vectors/rayleighRitz.ts';
export type { Failure } from './threads/protocol.ts';
export { serve } from './threads/serve.ts';
export { WorkerLink } from './threads/WorkerLink.ts';
