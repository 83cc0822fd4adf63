/** @ritz/spectra: the mathematics of a measured spectrum. Pure functions, no engine, no I/O. */
export type {
  DeflatedEigenvalues,
  DiscreteMeasure,
  Estimate,
  MeasuredSpectrum,
  ProbeMeasurement,
  Tridiagonal,
} from './measure/MeasuredSpectrum.ts';
export { isTridiagonal } from './measure/MeasuredSpectrum.ts';
export {
  curvesNeeded,
  falls,
  lastCommonPosition,
  nearestPosition,
  positionOf,
  type AlignedRun,
  type Alignment,
} from './alignment/alignment.ts';
export { checkSpectrum } from './measure/check.ts';
export { unknownChoice } from './measure/unknownChoice.ts';
export { limitations, type Limitation } from './measure/limitations.ts';
export { SpectrumError, type SpectrumErrorCode } from './measure/SpectrumError.ts';
export { tridiagonalEigen, type TridiagonalEigen } from './ritz/tridiagonalEigen.ts';
export { quadrature, ritzDecomposition, type Quadrature, type RitzDecomposition } from './ritz/ritzDecomposition.ts';
export { resolveEigenvalues, type ResolvedEigenvalue, type ResolvedSpectrum } from './ritz/resolvedEigenvalues.ts';
export { probeMeasures, type Atoms, type QuadratureMethod } from './ritz/spectralMeasure.ts';
export { pool, pooledMeasure } from './ritz/pooledMeasure.ts';
export { convergence, type Convergence } from './density/convergence.ts';
export { density, type Density, type DensityOptions, type GridOptions } from './density/density.ts';
export type { DensityScale, DensityScaleName } from './density/densityScale.ts';
export { kernels, probability, type Kernel, type KernelName } from './density/kernels.ts';
export { kernelWidth, type Smoothing } from './density/smoothing.ts';
export {
  comparability,
  type Comparability,
  type Difference,
  type MeasurementConditions,
} from './comparability/comparability.ts';
export { compareSpectra, type SpectraComparison } from './distance/compareSpectra.ts';
export { outlierError, type OutlierErrorOptions } from './distance/outlierError.ts';
export { spectralDistances, type DistanceOptions, type SpectralDistances } from './distance/spectralDistances.ts';
export { wasserstein1 } from './distance/wasserstein.ts';
export { gradientEnergy, type GradientEnergy } from './dynamics/gradientEnergy.ts';
export {
  fallenShare,
  leastFall,
  trainingPhases,
  type MeasuredTraining,
  type Phase,
  type PhaseKind,
} from './dynamics/phases.ts';
export {
  predictLoss,
  predictLossDecrease,
  type DescentOptions,
  type GradientNoise,
  type PredictedLoss,
  type PredictionOptions,
} from './dynamics/predictLoss.ts';
export { expectedLoss, lossDecrease, type Direction } from './dynamics/quadraticModel.ts';
export { catapults, type Catapult } from './stability/catapults.ts';
export {
  defaultEdgeTolerance,
  edgeRatio,
  edgeStatisticNames,
  edgeStatistics,
  estimateEdge,
  type EdgePoint,
  type EdgeStatisticName,
} from './stability/edge.ts';
export { stabilityLimit, type LimitedMatrix, type NoLimit, type StabilityLimit } from './stability/stabilityLimit.ts';
export type { UpdateRule } from './stability/UpdateRule.ts';
export { effectiveRank } from './statistics/effectiveRank.ts';
export { leastSquares, type Line } from './statistics/leastSquares.ts';
export { frobeniusNorm, massNearZero, moment, negativeMass, spectralMean, trace } from './statistics/moments.ts';
export { outliers, topRitzValues, type Outliers, type TopRitzValue } from './statistics/outliers.ts';
export { quantiles, type Quantile } from './statistics/quantiles.ts';
export { summarise, summaryKey, summaryKeys, summaryVersion, type SpectrumSummary } from './statistics/summary.ts';
export { plainStatisticNames, statisticNames, statistics, type StatisticName } from './statistics/catalogue.ts';
export type { Statistic, StatisticOption, StatisticSettings, StatisticUnit } from './statistics/Statistic.ts';
export { claims, evaluateClaims } from './claims/claims.ts';
export { measurement } from './claims/measurement.ts';
export { familyOf, type RunSetting } from './claims/familyOf.ts';
export { claimLevels, claimSpectrum, resolvedTop, rootMeanSquare, type MeasuredStep } from './claims/claimSpectrum.ts';
export type {
  Claim,
  ClaimFigure,
  ClaimId,
  ClaimResult,
  ClaimRun,
  ClaimSpectrum,
  Excluded,
  GradientShare,
  Measurement,
  Verdict,
} from './claims/Claim.ts';
export type { Replicate, Units } from './inference/Replicate.ts';
export type { Centre } from './inference/hodgesLehmann.ts';
