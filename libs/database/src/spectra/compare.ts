/** Is a spectrum that was sent again the one that is stored? */
import { matrixName, pathText, type OverlapValues } from '@ritz/records';
import { asc, inArray } from 'drizzle-orm';
import type { Executor } from '../connection/Database.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { differences } from '../input/differences.ts';
import { probeColumns } from '../probes/find.ts';
import { gradientEnergy } from '../schema/gradientEnergy.ts';
import { overlap } from '../schema/overlap.ts';
import { probe } from '../schema/probe.ts';
import { topSpace } from '../schema/topSpace.ts';
import type { Spectrum } from './selectSpectra.ts';
import type { SpectrumRows } from './SpectrumRows.ts';

export interface Measurements {
  readonly probes: readonly (typeof probe.$inferSelect)[];
  readonly overlaps: readonly (typeof overlap.$inferSelect)[];
  readonly energies: readonly (typeof gradientEnergy.$inferSelect)[];
  /** Of those that have any. */
  readonly spaces: readonly (typeof topSpace.$inferSelect)[];
}

/** What is stored beside the settings of these spectra, in the order of `spectrumRows`. */
export async function findMeasurements(orm: Executor, ids: readonly string[]): Promise<Measurements> {
  if (ids.length === 0) return { probes: [], overlaps: [], energies: [], spaces: [] };
  const some = [...ids];
  return {
    probes: await orm.select(probeColumns).from(probe).where(inArray(probe.spectrumId, some)).orderBy(asc(probe.index)),
    overlaps: await orm
      .select()
      .from(overlap)
      .where(inArray(overlap.spectrumId, some))
      .orderBy(asc(overlap.k), asc(overlap.gradient)),
    energies: await orm
      .select()
      .from(gradientEnergy)
      .where(inArray(gradientEnergy.spectrumId, some))
      .orderBy(asc(gradientEnergy.gradient)),
    spaces: await orm.select().from(topSpace).where(inArray(topSpace.spectrumId, some)),
  };
}

/** The CONFLICT between what is stored and what was sent; `null` when they are the same. */
export function conflictWith(
  stored: Spectrum,
  measurements: Measurements,
  { settings: given, probes, overlaps, energies, ritzVectors, spaceOverlaps }: SpectrumRows,
): DatabaseError | null {
  const { id, runId, stepNumber, block } = given;
  if (stored.id !== id) {
    return new DatabaseError(
      'CONFLICT',
      `Run ${runId} already has this measurement of ${matrixName(given)}, block ${JSON.stringify(block)}, at step ${stepNumber} ` +
        `under the id ${stored.id}. A repeated measurement needs another seed, data set, engine or setting.`,
      { field: ['id'] },
    );
  }
  const {
    probeCount: _probeCount,
    createdAt: _createdAt,
    updatedAt: _updatedAt,
    measurement: _measurement,
    revision: _revision,
    stepNumber: storedStep,
    ...settings
  } = stored;
  const { stepNumber: givenStep, ...givenSettings } = given;
  const [space] = ofSpectrum(measurements.spaces, id);
  const different = differences(
    {
      ...settings,
      step: storedStep,
      probes: ofSpectrum(measurements.probes, id),
      gradientOverlap: ofSpectrum(measurements.overlaps, id).filter((one) =>
        overlaps.some((two) => isSameOverlap(one, two)),
      ),
      gradientEnergy: ofSpectrum(measurements.energies, id),
      ritzVectors: space?.ritzVectors ?? [],
      spaceOverlaps: space?.spaceOverlaps ?? [],
    },
    {
      ...givenSettings,
      step: givenStep,
      probes,
      gradientOverlap: overlaps,
      gradientEnergy: energies,
      ritzVectors,
      spaceOverlaps,
    },
  );
  if (different.length === 0) return null;
  const named = different.slice(0, 5).map(pathText).join(', ');
  const more = different.length > 5 ? ` and ${different.length - 5} more` : '';
  return new DatabaseError(
    'CONFLICT',
    `Spectrum ${id} exists with other values of ${named}${more}. Give a new measurement a new id.`,
    { field: different[0] },
  );
}

/** Of the same gradient and K. Overlaps that were added later are no part of what the spectrum was recorded with. */
function isSameOverlap(one: OverlapValues, two: OverlapValues): boolean {
  return one.k === two.k && one.gradient === two.gradient;
}

function ofSpectrum<Row extends { readonly spectrumId: string }>(
  rows: readonly Row[],
  id: string,
): Omit<Row, 'spectrumId'>[] {
  return rows.flatMap((row) => {
    const { spectrumId, ...rest } = row;
    return spectrumId === id ? [rest] : [];
  });
}
