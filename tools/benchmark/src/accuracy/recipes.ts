/** Ways to spend Hessian-vector products on a spectrum, and how wrong each is. */
import { lanczos, type ProbeResult } from '@ritz/lanczos';
import { outlierError, spectralDistances, type MeasuredSpectrum, type QuadratureMethod } from '@ritz/spectra';
import type { AccuracyCase } from './cases.ts';

export type RecipeName = 'plain' | 'variance-reduced' | 'adaptive' | 'deflated';

export interface Measured {
  readonly recipe: RecipeName;
  /** The requested settings. */
  readonly settings: string;
  /** Matrix-vector products spent. */
  readonly products: number;
  readonly l1: number;
  readonly outlierError: number;
  readonly wasserstein1: number;
}

const seed = 31;
const sizes: readonly (readonly [probes: number, steps: number])[] = [
  [1, 30],
  [1, 60],
  [1, 100],
  [3, 90],
  [5, 90],
  [10, 90],
];
const tolerances = [1e-2, 1e-3, 3e-4];
const deflations: readonly (readonly [vectors: number, blocks: number, probes: number])[] = [
  [10, 3, 1],
  [20, 4, 3],
  [30, 6, 8],
];

/** Every recipe on one net. */
export async function measureRecipes(net: AccuracyCase): Promise<Measured[]> {
  return [...(await fixedRecipes(net)), ...(await adaptiveRecipes(net)), ...(await deflatedRecipes(net))];
}

type Described = Pick<Measured, 'recipe' | 'settings' | 'products'>;

function judge(
  net: AccuracyCase,
  spectrum: MeasuredSpectrum,
  method: QuadratureMethod,
  described: Described,
): Measured {
  const options = { smoothing: { kind: 'paper' }, method } as const;
  const { reference } = net;
  const { l1, wasserstein1 } = spectralDistances(spectrum, reference, options);
  return {
    ...described,
    l1,
    wasserstein1: wasserstein1.value,
    outlierError: outlierError(spectrum, reference, options),
  };
}

/** The leading part of a tridiagonal is the tridiagonal of fewer steps, so that one measurement has all of them. */
async function fixedRecipes(net: AccuracyCase): Promise<Measured[]> {
  const { dimension } = net.hessian;
  const { probes } = await lanczos(net.hessian, { steps: 100, probes: 10, seed });
  const part = ({ alpha, beta }: ProbeResult, m: number) => ({ alpha: alpha.slice(0, m), beta: beta.slice(0, m) });
  return (['plain', 'variance-reduced'] as const).flatMap((recipe) =>
    sizes.map(([k, m]) => {
      const spectrum = { dimension, probes: probes.slice(0, k).map((probe) => part(probe, m)) };
      return judge(net, spectrum, recipe, { recipe, settings: `k = ${k}, m = ${m}`, products: k * m });
    }),
  );
}

async function adaptiveRecipes(net: AccuracyCase): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const tolerance of tolerances) {
    const { dimension, probes, hvpCount } = await lanczos(net.hessian, { steps: 300, probes: 3, seed, tolerance });
    const settings = `k = 3, tolerance ${tolerance}: m = ${probes[0]?.alpha.length ?? 0}`;
    measured.push(
      judge(net, { dimension, probes }, 'variance-reduced', { recipe: 'adaptive', settings, products: hvpCount }),
    );
  }
  return measured;
}

/** From the eigenvectors of a point nearby, as a step of training before: their products were spent there. */
async function deflatedRecipes({ hessian, parameters, ...net }: AccuracyCase): Promise<Measured[]> {
  const count = Math.max(...deflations.map(([vectors]) => vectors));
  await hessian.setParameters(parameters.map((value, i) => value * (1 + 0.002 * Math.sin(i))));
  const { top } = await lanczos(hessian, { steps: 90, probes: 1, seed: seed + 1, ritzVectors: count });
  await hessian.setParameters(parameters);
  const measured: Measured[] = [];
  for (const [vectors, blocks, probes] of deflations) {
    const deflate = { vectors: top.vectors.slice(0, vectors), blocks };
    const result = await lanczos(hessian, { steps: 90, probes, seed, deflate });
    const { dimension, deflated, hvpCount } = result;
    const settings = `${deflated.values.length} of ${vectors} vectors, k = ${probes}, m = 90`;
    const spectrum = { dimension, probes: result.probes, deflated };
    const described = { recipe: 'deflated', settings, products: hvpCount } as const;
    measured.push(judge({ hessian, parameters, ...net }, spectrum, 'variance-reduced', described));
  }
  return measured;
}
