import { temporaryFolder } from '@ritz/testing/vitest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPlatform, type Platform } from './testing/platform.ts';
import { seedRun } from './testing/seed.ts';
import { describePython, describePythonWith, evaluate, runPython } from './testing/python.ts';

const compareQuery = `query ($runs: [ID!]!) {
  compare(runs: $runs, at: [10], smoothing: { kind: ABSOLUTE, sigma: 0.25 }, grid: { points: 64, min: -1, max: 4 }) {
    points {
      lambda
      entries { density { density lower upper } }
      distances { wasserstein1 l1 jensenShannon }
    }
  }
}`;
const trajectoryQuery = `query ($id: ID!) {
  run(id: $id) { trajectory { step lambdaMax lambdaK ratio negativeMass trace effectiveRank overlap { fraction } } }
}`;

interface Compared {
  readonly compare: {
    readonly points: readonly {
      readonly lambda: number[];
      readonly entries: readonly { readonly density: Record<'density' | 'lower' | 'upper', number[]> }[];
      readonly distances: Record<'wasserstein1' | 'l1' | 'jensenShannon', number[][]>;
    }[];
  };
}
interface Course {
  readonly run: { readonly trajectory: Record<string, (number | null)[]> };
}

const blocked = 'import sys\nsys.modules["numpy"] = None\n';
const read = 'compared = ritz.densities(ritz.runs(search="read"), at=10, sigma=0.25, points=64, low=-1, high=4)\n';

describePython('reading from Python', () => {
  let platform: Platform;
  let ids: string[];
  const ask = async <Value>(code: string): Promise<Value> =>
    evaluate<Value>(`${blocked}import json\nimport ritz\n${code}`, {
      cwd: await temporaryFolder(),
      environment: { RITZ_URL: platform.url },
    });

  beforeAll(async () => {
    platform = await startPlatform();
    const schedule = { kind: 'STEP', initial: 0.1, factor: 0.1, steps: [5] };
    ids = [
      await seedRun(platform.url, 'read a', { settings: { tags: ['x'], classes: 2 }, scale: 1 }),
      await seedRun(platform.url, 'read b', { settings: { schedule, config: { a: { b: [1, 2] } } }, scale: 1.5 }),
    ];
    await seedRun(platform.url, 'elsewhere', { settings: { project: 'second' }, scale: 2 });
  });
  afterAll(() => platform.stop());

  it('finds runs by what they are, with their settings', async () => {
    const names = (filter: string) => ask<string[]>(`print(json.dumps([run.name for run in ritz.runs(${filter})]))`);
    expect(await names('search="read"')).toEqual(['read b', 'read a']);
    expect(await names('project="second"')).toEqual(['elsewhere']);
    expect(await names('tags="x", status="finished"')).toEqual(['read a']);
    expect(await names('schedule_kind="step"')).toEqual(['read b']);
    expect(await names('search="read", limit=1')).toEqual(['read b']);
    expect(await names('architecture=["resnet"]')).toEqual([]);
    expect(
      await ask(`one = ritz.runs(ids=["${ids[1] ?? ''}"])[0]
print(json.dumps([one.schedule, one.config, one.status, one.project, one.spectrum_steps, one.parameter_count]))`),
    ).toEqual([
      { kind: 'STEP', initial: 0.1, factor: 0.1, steps: [5] },
      { a: { b: [1, 2] } },
      'FINISHED',
      'default',
      [0, 10],
      1000,
    ]);
  });

  it('gets densities on one grid and the distances between them, as the API says them', async () => {
    const { compare } = await platform.query<Compared>(compareQuery, { runs: [ids[1], ids[0]] });
    const [point] = compare.points;
    expect(
      await ask(`${read}
print(json.dumps([compared.grid, compared.density, compared.lower, compared.upper, compared.wasserstein1, compared.l1,
                  compared.jensen_shannon, ritz.distances(["read b", "read a"], "l1", at=10, sigma=0.25, points=64, low=-1, high=4)]))`),
    ).toEqual([
      point?.lambda,
      ...(['density', 'lower', 'upper'] as const).map((name) => point?.entries.map(({ density }) => density[name])),
      point?.distances.wasserstein1,
      point?.distances.l1,
      point?.distances.jensenShannon,
      point?.distances.l1,
    ]);
    expect(await ask(`${read}print(json.dumps([compared.names, compared.steps, sorted(compared.differing)]))`)).toEqual(
      [['read b', 'read a'], [10, 10], expect.arrayContaining(['schedule.kind'])],
    );
  });

  it('gets the courses of outliers and losses along the training', async () => {
    const { trajectory } = (await platform.query<Course>(trajectoryQuery, { id: ids[0] })).run;
    const { overlap, ...columns } = trajectory;
    const [course, history] = await ask<[Record<string, unknown>, Record<string, unknown>]>(`
course, = ritz.trajectories("read a")
history, = ritz.histories("read a")
print(json.dumps([{**vars(course), "overlap": {f"{kind} {k}": list(v) for (kind, k), v in course.overlap.items()}}, vars(history)]))`);
    expect(course).toMatchObject({
      step: columns['step'],
      lambda_max: columns['lambdaMax'],
      lambda_k: columns['lambdaK'],
      ratio: columns['ratio'],
      negative_mass: columns['negativeMass'],
      trace: columns['trace'],
      effective_rank: columns['effectiveRank'],
      overlap: { 'full_batch 1': [null, 0.5] },
    });
    expect(overlap).toEqual([{ fraction: [null, 0.5] }]);
    expect(history).toMatchObject({
      step: [0, 10],
      train_loss: [1, 1 / 11],
      test_loss: [null, null],
      downsampled: false,
    });
  });

  it('logs blocks and Ritz vectors, and reads them back', async () => {
    const [statistics, compared, vectors, spaces, empty] = await ask<unknown[]>(`
run = ritz.init("blocks", architecture="a", dataset="d", optimiser="o", learning_rate=0.1, parameter_count=30, data_size=5)
top = [{"index": 1, "value": 1.5}, {"index": 0, "value": 2.5, "residual": 0.001, "inverse_participation": 0.25,
       "mass_by_block": {"one": 0.75, "two": 0.25}, "gradient_overlap": 0.5, "update_overlap": 0.125, "class_share": 1}]
run.log_lanczos(0, [2, 1], [1, 0.5], ritz_vectors=top)
run.log_lanczos(7, [2, 1], [1, 0.5], space_overlaps=[{"step": 0, "k": 2, "overlap": 0.5}])
for step, block, factor in ((0, "one", 1), (0, "two", 2), (7, "two", 3)):
    run.log_lanczos(step, [2 * factor, 1 * factor], [1 * factor, 0], block=block, parameter_count=10)
run.finish()
statistics = ritz.block_statistics("blocks", ["trace", "lambda_max"])
compared = ritz.block_densities("blocks", 0, points=64)
spaces = ritz.top_space_overlaps(run)
print(json.dumps([[statistics.blocks, statistics.steps, statistics.parameter_count, statistics.value["trace"]],
    [compared.blocks, len(compared.grid), [len(row) for row in compared.density], compared.wasserstein1],
    [vars(one) for one in ritz.ritz_vectors(run, 0)], [spaces.k, spaces.steps, spaces.overlap], ritz.ritz_vectors(run, 7)]))`);
    const [blocks, steps, counts, traces] = statistics as [unknown, unknown, unknown, (number | null)[][]];
    expect([blocks, steps, counts]).toEqual([
      ['one', 'two'],
      [0, 7],
      [10, 10],
    ]);
    expect(traces[0]).toEqual([expect.closeTo(20, 9), null]);
    expect(traces[1]).toEqual([expect.closeTo(40, 9), expect.closeTo(60, 9)]);
    const apart = expect.any(Number) as number;
    expect(compared).toEqual([
      ['one', 'two'],
      64,
      [64, 64],
      [
        [0, apart],
        [apart, 0],
      ],
    ]);
    const none = { residual: null, inverse_participation: null, mass_by_block: null, class_share: null };
    const overlaps = { gradient_overlap: null, mini_batch_overlap: null, update_overlap: null };
    expect(vectors).toEqual([
      {
        ...overlaps,
        ...{ index: 0, value: 2.5, residual: 0.001, inverse_participation: 0.25, class_share: 1 },
        ...{ mass_by_block: { one: 0.75, two: 0.25 }, gradient_overlap: 0.5, update_overlap: 0.125 },
      },
      { ...none, ...overlaps, index: 1, value: 1.5 },
    ]);
    expect([spaces, empty]).toEqual([
      [
        2,
        [0, 7],
        [
          [1, 0.5],
          [0.5, 1],
        ],
      ],
      [],
    ]);
  });

  it('says what is not there', async () => {
    const said = async (call: string): Promise<string> =>
      ask<string>(`try:\n    ${call}\nexcept ritz.RitzError as error:\n    print(json.dumps(str(error)))`);
    expect(await said('ritz.runs(project="third")')).toBe("There is no project 'third'; there is 'default', 'second'.");
    expect(await said('ritz.densities("nobody")')).toBe("No run is called 'nobody'. ritz.runs() lists those stored.");
    expect(await said('ritz.densities([])')).toBe('runs: expected at least one, got none.');
    expect(await said('ritz.trajectories("00000000-0000-4000-8000-000000000000")')).toContain('There is no run 0000');
    expect(await said('ritz.densities("read a", operator="ggn")')).toContain('has a ggn spectrum of block');
    expect(await said('ritz.densities("read a", sigma=-1)')).toContain('sigma');
    expect(await said('ritz.block_densities("read a", 0)')).toBe('The run has no hessian spectra of blocks at step 0.');
    expect(await said('ritz.block_statistics("read a", ["size"])')).toContain(
      'statistics: expected among lambda_max, ',
    );
    expect(await said('ritz.ritz_vectors("read a", 3)')).toBe(
      "The run has no hessian spectrum of block 'all' at step 3.",
    );
    expect(await said('ritz.query("{ nothing }")')).toContain('Cannot query field');
  });

  describePythonWith('numpy')('with numpy', () => {
    it('gets arrays, with NaN for what is not known', async () => {
      const { code, stdout, stderr } = await runPython(
        `import numpy, ritz
${read}
course, = ritz.trajectories("read a")
print(compared.density.shape, compared.density.dtype, course.step.dtype, course.overlap["full_batch", 1])
with ritz.init("from numpy", architecture="a", dataset="d", optimiser="o", learning_rate=numpy.float32(0.5), parameter_count=9,
               data_size=numpy.int64(3), config={"a": numpy.arange(2)}, offline=True) as run:
    run.log_step(numpy.int64(1), train_loss=numpy.float32(0.5), epoch=numpy.array(1))
    run.log_lanczos(1, numpy.ones((2, 3), numpy.float32), numpy.ones((2, 2)))
print(open(run.file).read())`,
        { cwd: await temporaryFolder(), environment: { RITZ_URL: platform.url } },
      );
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^\(2, 64\) float64 int64 \[nan 0\.5\]\n/);
      expect(stdout).toContain('"number":1,"trainLoss":0.5,"epoch":1.0}');
      expect(stdout).toContain('"alpha":[1.0,1.0,1.0],"beta":[1.0,1.0]}');
    });
  });
});
