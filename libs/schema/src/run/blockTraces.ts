/** The traces of all blocks of a run, for its table. */
import type { Spectrum } from '@ritz/database';
import type { BlockTraces } from '@ritz/records';
import type { RequestContext } from '../request/context.ts';
import { seriesAmong } from '../spectrum/series.ts';

/** By step, then operator, preconditioner and block; null if there is no such run. */
export async function blockTraces({ loaders }: RequestContext, runId: string): Promise<BlockTraces[] | null> {
  if ((await loaders.run.load(runId)) === null) return null;
  const blocks = (await loaders.shownSpectraOfRun.load(runId)).filter(({ block }) => block !== 'all');
  const order = new Map(seriesAmong(blocks).map((series, at) => [keyOf(series), at]));
  const rank = (spectrum: Spectrum): number => order.get(keyOf(spectrum)) ?? 0;
  const sorted = [...blocks].sort((one, two) => one.stepNumber - two.stepNumber || rank(one) - rank(two));
  return Promise.all(
    sorted.map(async (spectrum) => ({
      ...spectrum,
      step: spectrum.stepNumber,
      summary: await loaders.summaryOfSpectrum.load(spectrum.id),
    })),
  );
}

function keyOf({ operator, block, preconditioner }: Pick<Spectrum, 'operator' | 'block' | 'preconditioner'>): string {
  return JSON.stringify([operator, preconditioner, block]);
}
