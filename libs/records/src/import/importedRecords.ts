/** Spectra of other tools as records of the interchange format: a run, its spectra, its end. */
import { createHash } from 'node:crypto';
import type { RecordLine } from '../line/line.ts';
import { RecordError } from '../RecordError.ts';
import { stableUuid } from '../stableUuid.ts';
import type { MeasuredFile } from './measuredFile.ts';

/** What the files do not say. */
export interface ImportSettings {
  readonly name: string;
  readonly project: string;
  readonly experiment: string;
  readonly architecture: string;
  readonly dataset: string;
  readonly optimiser: string;
  /** Of a constant schedule. */
  readonly learningRate: number;
  /** n, the dimension of the Hessian. */
  readonly parameters: number;
  /** Examples that the loss was taken over. */
  readonly dataSize: number;
  readonly seed: number;
  /** One for each file; without them the files are the start vectors of one spectrum, at step 0. */
  readonly steps?: readonly number[] | undefined;
}

/** The same files and settings give the same records, identifiers included. @throws RecordError INVALID for steps that do not fit. */
export function importedRecords(files: readonly MeasuredFile[], settings: ImportSettings): RecordLine[] {
  const { steps, dataSize, parameters, learningRate, ...about } = settings;
  const groups = grouped(files, steps);
  const runId = stableUuid('imported run', JSON.stringify(settings), ...files.map(digest));
  return [
    {
      v: 1,
      kind: 'run',
      id: runId,
      ...about,
      schedule: { kind: 'constant', initial: learningRate },
      parameterCount: parameters,
      tags: ['imported'],
    },
    ...groups.map(({ step, parts }): RecordLine => {
      const probes = parts.flatMap((file) => file.probes);
      const [{ tool, block }] = parts;
      return {
        v: 1,
        kind: 'spectrum',
        id: stableUuid('imported spectrum', runId, String(step), ...(block ? [block.name] : [])),
        runId,
        step,
        ...(block ? { block: block.name } : {}),
        parameterCount: block?.parameters ?? parameters,
        dataSize,
        dataFingerprint: 'not known',
        seed: settings.seed,
        lanczosSteps: Math.max(...probes.map(lengthOf)),
        precision: 'float32',
        ...tool,
        // Neither is in the files: 0 says that nothing was counted.
        hvpCount: 0,
        seconds: 0,
        probes: probes.map((probe, index) => ({ index, seed: settings.seed, ...probe })),
      };
    }),
    { v: 1, kind: 'finish', runId, status: 'finished' },
  ];
}

interface Group {
  readonly step: number;
  /** At least one. */
  readonly parts: readonly [MeasuredFile, ...MeasuredFile[]];
}

/** By step and block. Without steps all files are of step 0. */
function grouped(files: readonly MeasuredFile[], steps: readonly number[] | undefined): Group[] {
  const names = [...new Set(files.map(({ file }) => file))];
  if (steps === undefined) {
    const tools = new Set(files.map(({ tool }) => tool.engine));
    if (tools.size > 1)
      throw new RecordError(
        'INVALID',
        `Expected files of one tool, got ${[...tools].join(' and ')}. Import them separately.`,
      );
  } else if (steps.length !== names.length || new Set(steps).size !== steps.length) {
    throw new RecordError(
      'INVALID',
      `--steps: expected one distinct step per file, ${names.length} in all, got ${steps.join(',')}.`,
    );
  }
  const groups = new Map<string, Group>();
  for (const part of files) {
    const step = steps?.[names.indexOf(part.file)] ?? 0;
    const key = JSON.stringify([step, part.block?.name ?? null]);
    const known = groups.get(key);
    groups.set(key, { step, parts: known ? [...known.parts, part] : [part] });
  }
  return [...groups.values()];
}

function digest({ bytes }: MeasuredFile): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function lengthOf(probe: MeasuredFile['probes'][number]): number {
  return 'alpha' in probe ? probe.alpha.length : probe.nodes.length;
}
