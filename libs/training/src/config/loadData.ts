/** The data set that a config names. */
import path from 'node:path';
import { fetchCifar10 } from '../data/cifar10/fetchCifar10.ts';
import { loadCifar10 } from '../data/cifar10/loadCifar10.ts';
import type { SplitDataSet } from '../data/DataSet.ts';
import { loadImageFolder } from '../data/imageFolder.ts';
import { loadMnist } from '../data/mnist.ts';
import { loadNpyData } from '../data/npyData.ts';
import { loadText } from '../data/text.ts';
import type { Config } from './configSchema.ts';

export interface LoadOptions {
  /** Where fetched data sets are kept. */
  readonly dataDirectory: string;
  readonly onProgress?: (what: string) => void;
  readonly signal?: AbortSignal;
}

/** Where CIFAR-10 is kept under the data directory. */
export function cifar10Directory(dataDirectory: string): string {
  return path.join(dataDirectory, 'data', 'cifar10');
}

/** Downloads CIFAR-10 if it is missing. Throws a TrainingError (DATA_MISSING, DATA_CORRUPT, DATA_TOO_LARGE, BAD_OPTION). */
export async function loadData(data: Config['data'], options: LoadOptions): Promise<SplitDataSet> {
  switch (data.kind) {
    case 'mnist':
      return loadMnist(undefined, data);
    case 'cifar10': {
      const directory = cifar10Directory(options.dataDirectory);
      const { signal, onProgress } = options;
      await fetchCifar10({
        directory,
        ...(signal && { signal }),
        onWait: (holder) => onProgress?.(`CIFAR-10: waiting for ${holder}`),
        onProgress: ({ file, done, total }) => onProgress?.(`CIFAR-10: ${file} (${done} of ${total})`),
      });
      const { trainExamples, testExamples } = data;
      return loadCifar10(directory, { ...(trainExamples && { trainExamples }), ...(testExamples && { testExamples }) });
    }
    case 'text':
      return loadText(data);
    case 'folder':
      return loadImageFolder(data.directory, { size: data.size, ...options });
    case 'npy':
      return loadNpyData(data);
  }
}
