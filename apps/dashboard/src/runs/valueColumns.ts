/** Numbers of runs that the table can show, sort and filter by: a statistic or a measure, at a position or moment of the training. */
import { formatNumber, formatShare, statisticColumns } from '@ritz/charts';
import type {
  Alignment,
  RunMeasureInput,
  RunPosition,
  RunStatisticInput,
  StatisticName,
  StepMeasure,
} from '@ritz/client';

type ValueSource =
  | { readonly kind: 'statistic'; readonly input: RunStatisticInput }
  | { readonly kind: 'measure'; readonly input: RunMeasureInput };

export interface ValueColumn {
  /** In the address: `lambdaMax.max`, or `lambdaMax@loss:0.1`. */
  readonly key: string;
  readonly label: string;
  readonly description: string;
  readonly source: ValueSource;
  readonly format: (value: number) => string;
}

export interface ValueName {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly format: (value: number) => string;
  readonly at: (position: RunPosition) => ValueSource;
  /** At the measured step nearest to a moment; null: it has no such value. */
  readonly near: ((moment: Moment) => ValueSource) | null;
}

/** A place on an axis along which trainings are aligned. */
interface Moment {
  readonly alignment: Alignment;
  readonly position: number;
}

const moments: Readonly<Record<string, Alignment>> = {
  loss: 'LOSS',
  step: 'STEP',
  epoch: 'EPOCH',
  progress: 'PROGRESS',
};
export const momentNames = Object.keys(moments);

const positions: Readonly<Record<string, RunPosition>> = { last: 'LAST', first: 'FIRST', max: 'MAX', min: 'MIN' };
export const positionNames = Object.keys(positions);

/** `lambdaMax` as the API spells its constants. */
function constantOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

const short = (value: number): string => formatNumber(value, 4);

const measures: readonly (readonly [name: string, constant: StepMeasure, title: string, format: typeof short])[] = [
  ['trainLoss', 'TRAIN_LOSS', 'Training loss', short],
  ['testLoss', 'TEST_LOSS', 'Test loss', short],
  ['trainAccuracy', 'TRAIN_ACCURACY', 'Training accuracy', formatShare],
  ['testAccuracy', 'TEST_ACCURACY', 'Test accuracy', formatShare],
  ['learningRate', 'LEARNING_RATE', 'Learning rate', short],
  ['gradientNorm', 'GRADIENT_NORM', 'Gradient norm', short],
  ['epoch', 'EPOCH', 'Epoch', short],
];

/** Every statistic of the catalogue, then what is logged at steps. */
export const valueNames: readonly ValueName[] = [
  ...statisticColumns.map(({ name, title, description, format }): ValueName => {
    const constant = constantOf(name) as StatisticName;
    return {
      name,
      title,
      description,
      format,
      at: (at) => ({ kind: 'statistic', input: { name: constant, at } }),
      near: (near) => ({ kind: 'statistic', input: { name: constant, near } }),
    };
  }),
  ...measures.map(([name, constant, title, format]): ValueName => ({
    name,
    title,
    description: `${title}, as logged.`,
    format,
    at: (at) => ({ kind: 'measure', input: { name: constant, at } }),
    near: null,
  })),
];

/** Other names that people write. */
const aliases: Readonly<Record<string, string>> = {
  lambda1: 'lambdaMax',
  λ1: 'lambdaMax',
  'λ₁': 'lambdaMax',
  λmin: 'lambdaMin',
  λk: 'lambdaK',
  loss: 'trainLoss',
  accuracy: 'testAccuracy',
};

/** A name, then `.position` or `@axis:number`; without either the last value. */
const shape = /^([^.@]+)(?:\.([a-z]+)|@([a-z]+):(\S+))?$/;

/** `lambda1.max` and `LambdaMax.MAX` are `lambdaMax.max`. Null for what is not known. */
export function valueColumn(written: string): ValueColumn | null {
  const [, first = '', place = 'last', axis, number = ''] = shape.exec(written.trim().toLowerCase()) ?? [];
  const wanted = (aliases[first] ?? first).toLowerCase();
  const found = valueNames.find(({ name }) => name.toLowerCase() === wanted);
  if (!found) return null;
  const { name, title, description, format } = found;
  if (axis === undefined) {
    const position = positions[place];
    if (!position) return null;
    return { key: `${name}.${place}`, label: `${title}, ${place}`, description, source: found.at(position), format };
  }
  const alignment = moments[axis];
  const position = Number(number);
  if (!alignment || !found.near || !Number.isFinite(position)) return null;
  return {
    key: `${name}@${axis}:${String(position)}`,
    label: `${title}, at ${axis} ${formatNumber(position)}`,
    description: `${description} At the measured step nearest to this ${axis}.`,
    source: found.near({ alignment, position }),
    format,
  };
}

/** The columns in the form the API takes, each list in the order of its columns. */
export function valueVariables(columns: readonly ValueColumn[]): {
  readonly statistics: RunStatisticInput[];
  readonly measures: RunMeasureInput[];
} {
  const sources = columns.map(({ source }) => source);
  return {
    statistics: sources.flatMap((source) => (source.kind === 'statistic' ? [source.input] : [])),
    measures: sources.flatMap((source) => (source.kind === 'measure' ? [source.input] : [])),
  };
}

/** The values of a run in the order of the columns. */
export function valuesOf<Value>(
  columns: readonly ValueColumn[],
  { statistics, measures: logged }: { readonly statistics: readonly Value[]; readonly measures: readonly Value[] },
): (Value | undefined)[] {
  let [statistic, measure] = [0, 0];
  return columns.map(({ source }) => (source.kind === 'statistic' ? statistics[statistic++] : logged[measure++]));
}
