/** What a run page shows the spectra of, in its address. */
import { createLoader, parseAsString } from 'nuqs/server';

export const curvatureParsers = { operator: parseAsString, block: parseAsString, preconditioner: parseAsString };

/** Reads them on the server. */
export const loadCurvature = createLoader(curvatureParsers);
