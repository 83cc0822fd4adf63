/** Which lists the pages ask for; shared by server and browser so that the browser finds what the server had. */

/** Runs a page of the table. */
export const RUNS_PAGE = 100;

/** Points of a training curve: about one for every two pixels of its chart. */
export const HISTORY_POINTS = 400;

/** Most runs side by side. */
export const COMPARE_AT_MOST = 20;

/** Points of a training curve where several share a chart. */
export const COMPARE_POINTS = 200;

/** The newest runs that findings are decided from unless others are chosen. */
export const FINDINGS_FROM = 40;

/** Points of the losses that findings are decided from. */
export const FINDING_POINTS = 400;

/** Runs a page of the query that gives all that findings are decided from: what the API allows to ask for at once. */
export const FINDING_RUNS = 20;
