/**
 * The compiled programs of a curvature operator, for each size of micro-batch and number of vectors. The parameters are constants of
 * the tangent program, which is compiled anew when the point moves. The residuals, which depend on the examples too, are computed
 * once per micro-batch and stay bound; where they do not fit in memory, they are recomputed whenever another micro-batch ran in
 * between.
 */
import { partialEval, type PartialEvaluation } from '../autodiff/partialEval.ts';
import type { Engine, Program, Tensors } from '../engines/Engine.ts';
import type { Batch } from '../model/Examples.ts';
import { curvatureGraph, type CurvatureGraphOptions } from './curvatureGraph.ts';

/** The part that is computed once, and the part that is computed for every new set of vectors. */
export function curvatureParts(options: CurvatureGraphOptions): PartialEvaluation {
  const { graph, directions, point } = curvatureGraph(options);
  return partialEval(graph, directions, point);
}

export interface CurvatureProgramsOptions extends Pick<CurvatureGraphOptions, 'problem' | 'operator' | 'block'> {
  readonly engine: Engine;
  /** All micro-batches that programs will be requested for. */
  readonly batches: readonly Batch[];
  /** Whether the residuals of a micro-batch stay in memory while others are computed. */
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
  readonly graphs: PartialEvaluation;
  /** Undefined where there are no residuals, and once all of them are computed: it holds as much memory again. */
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
    await programs.primal.computeResiduals(target, feeds);
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
      await program.bind(batch.feeds);
      await compute(programs, program, { ...point, ...batch.feeds });
      filled.set(batch, program);
      const alike = batches.filter(({ examples }) => examples === batch.examples);
      if (keepAll && !engine.ownsResiduals && filled.size === alike.length) await releasePrimal(programs);
      return program;
    },
    release: async () => {
      await move();
      for (const programs of compiled.values()) await releasePrimal(programs);
      compiled.clear();
    },
  };
}
