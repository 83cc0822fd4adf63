/** @ritz/reproduction: the runs that put the paper's claims to the test, and the report on what they measured. */
export { reportPage } from './page/ReportPage.tsx';
export type { Scale } from './designs.ts';
export { planRuns, type PlannedRun } from './plan.ts';
export { rulesTag } from './rules.ts';
export { measurementText, reported, type Report, type ReportedClaim, type ReportedRun } from './report.ts';
export { runPlan, type PlanProgress, type ReproducedRun, type RunPlanOptions, type TrainedRun } from './runPlan.ts';
export { settingsText } from './settingsText.ts';
export { estimatePlan, type EstimateOptions, type FamilyEstimate, type PlanEstimate } from './timeEstimate.ts';
