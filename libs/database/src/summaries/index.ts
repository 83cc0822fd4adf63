/** Statistics of spectra, stored once computed. */
export { bySpectra, missing } from './find.ts';
export { store } from './write.ts';
