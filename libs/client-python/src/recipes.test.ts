import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { overlaps, probes, spectra } from '@ritz/database';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { temporaryFolder } from '@ritz/testing/vitest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPlatform, type Platform } from './testing/platform.ts';
import { describePython, describePythonWith, evaluate, packageFolder, startPython } from './testing/python.ts';
import { seedRun } from './testing/seed.ts';

const recipes = path.join(packageFolder, 'recipes');
const fixture = (name: string): string => path.join(packageFolder, '../../tools/fixtures/peers', name);
const ritz = path.join(packageFolder, '../../apps/cli/bin/ritz.js');
const about = [
  ...['--parameters', '30', '--data-size', '1000', '--architecture', 'resnet-32', '--dataset', 'cifar-10'],
  ...['--optimiser', 'sgd', '--learning-rate', '0.1'],
];

describePython('the recipes', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => platform.stop());

  const place = async () => ({
    cwd: await temporaryFolder(),
    environment: { RITZ_URL: platform.url, PYTHONPATH: `${packageFolder}${path.delimiter}${recipes}` },
  });
  const run = async (recipe: string, args: readonly string[], where: Awaited<ReturnType<typeof place>>) => {
    const ended = await startPython([path.join(recipes, recipe), ...args], where).ended;
    if (ended.code !== 0) throw new Error(ended.stderr);
    return ended.stdout.trim();
  };
  const stored = async (id: string) => {
    const [measured = []] = await spectra.byRuns(platform.database, [id]);
    const ids = measured.map((one) => one.id);
    return { measured, ids, probes: await probes.bySpectra(platform.database, ids) };
  };

  it('for PyHessian stores the nodes and weights of density() as they are', async () => {
    const { measured, probes: found } = await stored(
      await run('pyhessian_density.py', [fixture('pyhessian.json'), '--step', '7', ...about], await place()),
    );
    const [nodes, weights] = JSON.parse(await readFile(fixture('pyhessian.json'), 'utf8')) as [number[][], number[][]];
    expect(measured).toMatchObject([{ stepNumber: 7, engine: 'pyhessian', probeLaw: 'rademacher', lanczosSteps: 6 }]);
    expect(found[0]?.map((probe) => [probe.nodes, probe.weights])).toEqual(nodes.map((one, at) => [one, weights[at]]));
  });

  it('for a comparison draws and prints what the API says', async () => {
    const ids = [
      await seedRun(platform.url, 'drawn <a>', { scale: 1 }),
      await seedRun(platform.url, 'drawn b', { scale: 2 }),
    ];
    const where = await place();
    const printed = JSON.parse(
      await run('compare_densities.py', ['--search', 'drawn', '--at', '10', '--sigma', '0.2'], where),
    ) as object;
    const { compare, runs } = await platform.query<{
      compare: {
        points: {
          lambda: number[];
          entries: { run: { id: string }; density: Record<'density' | 'lower' | 'upper', number[]> }[];
          distances: { wasserstein1: number[][] };
        }[];
      };
      runs: { nodes: { id: string; trajectory: { lambdaMax: number[] } }[] };
    }>(
      `query ($runs: [ID!]!) {
        compare(runs: $runs, at: [10], smoothing: { kind: ABSOLUTE, sigma: 0.2 }, grid: { points: 512 }) {
          points { lambda entries { run { id } density { density lower upper } } distances { wasserstein1 } }
        }
        runs(filter: { ids: $runs }) { nodes { id trajectory { lambdaMax } } }
      }`,
      { runs: [...ids].reverse() },
    );
    const [point] = compare.points;
    expect(printed).toEqual({
      runs: [...ids].reverse(),
      sigma: 0.2,
      grid: point?.lambda,
      density: point?.entries.map(({ density }) => density.density),
      lower: point?.entries.map(({ density }) => density.lower),
      upper: point?.entries.map(({ density }) => density.upper),
      wasserstein1: point?.distances.wasserstein1,
      lambdaMax: Object.fromEntries(runs.nodes.map(({ id, trajectory }) => [id, trajectory.lambdaMax])),
      differing: {},
    });
    const figure = await readFile(path.join(where.cwd, 'densities.svg'), 'utf8');
    expect(figure).toContain('Spectral densities at step 10, σ = 0.2');
    expect(figure).toContain('drawn &lt;a&gt; (step 10)');
    expect(figure.match(/<polyline points="([^"]*)"/g)).toHaveLength(2);
    expect(figure).not.toMatch(/nan|inf/i);
  });

  describePythonWith('numpy')('with numpy', () => {
    it.each(['tridiagonals.npy', 'tridiagonals.npz'])('for google/spectral-density stores %s', async (name) => {
      const expected = JSON.parse(await readFile(fixture('expected.json'), 'utf8')) as Record<
        'alpha' | 'beta',
        number[][]
      >;
      const { measured, probes: found } = await stored(
        await run('spectral_density_arrays.py', [fixture(name), ...about], await place()),
      );
      expect(measured).toMatchObject([
        { stepNumber: 0, engine: 'spectral-density', probeCount: 2, parameterCount: 30 },
      ]);
      found[0]?.forEach((probe, at) => {
        expect(probe.alpha).toEqual(expected.alpha[at]?.map(Math.fround));
        expect(probe.beta).toEqual(expected.beta[at]?.map(Math.fround));
      });
    });
  });

  describePythonWith('numpy', 'torch')('with PyTorch', () => {
    it('measures the Hessian that PyTorch itself computes', async () => {
      const where = await place();
      const [id, eigenvalues] = await evaluate<[string, number[]]>(
        `import json, torch
from pytorch_lanczos import *
model, loss, inputs, labels = problem()
gradient, product = hessian_product(model, loss, inputs, labels)
n = gradient.numel()
dense = torch.stack([product(row) for row in torch.eye(n, dtype=gradient.dtype)])
names = [name for name, _ in model.named_parameters()]
def value(*parameters):
    return loss(functional_call(model, dict(zip(names, parameters)), (inputs,)), labels)
blocks = torch.autograd.functional.hessian(value, tuple(p.detach() for p in model.parameters()))
sizes = [p.numel() for p in model.parameters()]
exact = torch.cat([torch.cat([b.reshape(r, c) for b, c in zip(row, sizes)], 1) for row, r in zip(blocks, sizes)])
assert (dense - exact).abs().max() < 1e-12 * exact.abs().max(), (dense - exact).abs().max()
print(json.dumps([train(steps=20).id, torch.linalg.eigvalsh(exact).tolist()]))`,
        where,
      );
      const { measured, ids } = await stored(id);
      expect(measured).toMatchObject([
        { stepNumber: 0, lanczosSteps: 20, probeCount: 4, precision: 'float64' },
        { stepNumber: 20 },
      ]);
      const { run: read } = await platform.query<{
        run: { status: string; spectrum: { outliers: Record<'lambdaMax' | 'lambdaMin', number> } };
      }>('query ($id: ID!) { run(id: $id) { status spectrum(step: 0) { outliers { lambdaMax lambdaMin } } } }', { id });
      expect(read.status).toBe('FINISHED');
      expect(read.spectrum.outliers.lambdaMax).toBeCloseTo(eigenvalues.at(-1) ?? NaN, 8);
      expect(read.spectrum.outliers.lambdaMin).toBeCloseTo(eigenvalues[0] ?? NaN, 4);
      const [[share] = []] = await overlaps.bySpectra(platform.database, ids);
      expect(share).toMatchObject({ k: 3, gradient: 'full-batch' });
      expect(share?.fraction).toBeGreaterThan(0);
      expect(share?.fraction).toBeLessThanOrEqual(1 + 1e-6);
    }, 180_000);

    it('exports a checkpoint that `ritz spectrum` measures', async () => {
      const where = await place();
      const command = await run('onnx_checkpoint.py', ['exported'], where);
      expect(command).toBe(
        'ritz spectrum --model exported/three-clouds.onnx --data exported/three-clouds-input.npy --labels exported/three-clouds-targets.npy',
      );
      const eigenvalues = await evaluate<number[]>(
        `import json, torch
from pytorch_lanczos import *
model, loss, inputs, labels = problem()
gradient, product = hessian_product(model, loss, inputs, labels)
dense = torch.stack([product(row) for row in torch.eye(gradient.numel(), dtype=gradient.dtype)])
print(json.dumps(torch.linalg.eigvalsh(dense).tolist()))`,
        where,
      );
      const args = [...command.split(' ').slice(1), '--exact', '--json', 'measured.json'];
      await promisify(execFile)(process.execPath, [ritz, ...args], { cwd: where.cwd });
      const { eigenvalues: found } = JSON.parse(await readFile(path.join(where.cwd, 'measured.json'), 'utf8')) as {
        eigenvalues: number[];
      };
      const largest = Math.max(...eigenvalues);
      const measured = [...found].sort((a, b) => a - b);
      expect(measured).toHaveLength(eigenvalues.length);
      // The file holds the parameters in float32.
      measured.forEach((value, at) => expect(Math.abs(value - (eigenvalues[at] ?? NaN))).toBeLessThan(1e-5 * largest));
    }, 180_000);
  });
});
