/** Container of a chart: full width, fixed height, and an initial size before layout. */
import type { ReactElement } from 'react';
import { ResponsiveContainer } from 'recharts';

export interface FrameProps {
  /** In CSS pixels. */
  readonly height: number;
  readonly children: ReactElement;
}

const firstWidth = 720;

export function Frame({ height, children }: FrameProps) {
  return (
    <div className="ritz-chart" style={{ height, minWidth: 0 }}>
      <ResponsiveContainer width="100%" height={height} initialDimension={{ width: firstWidth, height }}>
        {children}
      </ResponsiveContainer>
    </div>
  );
}

/** Margin around the plot, so that no tick label is cut. */
export const margin = { top: 12, right: 18, bottom: 2, left: 2 } as const;
