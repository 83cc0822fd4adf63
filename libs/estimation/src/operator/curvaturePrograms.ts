/**
 * The compiled programs of a curvature operator, for each size of micro-batch and number of vectors. The parameters are constants of
 * the tangent program, which is compiled anew when the point moves. What depends on the examples too is computed once per micro-batch
 * and kept, in kept feeds of its own; or, where it does not fit the memory, computed anew whenever another micro-batch was computed
 * in between.
 */
import { splitGraph, type SplitGraph } from '../autodiff/split.ts';
import type { Engine, Program, Tensors } from '../engines/Engine.ts';
import type { Batch } from '../model/Examples.ts';
import { curvatureGraph, type CurvatureGraphOptions } from './curvatureGraph.ts';

/** What is computed once, and what is computed for every new vectors. */
export function curvatureParts(options: CurvatureGraphOptions): SplitGraph {
  const { graph, directions, point } = curvatureGraph(options);
  return splitGraph(graph, directions, point);
}

export interface CurvatureProgramsOptions extends Pick<CurvatureGraphOptions, 'problem' | 'matrix' | 'block'> {
  readonly engine: Engine;
  /** All that it will be asked for. */
  readonly batches: readonly Batch[];
  /** Whether what was computed of a micro-batch is kept while others are computed. */
  readonly keepAll: boolean;
}

export interface CurvaturePrograms {
  /** The program of products for k vectors, which takes nothing but the directions. `point`: feeds of parameters and buffers. */
  ready(batch: Batch, k: number, point: Tensors): Promise<Program>;
  /** Forgets everything that belongs to the point. */
  move(): Promise<void>;
  release(): Promise<void>;
}

/** Programs for one size of micro-batch and one number of vectors. */
interface Compiled {
  readonly graphs: SplitGraph;
  /** Nothing where there is nothing to compute, and once everything is computed and kept: it holds as much memory again. */
  primal?: Program;
  /** For the current point. */
  tangent?: Program;
  /** Filled programs: of every micro-batch, or of the last one. */
  readonly filled: Map<Batch, Program>;
}

export function createCurvaturePrograms({
  engine,
  batches,
  keepAll,
  ...problem
}: CurvatureProgramsOptions): CurvaturePrograms {
  const compiled = new Map<string, Compiled>();

  const programsFor = (examples: number, k: number): Compiled => {
    const key = `${examples} ${k}`;
    const known = compiled.get(key);
    if (known) return known;
    const made = { graphs: curvatureParts({ ...problem, examples, k }), filled: new Map<Batch, Program>() };
    compiled.set(key, made);
    return made;
  };

  const compute = async (programs: Compiled, target: Program, feeds: Tensors): Promise<void> => {
    const { primal } = programs.graphs;
    if (Object.keys(primal.outputs).length === 0) return;
    programs.primal ??= await engine.compile(primal);
    await programs.primal.runInto(target, feeds);
  };

  const releasePrimal = async (programs: Compiled): Promise<void> => {
    await programs.primal?.release();
    delete programs.primal;
  };

  const move = async (): Promise<void> => {
    for (const programs of compiled.values()) {
      for (const program of programs.filled.values()) await program.release();
      programs.filled.clear();
      await programs.tangent?.release();
      delete programs.tangent;
    }
  };

  return {
    move,
    ready: async (batch, k, point) => {
      const programs = programsFor(batch.examples, k);
      const { filled } = programs;
      const known = filled.get(batch);
      if (known) return known;
      programs.tangent ??= await engine.compile(programs.graphs.varying, point);
      const [last] = keepAll ? [] : filled.values();
      const program = last ?? (await programs.tangent.share());
      if (last) filled.clear();
      await program.keep(batch.feeds);
      await compute(programs, program, { ...point, ...batch.feeds });
      filled.set(batch, program);
      const alike = batches.filter(({ examples }) => examples === batch.examples);
      if (keepAll && !engine.ownsKept && filled.size === alike.length) await releasePrimal(programs);
      return program;
    },
    release: async () => {
      await move();
      for (const programs of compiled.values()) await releasePrimal(programs);
      compiled.clear();
    },
  };
}
