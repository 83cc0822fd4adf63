/** Says which runs of the address are not compared, and why. */
import { formatNumber } from '@ritz/charts';

export interface LeftOutProps {
  /** How many are compared. */
  readonly runs: number;
  readonly missing: number;
  readonly beyond: number;
}

export function LeftOut({ runs, missing, beyond }: LeftOutProps) {
  return (
    <>
      {missing > 0 && (
        <p role="status" className="mt-2 text-[13px] text-warn">
          {missing === 1 ? 'One run in this link is' : `${formatNumber(missing)} runs in this link are`} no longer
          stored.
        </p>
      )}
      {beyond > 0 && (
        <p role="status" className="mt-2 text-[13px] text-warn">
          Of the {formatNumber(runs + missing + beyond)} runs in this link, the first {formatNumber(runs + missing)} are
          compared: more cannot be told apart. Select fewer in the table of runs.
        </p>
      )}
    </>
  );
}
