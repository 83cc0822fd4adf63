/** What computed something: one type, wherever it stands. */
import { engineNames, type EngineName as EngineNameWord } from '@ritz/records';
import { builder } from '../builder.ts';
import { deprecatedFor } from './deprecated.ts';
import { EngineName } from './enums.ts';

interface EngineParts {
  readonly library: string;
  readonly provider: string | null;
  readonly version: string | null;
}

const known: Readonly<Record<EngineNameWord, Pick<EngineParts, 'library' | 'provider'>>> = {
  'onnx-cpu': { library: 'onnxruntime', provider: 'cpu' },
  'onnx-webgpu': { library: 'onnxruntime', provider: 'webgpu' },
  'onnx-cuda': { library: 'onnxruntime', provider: 'cuda' },
  'tfjs-node-gpu': { library: 'tfjs', provider: 'cuda' },
  'tfjs-node': { library: 'tfjs', provider: 'tensorflow' },
  'tfjs-webgpu': { library: 'tfjs', provider: 'webgpu' },
  'tfjs-wasm': { library: 'tfjs', provider: 'wasm' },
};

function knownName(name: string): EngineNameWord | null {
  return engineNames.find((one) => one === name) ?? null;
}

/** `pytorch-2.6.0` is version 2.6.0 of pytorch. */
export function enginePartsOf(name: string): EngineParts {
  const ours = knownName(name);
  if (ours) return { ...known[ours], version: null };
  const at = name.lastIndexOf('-');
  const versioned = at > 0 && /^\d/.test(name.slice(at + 1));
  return {
    library: versioned ? name.slice(0, at) : name,
    provider: null,
    version: versioned ? name.slice(at + 1) : null,
  };
}

interface EngineShape {
  readonly name: string;
}

export const Engine = builder.objectRef<EngineShape>('Engine').implement({
  description: 'What computes: a library, on what it runs, and its version.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As it was recorded, such as "onnx-cpu" or "pytorch-2.6.0".' }),
    kind: t.field({
      type: EngineName,
      nullable: true,
      description: 'Which of the engines of Ritz; null for one of another tool.',
      resolve: ({ name }) => knownName(name),
    }),
    library: t.string({
      description: 'Its library, such as "onnxruntime", "tfjs" or "pytorch".',
      resolve: ({ name }) => enginePartsOf(name).library,
    }),
    provider: t.string({
      nullable: true,
      description: 'What its library runs on, such as "cpu" or "webgpu"; null where the name does not say.',
      resolve: ({ name }) => enginePartsOf(name).provider,
    }),
    version: t.string({
      nullable: true,
      description: 'Version of its library; null where the name does not say.',
      resolve: ({ name }) => enginePartsOf(name).version,
    }),
  }),
});

/** For fields that name an engine as text or as a constant. */
export const engineDeprecation = deprecatedFor('computedBy', 'which is the same type everywhere');
