/** `ritz demo`: the whole path on real data, from MNIST to spectra on screen. */
import { createEngine } from '@ritz/estimation';
import { loadMnist, mlp } from '@ritz/training';
import pc from 'picocolors';
import { apiClient } from '../api/apiAddress.ts';
import { measureRun } from '../demo/measureRun.ts';
import { planDemo, type DemoPlan, type DemoSize } from '../demo/plan.ts';
import { summaryTable } from '../demo/summary.ts';
import { InterruptedError } from '../terminal/cliError.ts';
import type { Stack } from '../services/stack.ts';
import { printAddresses, untilInterrupted, whileServing, type ServingOptions } from '../services/whileServing.ts';

export interface DemoOptions extends ServingOptions, DemoSize {
  /** End with the table instead of serving on. */
  readonly exit?: boolean;
}

/** Runs the demo; throws an InterruptedError when it is stopped before everything is measured. */
export async function demo(options: DemoOptions): Promise<void> {
  const { steps, images, lanczosSteps, probes } = options;
  const plan = planDemo({ steps, images, lanczosSteps, probes });
  await whileServing(options, async (stack, signal) => {
    printAddresses(stack);
    if (stack.dashboardUrl !== null) console.log(pc.dim('Open the dashboard now: it fills as the demo measures.'));
    console.log('');
    await measure(plan, stack, signal);
    console.log(`\n${await summaryTable(apiClient({ url: stack.apiUrl, token: process.env['RITZ_TOKEN'] }), plan)}\n`);
    console.log(
      pc.dim(
        'λ: eigenvalues of the Hessian of the training loss; overlap 10: share of ‖g‖² in the top 10 eigenvectors.',
      ),
    );
    if (options.exit) return;
    if (stack.dashboardUrl !== null) {
      const compare = `${stack.dashboardUrl}/compare?runs=${plan.runs.map(({ id }) => id).join(',')}`;
      console.log(`\nCompare the two runs: ${pc.bold(compare)}`);
    }
    await untilInterrupted(signal);
  });
}

async function measure({ settings, runs }: DemoPlan, stack: Stack, signal: AbortSignal): Promise<void> {
  const started = performance.now();
  const model = mlp({ layers: settings.layers });
  const data = await loadMnist();
  const engine = await createEngine();
  const target = { url: stack.apiUrl, token: process.env['RITZ_TOKEN'] };
  const api = { client: apiClient(target), target };
  try {
    const spectra = runs.length * settings.spectrumSteps.length;
    console.log(
      `Training ${settings.layers.join('-')} on MNIST under ${runs.length} schedules; ${spectra} spectra of ` +
        `m = ${settings.lanczosSteps}, k = ${settings.probes} over ${settings.images} images, on ${engine.name}.`,
    );
    let measured = 0;
    for (const run of runs) {
      if (await measureRun({ api, engine, model, data, run, settings, signal })) measured++;
      else console.log(`${run.name.padEnd(20)} already stored`);
    }
    if (measured > 0) console.log(`Measured in ${((performance.now() - started) / 1000).toFixed(0)} s.`);
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    throw new InterruptedError('Interrupted. Everything measured so far is stored: run the same command to resume.');
  } finally {
    await engine.close();
  }
}
