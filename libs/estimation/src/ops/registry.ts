/** Every op that a graph may contain, by name. */
import { EstimationError } from '../error/EstimationError.ts';
import type { Op } from './Op.ts';
import { affineOp } from './affine.ts';
import { addOp } from './add.ts';
import { broadcastToOp } from './broadcastTo.ts';
import { matmulOp } from './matmul.ts';
import { multiplyOp } from './multiply.ts';
import { oneHotOp } from './oneHot.ts';
import { reluOp } from './relu.ts';
import { reshapeOp } from './reshape.ts';
import { softmaxOp } from './softmax.ts';
import { softmaxCrossEntropyOp } from './softmaxCrossEntropy.ts';
import { stepOp } from './step.ts';
import { subtractOp } from './subtract.ts';
import { sumOp } from './sum.ts';
import { tanhOp } from './tanh.ts';

const ops: ReadonlyMap<string, Op> = new Map(
  [
    addOp,
    affineOp,
    broadcastToOp,
    matmulOp,
    multiplyOp,
    oneHotOp,
    reluOp,
    reshapeOp,
    softmaxOp,
    softmaxCrossEntropyOp,
    stepOp,
    subtractOp,
    sumOp,
    tanhOp,
  ].map((op) => [op.name, op]),
);

export function opNamed(name: string): Op {
  const op = ops.get(name);
  if (!op) throw new EstimationError('UNSUPPORTED', `No op is named "${name}". Known: ${[...ops.keys()].join(', ')}.`);
  return op;
}

export function allOps(): Op[] {
  return [...ops.values()];
}
