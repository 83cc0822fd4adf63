/** What is measured in PyTorch is what `ritz spectrum` measures of the exported net; and the README's lines work as pasted. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { density, type MeasuredSpectrum } from '@ritz/spectra';
import { spectra } from '@ritz/database';
import { temporaryFolder } from '@ritz/testing/vitest';
import { expect, it } from 'vitest';
import { startPlatform } from './testing/platform.ts';
import { describePythonWith, evaluate, packageFolder, runPython } from './testing/python.ts';

const repository = path.join(packageFolder, '../..');
const ritz = path.join(repository, 'apps/cli/bin/ritz.js');
const patience = 180_000;

interface Probe {
  readonly alpha: readonly number[];
  readonly beta: readonly number[];
}

describePythonWith('numpy', 'torch')('the same net', () => {
  it(
    'has the same eigenvalues and density in PyTorch and exported',
    async () => {
      const cwd = await temporaryFolder();
      const inside = await evaluate<{ top: number[]; probes: Probe[]; grid: number[]; density: number[] }>(
        `import contextlib, json, sys, torch, ritz, ritz.torch
torch.manual_seed(0)
x, y = torch.randn(200, 10), torch.randint(0, 5, (200,))
model = torch.nn.Sequential(torch.nn.Linear(10, 24), torch.nn.Tanh(), torch.nn.Linear(24, 5))
optimiser = torch.optim.SGD(model.parameters(), lr=0.5)
for _ in range(60):
    optimiser.zero_grad()
    torch.nn.functional.cross_entropy(model(x), y).backward()
    optimiser.step()
with contextlib.redirect_stdout(sys.stderr):
    ritz.export_onnx(model, x, "net.onnx", targets=y)
found = ritz.torch.measure(model, torch.nn.CrossEntropyLoss(), (x, y), probes=5, steps=60)
curve = found.density(sigma=0.01, points=200)
print(json.dumps({
    "top": found.top.values.tolist(),
    "probes": [{"alpha": one.alpha.tolist(), "beta": one.beta.tolist()} for one in found.probes],
    "grid": curve.grid.tolist(),
    "density": curve.density.tolist(),
}))`,
        { cwd },
      );
      const files = ['--model', 'net.onnx', '--data', 'net-input.npy', '--labels', 'net-targets.npy'];
      const how = ['--probes', '5', '--steps', '60', '--json', 'measured.json'];
      await promisify(execFile)(process.execPath, [ritz, 'spectrum', ...files, ...how], { cwd });
      const outside = JSON.parse(await readFile(path.join(cwd, 'measured.json'), 'utf8')) as {
        parameters: number;
        top: number[];
        probes: Probe[];
      };
      expect(outside.top).toHaveLength(10);
      const largest = outside.top[0] ?? NaN;
      outside.top.forEach((value, rank) =>
        expect(Math.abs(value - (inside.top[rank] ?? NaN))).toBeLessThan(1e-4 * largest),
      );
      // One seed, one vector everywhere: the tridiagonals begin alike, and rounding parts them later.
      outside.probes.forEach(({ alpha }, probe) =>
        alpha.slice(0, 10).forEach((value, step) => expect(inside.probes[probe]?.alpha[step]).toBeCloseTo(value, 4)),
      );
      const measured: MeasuredSpectrum = { dimension: outside.parameters, probes: outside.probes };
      const grid = { points: 200, min: inside.grid[0] ?? NaN, max: inside.grid.at(-1) ?? NaN };
      const curve = density(measured, { smoothing: { kind: 'absolute', sigma: 0.01 }, grid });
      const rounding = 1e-3 * Math.max(...curve.density);
      inside.density.forEach((value, at) => {
        expect(value).toBeGreaterThanOrEqual((curve.lower[at] ?? NaN) - rounding);
        expect(value).toBeLessThanOrEqual((curve.upper[at] ?? NaN) + rounding);
      });
    },
    patience,
  );

  it(
    'is measured and stored by the lines of the README, which the dashboard shows too',
    async () => {
      const readme = await readFile(path.join(repository, 'README.md'), 'utf8');
      const [, lines] = /^```py example=pytorch\n([\s\S]*?)^```$/m.exec(readme) ?? [];
      const shown = await readFile(path.join(repository, 'apps/dashboard/src/runs/pytorchExample.ts'), 'utf8');
      expect(shown).toContain(lines);
      const platform = await startPlatform();
      try {
        const environment = { RITZ_URL: platform.url };
        const { code, stdout, stderr } = await runPython(lines ?? '', { cwd: await temporaryFolder(), environment });
        expect(code, stderr).toBe(0);
        expect(stdout).toMatch(/^<Spectrum of the hessian: n = 131, k = 10, m = 90, λ1 = /);
        const { runs } = await platform.query<{ runs: { nodes: { id: string }[] } }>('{ runs { nodes { id } } }');
        const [stored = []] = await spectra.byRuns(platform.database, [runs.nodes[0]?.id ?? '']);
        expect(stored).toMatchObject([{ stepNumber: 0, parameterCount: 131, dataSize: 256, precision: 'float32' }]);
      } finally {
        await platform.stop();
      }
    },
    patience,
  );
});
