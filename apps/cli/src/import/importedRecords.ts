/** Spectra of other tools as records of the interchange format: a run, its spectra, its end. */
import { createHash } from 'node:crypto';
import { stableUuid } from '../recording/stable-uuid.ts';
import { CliError } from '../terminal/cli-error.ts';
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

export type ImportedRecord = { readonly v: 1; readonly kind: 'run' | 'spectrum' | 'finish' } & Readonly<
  Record<string, unknown>
>;

/** The same files and settings give the same records, identifiers included. Throws a CliError for steps that do not fit. */
export function importedRecords(files: readonly MeasuredFile[], settings: ImportSettings): ImportedRecord[] {
  const { steps, dataSize, parameters, learningRate, ...about } = settings;
  const groups = grouped(files, steps);
  const runId = stableUuid('imported run', JSON.stringify(settings), ...files.map(digest));
  return [
    {
      ...{ v: 1, kind: 'run', id: runId, ...about },
      ...{ schedule: { kind: 'CONSTANT', initial: learningRate }, parameterCount: parameters, tags: ['imported'] },
    },
    ...groups.map(({ step, parts }): ImportedRecord => {
      const probes = parts.flatMap((file) => file.probes);
      const [first] = parts;
      return {
        ...{ v: 1, kind: 'spectrum', id: stableUuid('imported spectrum', runId, String(step)), runId, step },
        ...{ parameterCount: parameters, dataSize, dataFingerprint: 'not known', seed: settings.seed },
        ...{ lanczosSteps: Math.max(...probes.map(lengthOf)), precision: 'FLOAT32', ...first?.tool },
        // Neither is in the files: 0 says nothing was counted.
        ...{ hvpCount: 0, seconds: 0 },
        probes: probes.map((probe, index) => ({ index, seed: settings.seed, ...probe })),
      };
    }),
    { v: 1, kind: 'finish', runId, status: 'FINISHED' },
  ];
}

interface Group {
  readonly step: number;
  readonly parts: readonly MeasuredFile[];
}

function grouped(files: readonly MeasuredFile[], steps: readonly number[] | undefined): Group[] {
  if (steps === undefined) {
    const tools = new Set(files.map(({ tool }) => tool.engine));
    if (tools.size > 1)
      throw new CliError(`The files are of ${[...tools].join(' and ')}: import each tool's on their own.`);
    return [{ step: 0, parts: files }];
  }
  if (steps.length !== files.length || new Set(steps).size !== steps.length) {
    throw new CliError(
      `--steps: got ${steps.join(',')} for ${files.length} files; one step for each file is expected, each once.`,
    );
  }
  return files.map((file, at) => ({ step: steps[at] ?? 0, parts: [file] }));
}

function digest({ bytes }: MeasuredFile): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function lengthOf(probe: MeasuredFile['probes'][number]): number {
  return 'alpha' in probe ? probe.alpha.length : probe.nodes.length;
}
