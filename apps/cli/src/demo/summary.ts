/** The demo's result as a table, read back from the API. */
import { CompareRunsDocument, RunTrajectoryDocument, type Client } from '@ritz/client';
import { formatNumber, renderTable } from '../terminal/table.ts';
import type { DemoPlan } from './plan.ts';

const header = ['run', 'step', 'rate', 'loss', 'test acc.', 'λ1', 'λ1/λ10', 'λmin', 'negative', 'overlap 10'];

/** One row per measured spectrum. */
export async function summaryTable(client: Client, plan: DemoPlan): Promise<string> {
  const ids = plan.runs.map(({ id }) => id);
  const { runs } = await client.request(CompareRunsDocument, { ids, maxPoints: 10_000 });
  const rows: string[][] = [];
  for (const { id, name } of plan.runs) {
    const run = runs.nodes.find((node) => node.id === id);
    const { run: measured } = await client.request(RunTrajectoryDocument, { id });
    if (!run || !measured) continue;
    const { trajectory } = measured;
    const overlap = trajectory.overlap.find(({ k }) => k === plan.settings.classes);
    trajectory.step.forEach((step, i) => {
      const at = run.history.step.indexOf(step);
      rows.push([
        i === 0 ? name : '',
        String(step),
        formatNumber(run.history.learningRate[at]),
        formatNumber(run.history.trainLoss[at]),
        percent(run.history.testAccuracy[at]),
        formatNumber(trajectory.lambdaMax[i]),
        formatNumber(trajectory.ratio[i]),
        formatNumber(trajectory.lambdaMin[i]),
        percent(trajectory.negativeMass[i]),
        percent(overlap?.fraction[i]),
      ]);
    });
  }
  return renderTable(header, rows);
}

function percent(share: number | null | undefined): string {
  return share === null || share === undefined ? '–' : `${(100 * share).toFixed(1)} %`;
}
