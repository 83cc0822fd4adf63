/** The PyTorch float64 fixtures of losses on a small network. */
import fs from 'node:fs';
import type { Shape } from '../graph/Node.ts';
import type { Loss } from '../model/Loss.ts';
import type { Model } from '../model/Model.ts';
import { log } from '../ops/log.ts';
import { softmax } from '../ops/softmax.ts';
import { tanh } from '../ops/tanh.ts';
import { transpose } from '../ops/transpose.ts';
import { dense } from './nets/dense.ts';

export interface LossCase {
  readonly loss: Loss;
  readonly layout: 'rows' | 'tokens' | 'channels';
  /** What the outputs of the model are. */
  readonly ending: 'logits' | 'probabilities' | 'logProbabilities';
  readonly inputs: readonly number[];
  readonly targets: readonly number[];
  readonly parameters: readonly number[];
  readonly vector: readonly number[];
  readonly value: number;
  readonly gradient: readonly number[];
  /** The product of the Hessian with `vector`. */
  readonly hessian: readonly number[];
  /** That of the Gauss–Newton matrix; null where it has no meaning. */
  readonly ggn: readonly number[] | null;
}

interface Fixture {
  readonly shapes: readonly Shape[];
  readonly examples: number;
  readonly cases: readonly LossCase[];
}

const names = ['a.weight', 'a.bias', 'b.weight', 'b.bias'];

export function lossCases(): (LossCase & { readonly name: string; readonly model: Model })[] {
  const file = new URL('../../../../tools/fixtures/losses/losses.json', import.meta.url);
  const { shapes, examples, cases } = JSON.parse(fs.readFileSync(file, 'utf8')) as Fixture;
  return cases.map((stored) => {
    const { loss, layout, ending, inputs } = stored;
    const [width = 1] = shapes[0] ?? [];
    const model: Model = {
      name: 'Mlp',
      parameters: shapes.map((shape, position) => ({ name: names[position] ?? '', shape })),
      buffers: [],
      inputShape: layout === 'rows' ? [width] : [inputs.length / width / examples, width],
      inputType: 'float',
      forward: (graph, x, state) => {
        const logits = dense(graph, state, 'b', tanh(graph, dense(graph, state, 'a', x)));
        const probabilities = ending === 'logits' ? logits : softmax(graph, logits);
        const outputs = ending === 'logProbabilities' ? log(graph, probabilities) : probabilities;
        return layout === 'channels' ? transpose(graph, outputs, [0, 2, 1]) : outputs;
      },
    };
    return { ...stored, model, name: `${layout}: ${JSON.stringify(loss)}` };
  });
}
