/** Says which runs are shown at another step than the one asked for, and at which. */
import { formatNumber, groupBy } from '@ritz/charts';
import type { MeasuredRun } from './NamedRun.ts';
import type { ComparisonTarget } from './target.ts';

export interface ElsewhereProps {
  readonly runs: readonly MeasuredRun[];
  readonly target: ComparisonTarget;
}

/** Names of one step listed before "and n more". */
const names = 3;

export function Elsewhere({ runs, target: { alignment, position } }: ElsewhereProps) {
  const others = runs.filter(({ step }) => alignment !== 'STEP' || step !== position);
  if (others.length === 0) return null;
  const steps = groupBy(others, ({ step }) => `step ${formatNumber(step)}`);
  const described = steps.map(({ name, members }) => {
    const labels = members.slice(0, names).map(({ label }) => label);
    const more = members.length - labels.length;
    return `${labels.join(', ')}${more > 0 ? ` and ${formatNumber(more)} more` : ''} at ${name}`;
  });
  return <> Shown: {described.join('; ')}.</>;
}
