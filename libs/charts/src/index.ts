/** Charts of training curves and spectra: pure preparation (tested), and React components that draw what was prepared. */
export { atOwnCadence, type Points } from './prepare/atOwnCadence.ts';
export { linearScale, logScale, stepScale, symlogScale, type AxisScale, type Domain } from './prepare/axisScale.ts';
export type { ChartSeries } from './prepare/ChartSeries.ts';
export { densityFigure, type DensityCurve, type DensityFigure, type LambdaAxis } from './prepare/densityFigure.ts';
export { densityFloor } from './prepare/densityFloor.ts';
export { valueDomain, type DomainOptions } from './prepare/domain.ts';
export { distanceMatrix, type DistanceMatrix } from './prepare/distances.ts';
export { evolution, evolutionTable, type Evolution, type SpectrumOfStep } from './prepare/evolution.ts';
export {
  claimDrawing,
  describeMeasurement,
  findings,
  type ClaimDrawing,
  type ClaimRun,
  type ClaimSpectrum,
  type Finding,
} from './prepare/findings.ts';
export { formatNumber, formatPower, formatShare } from './prepare/formatNumber.ts';
export { describeSchedule, type ScheduleShape } from './prepare/schedule.ts';
export { assignStyles, seriesStyle, STYLE_COUNT, type SeriesStyle } from './prepare/seriesStyle.ts';
export { spectrumFacts, type SpectrumFacts } from './prepare/spectrumFacts.ts';
export type { MeasuredSpectrum, Smoothing } from '@ritz/spectra';
export {
  densityCurve,
  measuredSpectrum,
  type CurveName,
  type StoredProbe,
  type StoredSpectrum,
} from './prepare/storedSpectrum.ts';
export { ridgeline, type Ridgeline } from './prepare/ridgeline.ts';
export { figureTable, toCsv, type FigureTable } from './prepare/table.ts';
export { linearScaleFor, logScaleFor, shareScale, symlogScaleFor } from './prepare/scaleFor.ts';
export { DensityChart, type DensityChartProps } from './visualise/DensityChart.tsx';
export { HeatMap, type HeatMapProps } from './visualise/HeatMap.tsx';
export { RidgelineChart, type RidgelineChartProps } from './visualise/RidgelineChart.tsx';
export { Legend, type LegendProps } from './visualise/Legend.tsx';
export { SeriesMark, type SeriesMarkProps } from './visualise/SeriesMark.tsx';
export { Sparkline, type SparklineProps } from './visualise/Sparkline.tsx';
export { StepChart, type StepAxis, type StepChartProps } from './visualise/StepChart.tsx';
export { XYChart, type XYChartProps } from './visualise/XYChart.tsx';
