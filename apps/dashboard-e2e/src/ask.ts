/** What the API says, to hold against what the dashboard shows. */
import { post } from './seed/post.ts';

export interface ListedRun {
  readonly id: string;
  readonly name: string;
  readonly trajectory: { readonly step: number[]; readonly lambdaMax: number[]; readonly ratio: (number | null)[] };
  readonly history: { readonly trainLoss: (number | null)[] };
}

export async function askRuns(api: string): Promise<readonly ListedRun[]> {
  const { runs } = (await post(
    api,
    'query { runs { nodes { id name trajectory { step lambdaMax ratio } history { trainLoss } } } }',
    {},
  )) as { runs: { nodes: ListedRun[] } };
  return runs.nodes;
}

export interface AskedSpectrum {
  readonly negativeMass: { readonly value: number };
  readonly outliers: { readonly lambdaMax: number; readonly lambdaK: number; readonly count: number };
}

export async function askSpectrum(api: string, id: string, step: number): Promise<AskedSpectrum> {
  const { run } = (await post(
    api,
    'query($id: ID!, $step: Int!) { run(id: $id) { spectrum(step: $step) { negativeMass { value } outliers { lambdaMax lambdaK count } } } }',
    { id, step },
  )) as { run: { spectrum: AskedSpectrum } };
  return run.spectrum;
}
