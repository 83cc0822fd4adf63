/**
 * The diagonal blocks of one curvature operator, measured together: what several blocks ask for at the same time goes through the
 * network as one set of vectors, each zero outside of its block.
 */
import { floatArray, type FloatArray } from '@ritz/lanczos';
import { EstimationError } from '../error/EstimationError.ts';
import { elementCount, type Model } from '../model/Model.ts';
import { blockSpans, type ParameterBlock, type Spans } from '../model/parameterBlocks.ts';
import { selectEntries } from '../model/parameterSelection.ts';
import type { MeasurableCurvature } from './preconditioned.ts';

export interface BlockCurvature extends MeasurableCurvature {
  readonly block: ParameterBlock;
  /** No more products: those of the other blocks no longer wait for this one. */
  finish(): void;
}

interface Request {
  /** Of the block. */
  readonly index: number;
  readonly block: Entries;
  readonly vectors: FloatArray;
  readonly k: number;
  readonly resolve: (products: FloatArray) => void;
  readonly reject: (reason: unknown) => void;
}

/** Where the entries of a block are in the whole vector. */
interface Entries {
  readonly dimension: number;
  readonly spans: Spans;
}

/**
 * `whole` is of all parameters of the model. A product is computed once every block that has not finished has asked for one, so that
 * all of them must be measured concurrently.
 */
export function blockCurvatures(
  whole: MeasurableCurvature,
  model: Model,
  blocks: readonly ParameterBlock[],
): BlockCurvature[] {
  if (whole.dimension !== elementCount(model.parameters)) {
    throw new EstimationError(
      'SHAPE',
      `blocks: expected an operator of all ${elementCount(model.parameters)} parameters, got ${whole.dimension}.`,
    );
  }
  const active = new Set(blocks);
  let waiting: Request[] = [];
  const advance = (): void => {
    if (waiting.length === 0 || waiting.length < active.size) return;
    // In the order of the blocks, whoever asked first: the same vectors share a pass in every measurement, which gives the same bits.
    const requests = waiting.sort((one, two) => one.index - two.index);
    waiting = [];
    void multiply(whole, requests);
  };
  return blocks.map((block, index) => {
    const entries = { dimension: elementCount(block.parameters), spans: blockSpans(model.parameters, block) };
    return {
      block,
      dimension: entries.dimension,
      passSize: whole.passSize,
      memory: whole.memory,
      loss: () => whole.loss(),
      gradient: async () => selectEntries(model, block.parameters, await whole.gradient()),
      coordinatesOf: (vector, kind) => selectEntries(model, block.parameters, whole.coordinatesOf(vector, kind)),
      apply: (vectors, k) =>
        new Promise((resolve, reject) => {
          waiting.push({ index, block: entries, vectors, k, resolve, reject });
          advance();
        }),
      finish: () => {
        active.delete(block);
        advance();
      },
    };
  });
}

async function multiply(whole: MeasurableCurvature, requests: readonly Request[]): Promise<void> {
  const n = whole.dimension;
  try {
    const precision = requests[0]?.vectors instanceof Float64Array ? 'float64' : 'float32';
    const rows = requests.reduce((sum, { k }) => sum + k, 0);
    const vectors = floatArray(precision, rows * n);
    eachRow(requests, n, (request, row, at) => scatter(request, row, vectors, at));
    const products = await whole.apply(vectors, rows);
    const results = new Map(requests.map((request) => [request, floatArray(precision, request.vectors.length)]));
    eachRow(requests, n, (request, row, at) => gather(request, row, products, at, results.get(request) ?? vectors));
    for (const [request, result] of results) request.resolve(result);
  } catch (error) {
    for (const { reject } of requests) reject(error);
  }
}

/** Every row of every request, and where it starts in the vectors of them all. */
function eachRow(
  requests: readonly Request[],
  n: number,
  visit: (request: Request, row: number, at: number) => void,
): void {
  let at = 0;
  for (const request of requests) for (let row = 0; row < request.k; row++, at += n) visit(request, row, at);
}

function scatter({ block, vectors }: Request, row: number, into: FloatArray, at: number): void {
  let from = row * block.dimension;
  for (const [start, length] of block.spans) {
    into.set(vectors.subarray(from, from + length), at + start);
    from += length;
  }
}

function gather({ block }: Request, row: number, products: FloatArray, at: number, into: FloatArray): void {
  let to = row * block.dimension;
  for (const [start, length] of block.spans) {
    into.set(products.subarray(at + start, at + start + length), to);
    to += length;
  }
}
