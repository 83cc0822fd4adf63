/**
 * The compiled programs of a curvature operator. For each size of micro-batch and number of vectors there is one primal program and
 * one tangent program; every micro-batch has kept feeds of its own in the tangent program: what its primal run left there. The
 * weights are constants of the tangent program, which is compiled anew when the point moves.
 */
import { splitGraph } from '../autodiff/split.ts';
import type { Engine, Program, Tensors } from '../engines/Engine.ts';
import type { Graph } from '../graph/Node.ts';
import type { Batch } from '../model/Examples.ts';
import { curvatureGraph, type CurvatureGraphOptions } from './curvatureGraph.ts';

export type CurvatureProblem = Pick<CurvatureGraphOptions, 'problem' | 'matrix' | 'block'>;

interface Compiled {
  readonly primal: Program;
  readonly varying: Graph;
  /** For the current point. */
  tangent?: Program;
}

export interface CurvaturePrograms {
  /** The program of products for k vectors, which takes nothing but the directions. `point`: feeds of parameters and buffers. */
  ready(batch: Batch, k: number, point: Tensors): Promise<Program>;
  /** Forgets everything that belongs to the point. */
  move(): Promise<void>;
  release(): Promise<void>;
}

export function createCurvaturePrograms(engine: Engine, problem: CurvatureProblem): CurvaturePrograms {
  const compiled = new Map<string, Compiled>();
  const prepared = new Map<Batch, Map<number, Program>>();

  const compile = async (examples: number, k: number): Promise<Compiled> => {
    const { graph, directions, point } = curvatureGraph({ ...problem, examples, k });
    const { primal, varying } = splitGraph(graph, directions, point);
    return { primal: await engine.compile(primal), varying };
  };

  const move = async (): Promise<void> => {
    for (const program of [...prepared.values()].flatMap((byCount) => [...byCount.values()])) await program.release();
    prepared.clear();
    for (const pair of compiled.values()) {
      await pair.tangent?.release();
      delete pair.tangent;
    }
  };

  return {
    move,
    ready: async (batch, k, point) => {
      const known = prepared.get(batch)?.get(k);
      if (known) return known;
      const key = `${batch.examples} ${k}`;
      const pair = compiled.get(key) ?? (await compile(batch.examples, k));
      compiled.set(key, pair);
      pair.tangent ??= await engine.compile(pair.varying, point);
      const program = await pair.tangent.share();
      prepared.set(batch, (prepared.get(batch) ?? new Map<number, Program>()).set(k, program));
      await program.keep(batch.feeds);
      await pair.primal.runInto(program, { ...point, ...batch.feeds });
      return program;
    },
    release: async () => {
      await move();
      for (const { primal } of compiled.values()) await primal.release();
      compiled.clear();
    },
  };
}
