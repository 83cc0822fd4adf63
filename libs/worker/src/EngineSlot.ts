/** One of the engines of a worker, with the problem that it last measured; a slot measures one part at a time. */
import type { LeasedPart, SpectrumJob } from '@ritz/database';
import { createEngine, type Engine } from '@ritz/estimation';
import { checkHessian, type SpectrumSettings } from '@ritz/training';
import { openProblem, problemKey, type JobProblem, type Machine } from './jobProblem.ts';

export interface Prepared {
  readonly engine: Engine;
  readonly curvature: JobProblem['curvature'];
  readonly settings: SpectrumSettings;
}

interface Current {
  readonly key: string;
  readonly engine: Engine;
  readonly problem: JobProblem;
  jobId: string;
}

function settingsOf({ request }: SpectrumJob): SpectrumSettings {
  const { lanczosSteps, probes, seed, probeLaw, gradientEnergy, memory } = request;
  return { lanczosSteps, probes, seed, law: probeLaw, gradientEnergy, ...(memory !== null && { memory }) };
}

export class EngineSlot {
  private readonly machine: Machine;
  private readonly threads: number | undefined;
  private current: Current | null = null;

  /** `threads`: of a CPU engine; undefined leaves the choice to the engine. */
  constructor(machine: Machine, threads: number | undefined) {
    this.machine = machine;
    this.threads = threads;
  }

  /** Opens the problem of a part unless it is open. A new operator is checked to be symmetric and deterministic. Throws what fails. */
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
        // With as many vectors as will be multiplied, so that nothing is compiled for the check alone.
        const vectors = job.request.blocks ? settings.probes : probeCount;
        if (vectors > 0) await checkHessian(problem.curvature.hessian, engine, { ...settings, probes: vectors });
        this.current = { key, engine, problem, jobId: job.id };
      } catch (error) {
        await engine.close();
        throw error;
      }
    }
    const { engine, problem, jobId } = this.current;
    if (jobId !== job.id) await problem.moveTo(job);
    this.current.jobId = job.id;
    return { engine, curvature: problem.curvature, settings };
  }

  /** Closes the engine and its problem: after a failure neither is trusted. */
  async reset(): Promise<void> {
    const { current } = this;
    this.current = null;
    await current?.engine.close();
  }
}
