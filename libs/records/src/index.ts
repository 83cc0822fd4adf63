/** @ritz/records: what a run, a step and a spectrum are, and the file that holds them. */
export * from './words/words.ts';
export { constantOf, wordOf, type ConstantCase } from './words/constantCase.ts';
export { RecordError, type RecordErrorCode } from './RecordError.ts';
export { describeRange, describeValue, pathText, type Range } from './fields/describe.ts';
export { parse } from './fields/parse.ts';
export * as fields from './fields/fields.ts';
export { isUuid } from './fields/fields.ts';

export type { Json, RunConfig } from './run/config.ts';
export { scheduleSchema, type NewSchedule, type Schedule } from './run/schedule.ts';
export { runEditSchema, runSchema, tagsSchema, type NewRun, type RunEdit, type RunValues } from './run/run.ts';
export { stepMeasures, stepSchema, type NewStep, type StepMeasure, type StepValues } from './run/step.ts';
export type { NewProbe, ProbeValues, QuadratureProbe, TridiagonalProbe } from './spectrum/probe.ts';
export type { NewOverlap, OverlapValues } from './spectrum/overlap.ts';
export type { GradientEnergyValues, NewGradientEnergy } from './spectrum/energy.ts';
export { spectrumSchema, type NewSpectrum, type SpectrumValues } from './spectrum/spectrum.ts';

export { lineSchema, type Line, type LineKind, type LineOf, type RecordLine, type RecordLineOf } from './line/line.ts';
export { nonFiniteIn } from './line/nonFinite.ts';
export { checkLine, readLine } from './line/readLine.ts';
