/** @ritz/records: what a run, a step and a spectrum are, and the file that holds them. */
export * from './words/words.ts';
export * from './words/namedWords.ts';
export { constantOf, wordOf, type ConstantCase } from './words/constantCase.ts';
export { matrixName, type MeasuredMatrix } from './words/matrixName.ts';
export { RecordError, type RecordErrorCode } from './RecordError.ts';
export { describeRange, describeValue, pathText, type Range } from './fields/describe.ts';
export { parse } from './fields/parse.ts';
export * as fields from './fields/fields.ts';
export { isUuid } from './fields/fields.ts';

export type { Json, RunConfig } from './run/config.ts';
export { scheduleSchema, type NewSchedule, type Schedule } from './run/schedule.ts';
export { runEditSchema, runSchema, tagsSchema, type NewRun, type RunEdit, type RunValues } from './run/run.ts';
export { stepMeasures, stepSchema, type NewStep, type StepMeasure, type StepValues } from './run/step.ts';
export { updateRuleOf, type RecordedRule } from './run/updateRule.ts';
export type { NewProbe, ProbeValues, QuadratureProbe, TridiagonalProbe } from './spectrum/probe.ts';
export type { NewOverlap, OverlapValues } from './spectrum/overlap.ts';
export type { GradientEnergyValues, NewGradientEnergy } from './spectrum/energy.ts';
export type { ConstantTensor, ParameterTensor } from './spectrum/tensors.ts';
export type { NewRitzVector, RitzVectorValues, SpaceOverlapValues } from './spectrum/topSpace.ts';
export { spectrumSchema, type NewSpectrum, type SpectrumValues } from './spectrum/spectrum.ts';

export {
  lineFields,
  lineSchema,
  runSettings,
  type Line,
  type LineKind,
  type LineOf,
  type RecordLine,
  type RecordLineOf,
} from './line/line.ts';
export { nonFiniteIn } from './line/nonFinite.ts';
export { checkLine, readLine } from './line/readLine.ts';
export { requestSchema, type NewSpectrumRequest, type SpectrumRequest } from './request/request.ts';

export { blockTracesCsv, type BlockTraces } from './table/blockTraces.ts';
export { csvRows } from './table/csv.ts';

export { readRecords } from './file/readRecords.ts';
export { RunFile } from './file/RunFile.ts';
export { stableUuid } from './stableUuid.ts';
export { asRunConfig, runConfigSchema } from './run/config.ts';
export type { Refused } from './send/IngestAnswer.ts';
export { LiveSender, type SenderReport } from './send/LiveSender.ts';
export { pushFile, type Pushed, type PushOptions } from './send/pushFile.ts';
export { sendRecords } from './send/sendRecords.ts';
export type { Target } from './send/sendLines.ts';
export { importedRecords, type ImportSettings } from './import/importedRecords.ts';
export { readMeasuredFile, type MeasuredFile } from './import/measuredFile.ts';
