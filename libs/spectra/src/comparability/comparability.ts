/** Whether two measured spectra are of the same quantity, so that a difference between them means something. */

/** How a spectrum was measured, as stored with it. */
export interface MeasurementConditions {
  /** For example `hessian` or `ggn`. */
  readonly operator: string;
  /** The preconditioner, or `none`. */
  readonly preconditioner: string;
  /** The group of parameters, `all` for all of them. */
  readonly block: string;
  /** `mean` or `sum` over the examples. */
  readonly lossReduction: string;
  readonly weightDecayIncluded: boolean;
  /** Statistics that batch normalisation used: `none`, `minibatch`, … */
  readonly batchNorm: string;
  /** Examples of a mini-batch, where the matrix depends on them; null if not recorded. */
  readonly batchSize: number | null;
  /** Examples the loss was taken over. */
  readonly dataSize: number;
  /** Digest of those examples. */
  readonly dataFingerprint: string;
  /** n */
  readonly parameterCount: number;
}

export interface Difference {
  readonly field: keyof MeasurementConditions;
  readonly first: string | number | boolean | null;
  readonly second: string | number | boolean | null;
  /** `incomparable`: the eigenvalues are of different matrices; `caution`: comparable, but the difference plays a part. */
  readonly severity: 'incomparable' | 'caution';
  /** The effect of the difference on the eigenvalues, and the remedy. */
  readonly consequence: string;
}

export interface Comparability {
  /** False when any difference is `incomparable`. */
  readonly comparable: boolean;
  readonly differences: readonly Difference[];
}

type Rule = Pick<Difference, 'field' | 'severity' | 'consequence'>;

const rules: readonly Rule[] = [
  {
    field: 'operator',
    severity: 'incomparable',
    consequence: 'They are different matrices: measure the same operator for both.',
  },
  {
    field: 'preconditioner',
    severity: 'incomparable',
    consequence:
      'They are preconditioned by different matrices: measure both with the same preconditioner, or without.',
  },
  {
    field: 'block',
    severity: 'incomparable',
    consequence: 'They are of different groups of parameters: measure the same block for both.',
  },
  {
    field: 'lossReduction',
    severity: 'incomparable',
    consequence: 'The sum over N examples has N times the eigenvalues of the mean: measure with the same reduction.',
  },
  {
    field: 'weightDecayIncluded',
    severity: 'incomparable',
    consequence: 'Weight decay adds its coefficient to every eigenvalue: measure both with it or both without.',
  },
  {
    field: 'batchNorm',
    severity: 'caution',
    consequence:
      'Batch normalisation with other statistics is another loss: a difference may be that of the statistics.',
  },
  {
    field: 'batchSize',
    severity: 'caution',
    consequence:
      'They are over mini-batches of another size: the covariance of gradients shrinks as they grow, and batch norm has other statistics.',
  },
  {
    field: 'parameterCount',
    severity: 'caution',
    consequence:
      'Densities are shares of n eigenvalues, and trace and norms grow with n: compare eigenvalues, not shares.',
  },
  {
    field: 'dataSize',
    severity: 'caution',
    consequence: 'The loss is over another number of examples, and fewer make the extreme eigenvalues larger.',
  },
  {
    field: 'dataFingerprint',
    severity: 'caution',
    consequence: 'The loss is over other examples: a small difference may be that of the samples.',
  },
];

/** All differences in how two spectra were measured, the most severe first. */
export function comparability(first: MeasurementConditions, second: MeasurementConditions): Comparability {
  const differences = rules
    .filter(({ field }) => first[field] !== second[field])
    .map((rule) => ({ ...rule, first: first[rule.field], second: second[rule.field] }));
  return { comparable: differences.every(({ severity }) => severity !== 'incomparable'), differences };
}
