/** The loss of a measurement: as the options say, else as the file says, else cross-entropy. */
import type { NetworkMetadata } from '@ritz/estimation';
import { CliError } from '../terminal/cliError.ts';
import { lossNamed, type LossName, type LossOptions } from './lossOptions.ts';

export interface KnownLoss extends LossOptions {
  readonly loss: LossName;
}

/** What the options leave out is as the file says, where both mean one loss. Throws a CliError for metadata of another loss. */
export function knownLoss(options: LossOptions, metadata: NetworkMetadata | null): KnownLoss {
  const said = metadata?.loss ? saidLoss(metadata.loss) : null;
  const loss = options.loss ?? said?.loss ?? 'cross-entropy';
  return { ...(said?.loss === loss && said), ...withoutUndefined(options), loss };
}

/** Whether this is the loss that the file's own numbers are of. */
export function isSaidLoss(known: KnownLoss, { loss }: NetworkMetadata): boolean {
  if (!loss || (known.weightDecay ?? 0) !== 0 || known.outputs !== undefined) return false;
  const said = saidLoss(loss);
  const keys = ['loss', 'reduction', 'labelSmoothing', 'ignoreIndex', 'classWeights', 'classAxis', 'delta'] as const;
  return keys.every((key) => (known[key] ?? defaults[key]) === (said[key] ?? defaults[key]));
}

const defaults: Readonly<Partial<Record<keyof LossOptions, unknown>>> = {
  reduction: 'mean',
  labelSmoothing: 0,
  ignoreIndex: -100,
  delta: 1,
};

function saidLoss({ kind, ...said }: NonNullable<NetworkMetadata['loss']>): KnownLoss {
  const loss = lossNamed(kind);
  if (loss === null)
    throw new CliError(`metadata ritz.network: expected a loss that is known, got "${kind}". Give --loss.`);
  const { reduction, labelSmoothing, ignoreIndex, classWeights, classAxis, delta } = said;
  return { loss, ...withoutUndefined({ reduction, labelSmoothing, ignoreIndex, classWeights, classAxis, delta }) };
}

type Given<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

function withoutUndefined<T extends object>(values: T): Given<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;
}
