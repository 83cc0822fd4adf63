/** @ritz/testing: what the tests of several packages need. Products never import it. */
export { lcg, type Lcg } from './numbers/lcg.ts';
export { relativeError } from './numbers/relativeError.ts';
export { diagonalOperator } from './spectra/diagonalOperator.ts';
export {
  bulkAndOutliers,
  gaussians,
  referenceLanczos,
  referenceProbes,
  type ReferenceOptions,
} from './spectra/referenceLanczos.ts';
