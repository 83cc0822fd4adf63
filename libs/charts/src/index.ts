/** Charts of training curves and spectra: pure preparation (tested), and React components that draw what was prepared. */
export {
  convergence,
  type Convergence,
  type KernelName,
  type MeasuredSpectrum,
  type QuadratureMethod,
  type Smoothing,
} from '@ritz/spectra';
export { atOwnCadence, type Points } from './prepare/atOwnCadence.ts';
export type { AxisScale, Domain } from './prepare/axisScale.ts';
export { bounded, confidence95 } from './prepare/bounded.ts';
export type { ChartSeries, SeriesWeight } from './prepare/ChartSeries.ts';
export {
  comparabilityWarnings,
  type ComparabilityWarning,
  type ConditionsOfRun,
  type MeasurementConditions,
} from './prepare/comparabilityWarnings.ts';
export {
  coarseSpacing,
  comparedPoints,
  comparedCurves,
  densityPoints,
  densityCurve,
  meanCurve,
  type CurveName,
  type DensitySettings,
  type NamedSpectrum,
} from './prepare/densityCurves.ts';
export {
  densityFigure,
  densitySeries,
  type DensityCurve,
  type DensityFigure,
  type DensityView,
} from './prepare/densityFigure.ts';
export { createCursor, type Cursor } from './prepare/cursor.ts';
export { describeDrop, jumpAt, rateDrops, type Jump, type RateDrop } from './prepare/rateDrops.ts';
export { matrixMap, matrixTable, type MatrixCell, type MatrixRows } from './prepare/matrixMap.ts';
export { namedPhases, type NamedPhase } from './prepare/phases.ts';
export type { DensityAxis } from './prepare/densityScale.ts';
export {
  distanceMatrix,
  distanceMatrices,
  type DistanceMatrices,
  type DistanceMatrix,
  type DistanceName,
} from './prepare/distances.ts';
export { drawable, type Drawable } from './prepare/drawable.ts';
export { evolution, evolutionTable, weightedNodes, type Evolution, type SpectrumOfStep } from './prepare/evolution.ts';
export { spreadSteps } from './prepare/spreadSteps.ts';
export {
  claimIds,
  claimLevels,
  claimDrawing,
  describeMeasurement,
  describeMore,
  describeUnits,
  familyOf,
  findings,
  findingSentence,
  resolvedTop,
  rootMeanSquare,
  type ClaimDrawing,
  type ClaimRun,
  type ClaimSpectrum,
  type Finding,
} from './prepare/findings.ts';
export { counted, formatCompact, formatNumber, formatShare } from './prepare/formatNumber.ts';
export { energySeries, type EnergyMeasure, type NamedEnergy } from './prepare/gradientEnergy.ts';
export { groupBy, medianSeries, type Group, type SummaryAt } from './prepare/groups.ts';
export type { LambdaAxis } from './prepare/lambdaScale.ts';
export {
  describePoint,
  alignmentPointAt,
  alignmentPointsOf,
  spectraAt,
  trackOf,
  type AlignedRun,
  type Alignment,
  type PlacedSpectrum,
  type Track,
} from './prepare/alignmentPoints.ts';
export { mainBlock, outlierTicks, type OutlierTick } from './prepare/outlierTicks.ts';
export { outlierTrajectories, type LeadingValues, type OutliersOfStep } from './prepare/outlierTrajectories.ts';
export { ridgeline, type Ridgeline } from './prepare/ridgeline.ts';
export { statisticColumns, type StatisticColumn } from './prepare/statisticColumns.ts';
export { statisticCurve, type StatisticCurve, type StatisticName } from './prepare/statisticCurve.ts';
export { linearScaleFor, logScaleFor, shareScale } from './prepare/scaleFor.ts';
export { describeSchedule, type ScheduleShape } from './prepare/schedule.ts';
export { assignStyles, summaryStyle, type SeriesStyle } from './prepare/seriesStyle.ts';
export { spectrumFacts, type SpectrumFacts } from './prepare/spectrumFacts.ts';
export { stepAxisScale, type StepAxis } from './prepare/stepAxis.ts';
export { measuredSpectrum, type StoredProbe, type StoredSpectrum } from './prepare/storedSpectrum.ts';
export { figureTable, toCsv, type FigureTable, type TableCell } from './prepare/table.ts';
export { DensityChart, type DensityChartProps } from './visualise/DensityChart.tsx';
export { DensityGlyph, type DensityGlyphProps } from './visualise/DensityGlyph.tsx';
export { DistanceChart, type DistanceChartProps } from './visualise/DistanceChart.tsx';
export { mostLabels } from './visualise/DirectLabels.tsx';
export { HeatMap, type HeatMapProps, type HeatLine } from './visualise/HeatMap.tsx';
export { Legend, type LegendProps } from './visualise/Legend.tsx';
export { MatrixHeatMap, type MatrixHeatMapProps } from './visualise/MatrixHeatMap.tsx';
export { ReplicateStrips } from './visualise/ReplicateStrips.tsx';
export { RidgelineChart, type RidgelineChartProps } from './visualise/RidgelineChart.tsx';
export { SeriesMark, type SeriesMarkProps } from './visualise/SeriesMark.tsx';
export { Sparkline, type SparklineProps } from './visualise/Sparkline.tsx';
export { StaticFigure, type StaticFigureProps, type StaticSeries } from './visualise/StaticFigure.tsx';
export { StepChart, type StepChartProps } from './visualise/StepChart.tsx';
export { XYChart, type XYChartProps } from './visualise/XYChart.tsx';
