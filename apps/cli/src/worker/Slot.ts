/** One of the parts that a worker measures at a time: an engine of its own, with the problem that it was last asked for. */
import type { LeasedPart, SpectrumJob } from '@ritz/database';
import { createEngine, type Engine } from '@ritz/estimation';
import { checkHessian, type SpectrumSettings } from '@ritz/training';
import { openProblem, problemKey, type JobProblem, type Machine } from './problem.ts';

export interface Prepared {
  readonly engine: Engine;
  readonly matrix: JobProblem['matrix'];
  readonly settings: SpectrumSettings;
}

interface Current {
  readonly key: string;
  readonly engine: Engine;
  readonly problem: JobProblem;
  jobId: string;
}

export function settingsOf({ request }: SpectrumJob): SpectrumSettings {
  const { lanczosSteps, probes, seed, probeLaw, gradientEnergy, memory } = request;
  return { lanczosSteps, probes, seed, law: probeLaw, gradientEnergy, ...(memory !== null && { memory }) };
}

export class Slot {
  private readonly machine: Machine;
  private readonly threads: number | undefined;
  private current: Current | null = null;

  /** `threads` of a CPU engine; the engine's own choice unless given. */
  constructor(machine: Machine, threads: number | undefined) {
    this.machine = machine;
    this.threads = threads;
  }

  /** Throws what the parts throw; the matrix is checked to be symmetric and fixed when it is new here. */
  async prepare({ job, probeCount }: LeasedPart): Promise<Prepared> {
    const settings = settingsOf(job);
    const key = problemKey(job);
    if (this.current?.key !== key) {
      await this.reset();
      const { engine: name, precision } = job.request;
      const engine = await createEngine({
        engine: name,
        precision,
        ...(this.threads !== undefined && { threads: this.threads }),
      });
      try {
        const problem = await openProblem(job, engine, this.machine);
        // With as many vectors as will be multiplied, so that nothing is compiled for it alone.
        if (probeCount > 0) await checkHessian(problem.matrix.hessian, engine, { ...settings, probes: probeCount });
        this.current = { key, engine, problem, jobId: job.id };
      } catch (error) {
        await engine.close();
        throw error;
      }
    }
    const { engine, problem, jobId } = this.current;
    if (jobId !== job.id) await problem.moveTo(job);
    this.current.jobId = job.id;
    return { engine, matrix: problem.matrix, settings };
  }

  /** Lets go of everything: after a failure nothing of it is trusted. */
  async reset(): Promise<void> {
    const { current } = this;
    this.current = null;
    await current?.engine.close();
  }
}
