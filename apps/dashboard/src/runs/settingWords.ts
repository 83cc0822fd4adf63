/** Closed choices that runs are filtered by, as the API spells them. */
export const statuses = ['RUNNING', 'FINISHED', 'FAILED', 'INTERRUPTED'] as const;
export const batchNorms = ['NONE', 'MINIBATCH', 'POPULATION', 'RUNNING'] as const;
