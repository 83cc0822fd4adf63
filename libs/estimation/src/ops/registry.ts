/** Every op that a graph may contain, by name. */
import { EstimationError } from '../error/EstimationError.ts';
import type { Op } from './Op.ts';
import { addOp } from './add.ts';
import { affineOp } from './affine.ts';
import { broadcastToOp } from './broadcastTo.ts';
import { expOp } from './exp.ts';
import { logOp } from './log.ts';
import { logSoftmaxOp } from './logSoftmax.ts';
import { matmulOp } from './matmul.ts';
import { multiplyOp } from './multiply.ts';
import { oneHotOp } from './oneHot.ts';
import { reciprocalOp } from './reciprocal.ts';
import { reluOp } from './relu.ts';
import { reshapeOp } from './reshape.ts';
import { rsqrtOp } from './rsqrt.ts';
import { sigmoidOp } from './sigmoid.ts';
import { softmaxOp } from './softmax.ts';
import { softmaxCrossEntropyOp } from './softmaxCrossEntropy.ts';
import { softplusOp } from './softplus.ts';
import { stepOp } from './step.ts';
import { subtractOp } from './subtract.ts';
import { sumOp } from './sum.ts';
import { tanhOp } from './tanh.ts';
import { transposeOp } from './transpose.ts';

const ops: ReadonlyMap<string, Op> = new Map(
  [
    addOp,
    affineOp,
    broadcastToOp,
    expOp,
    logOp,
    logSoftmaxOp,
    matmulOp,
    multiplyOp,
    oneHotOp,
    reciprocalOp,
    reluOp,
    reshapeOp,
    rsqrtOp,
    sigmoidOp,
    softmaxOp,
    softmaxCrossEntropyOp,
    softplusOp,
    stepOp,
    subtractOp,
    sumOp,
    tanhOp,
    transposeOp,
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
