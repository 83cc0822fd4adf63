/** Every table, in the order of their foreign keys. */
export { project } from './project.ts';
export { experiment } from './experiment.ts';
export { batchNormMode, normalisation, run, runStatus } from './run.ts';
export { step } from './step.ts';
export {
  curvatureOperator,
  lossReduction,
  precision,
  preconditioner,
  probeLaw,
  reorthogonalisation,
  spectrum,
} from './spectrum.ts';
export { spectrumDeletion } from './spectrumDeletion.ts';
export { spectrumSummary } from './spectrumSummary.ts';
export { probe } from './probe.ts';
export { gradientKind, overlap } from './overlap.ts';
export { gradientEnergy } from './gradientEnergy.ts';
export { report } from './report.ts';
export { topSpace } from './topSpace.ts';
export { token, tokenScope } from './token.ts';
export { savedView } from './savedView.ts';
export { worker } from './worker.ts';
export { jobStatus, spectrumJob, spectrumPart } from './spectrumJob.ts';
