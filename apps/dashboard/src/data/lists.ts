/** Sizes of the lists that pages request, shared by server and browser so that both build the same query. */

/** Runs a page of the table. */
export const runsPage = 100;

/** Points of a training curve: about one per two pixels of its chart. */
export const historyPoints = 400;

/** Points of a training curve in a file: what the API gives at most. */
export const mostHistoryPoints = 10_000;

/** Maximum number of compared runs. */
export const compareAtMost = 50;

/** Points of a training curve when several share a chart. */
export const comparePoints = 200;

/** Default number of newest runs that findings are decided from. */
export const findingsFrom = 40;

/** Points of the loss curves used for findings. */
export const findingPoints = 400;

/** Page size of the findings query: the API's cost limit allows no more. */
export const findingRuns = 20;
