/** @ritz/testing: what the tests of several packages need. Products never import it. */
export { lcg, type Lcg } from './numbers/lcg.ts';
export { relativeError } from './numbers/relativeError.ts';
export { freePort } from './processes/freePort.ts';
export { startS3Server, type S3Server } from './processes/s3Server.ts';
export { startApiProcess, type ApiProcess } from './processes/startApiProcess.ts';
export { startProcess, type Ended, type ProcessOptions, type RunningProcess } from './processes/startProcess.ts';
export { diagonalOperator } from './spectra/diagonalOperator.ts';
export {
  bulkAndOutliers,
  gaussians,
  referenceLanczos,
  referenceProbes,
  type ReferenceOptions,
  type ReferenceTridiagonal,
} from './spectra/referenceLanczos.ts';
export { strictSchema } from './graphql/strictSchema.ts';
