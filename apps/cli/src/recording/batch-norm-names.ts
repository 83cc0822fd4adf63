/** What the API and the interchange format call the ways of batch norm. */
export const batchNormNames = {
  none: 'NONE',
  minibatch: 'MINIBATCH',
  population: 'POPULATION',
  running: 'RUNNING',
} as const;
