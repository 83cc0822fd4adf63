/** Each drop of the learning rate with λ₁ before and after it; pressing one shows both spectra. */
import { describeDrop, formatNumber, jumpAt, type ChartSeries, type RateDrop } from '@ritz/charts';

export interface RateDropsProps {
  readonly drops: readonly RateDrop[];
  /** λ₁ over the measured steps, with its bounds where they are known. */
  readonly lambda1: ChartSeries | undefined;
  readonly onPick: (drop: RateDrop) => void;
}

/** More would be a table. */
const mostDrops = 6;

export function RateDrops({ drops, lambda1, onPick }: RateDropsProps) {
  if (!lambda1) return null;
  return (
    <ul aria-label="Drops of the learning rate" className="number flex flex-wrap gap-2 text-[12.5px]">
      {drops.slice(0, mostDrops).map((drop) => {
        const jump = jumpAt(lambda1, drop.step);
        return (
          <li key={drop.step}>
            <button
              type="button"
              className="control h-auto! py-0.5 text-left text-[12.5px]!"
              title={
                jump
                  ? `Show the spectra at step ${formatNumber(jump.before.step)} and at step ${formatNumber(jump.after.step)}`
                  : 'Not measured on both sides of the drop'
              }
              onClick={() => {
                onPick(drop);
              }}
            >
              <span>
                <span className="text-muted">step {formatNumber(drop.step)}:</span> {describeDrop(drop)}
                {jump && (
                  <>
                    , Δλ₁ {jump.difference > 0 ? '+' : ''}
                    {formatNumber(jump.difference, 3)}
                    {jump.error !== null && jump.error > 0 && (
                      <span className="text-muted"> ± {formatNumber(jump.error, 1)}</span>
                    )}
                  </>
                )}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
