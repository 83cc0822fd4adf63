import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { probes, runs, spectra, steps } from '@ritz/database';
import { temporaryFolder } from '@ritz/testing/vitest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPlatform, type Platform } from './testing/platform.ts';
import { start } from './testing/programs.ts';
import { describePython, evaluate, runPython, startPython } from './testing/python.ts';

describePython('recording a run from Python', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => platform.stop());

  const place = async () => ({ cwd: await temporaryFolder(), environment: { RITZ_URL: platform.url } });

  it('stores everything that was logged, to the last bit', async () => {
    const id = await evaluate<string>(
      `${start('config={"batch": 64, "nested": {"list": (1, "two", None)}}, tags=["b", "a"], classes=10, seed=2**40')}
ritz.log_step(0, train_loss=1/3, epoch=0)
run.log_step(10, train_loss=0.1 + 0.2, learning_rate=0.1)
run.log_step(10, test_accuracy=0.5)
run.log_gradient_overlap(10, k=2, fraction=0.75)
run.log_lanczos(10, alpha, beta, precision="float64", seed=7, seconds=1.5)
ritz.log_gradient_overlap(10, k=3, fraction=0.875, gradient="mini_batch")
run.log_lanczos(10, [1.0, -2.5e-310], [5e-324], operator="ggn", block="conv1")
run.log_ritz(20, [[-1.0, 3.0]], [[0.25, 0.75]])
ritz.finish()
ritz.finish()
run.finish()
print(json.dumps(run.id))`,
      await place(),
    );
    expect(await runs.get(platform.database, id)).toMatchObject({
      name: 'a run',
      projectName: 'default',
      status: 'finished',
      schedule: { kind: 'constant', initial: 0.1 },
      config: { batch: 64, nested: { list: [1, 'two', null] } },
      tags: ['a', 'b'],
      seed: 2 ** 40,
      engine: 'python',
    });
    expect(await steps.history(platform.database, id)).toMatchObject({
      number: [0, 10, 20],
      trainLoss: [1 / 3, 0.1 + 0.2, null],
      testAccuracy: [null, 0.5, null],
      learningRate: [null, 0.1, null],
    });
    const [measured = []] = await spectra.byRuns(platform.database, [id]);
    expect(measured).toMatchObject([
      { stepNumber: 10, operator: 'hessian', block: 'all', lanczosSteps: 3, probeCount: 2, seed: 7, seconds: 1.5 },
      { stepNumber: 10, operator: 'ggn', block: 'conv1', lanczosSteps: 2, hvpCount: 2, dataSize: 64 },
      { stepNumber: 20, parameterCount: 1000, precision: 'float32' },
    ]);
    const stored = await probes.bySpectra(
      platform.database,
      measured.map((one) => one.id),
    );
    expect(stored[0]).toMatchObject([{ alpha: [2, 1, 0.5], beta: [1, 0.5, 0.125] }, { alpha: [1.5, 1.25, 0.25] }]);
    expect(stored[1]).toMatchObject([{ alpha: [1, -2.5e-310], beta: [5e-324] }]);
    expect(stored[2]).toMatchObject([{ nodes: [-1, 3], weights: [0.25, 0.75] }]);
    const { node } = await platform.query<{ node: { gradientOverlap: object[] } }>(
      'query ($id: ID!) { node(id: $id) { ... on Spectrum { gradientOverlap { k gradient fraction } } } }',
      { id: measured[0]?.id },
    );
    expect(node.gradientOverlap).toEqual([
      { k: 2, gradient: 'FULL_BATCH', fraction: 0.75 },
      { k: 3, gradient: 'MINI_BATCH', fraction: 0.875 },
    ]);
  });

  it('keeps a file that is sent later, once, by either command', async () => {
    const { cwd, environment } = await place();
    const offline = { cwd, environment: { ...environment, RITZ_OFFLINE: '1' } };
    const program = `${start()}
for step in range(1200):
    run.log_step(step, train_loss=1 / (step + 1))
run.log_lanczos(5, alpha, beta)
run.finish()
print(json.dumps(run.id))`;
    const id = await evaluate<string>(program, offline);
    await expect(runs.get(platform.database, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const sync = () => startPython(['-m', 'ritz', 'sync'], { cwd, environment }).ended;
    expect(await sync()).toEqual({
      code: 0,
      stdout: '1 file: 1202 new, 1 completed, 0 already stored.\n',
      stderr: '',
    });
    expect((await sync()).stdout).toBe('1 file: 0 new, 0 completed, 0 already stored.\n');
    const text = await readFile(path.join(cwd, 'ritz-runs', `${id}.jsonl`), 'utf8');
    const response = await fetch(`${platform.url}/ingest`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: text,
    });
    expect((await response.text()).trimEnd().split('\n').at(-1)).toBe(
      '{"status":"DONE","CREATED":0,"UPDATED":0,"UNCHANGED":1203,"REFUSED":0}',
    );
    expect((await steps.history(platform.database, id)).number).toHaveLength(1200);
  });

  it('takes lines of several threads and processes whole', async () => {
    const where = await place();
    const id = randomUUID();
    const program = (from: number, end: string) => `${start(`id="${id}"`)}
def log(first):
    for step in range(first, first + 200):
        run.log_step(step, train_loss=step)
threads = [threading.Thread(target=log, args=(${String(from)} + 200 * at,)) for at in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
run.log_lanczos(${String(from)}, alpha, beta)
run.${end}()`;
    const both = await Promise.all([runPython(program(0, 'close'), where), runPython(program(1000, 'close'), where)]);
    expect(both).toEqual([0, 1].map(() => ({ code: 0, stdout: '', stderr: '' })));
    expect(await readdir(path.join(where.cwd, 'ritz-runs'))).toEqual([`${id}.jsonl`, `${id}.jsonl.pushed`]);
    const lines = (await readFile(path.join(where.cwd, 'ritz-runs', `${id}.jsonl`), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { kind: string }).kind).sort()).toEqual([
      'run',
      ...Array.from({ length: 2 }, () => 'spectrum'),
      ...Array.from({ length: 1600 }, () => 'step'),
    ]);
    expect((await steps.history(platform.database, id)).number).toHaveLength(1600);
    expect((await runs.get(platform.database, id)).status).toBe('running');
  });

  it('goes on with the run of an id, not with other settings, nor after its end', async () => {
    const where = await place();
    const id = randomUUID();
    await runPython(`${start(`id="${id}"`)}\nrun.log_step(1, train_loss=1)`, where);
    expect((await runs.get(platform.database, id)).status).toBe('interrupted');
    const other = await runPython(start(`id="${id}", seed=1, classes=3`), where);
    expect(other.stderr).toMatch(/RitzError: Run .* exists in .* with other values of classes, seed\. A run keeps its/);
    expect(await runPython(`${start(`id="${id}"`)}\nrun.log_step(2, train_loss=0.5)\nrun.finish()`, where)).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
    expect(await steps.history(platform.database, id)).toMatchObject({ number: [1, 2], trainLoss: [1, 0.5] });
    expect((await runs.get(platform.database, id)).status).toBe('finished');
    expect((await runPython(start(`id="${id}"`), where)).stderr).toContain('has ended');
  });

  it('rewinds a run that goes back, said beforehand or seen by other values, and never splices', async () => {
    const where = await place();
    const id = randomUUID();
    const first = await runPython(
      `${start(`id="${id}"`)}
for step in (1, 2, 3, 4):
    run.log_step(step, train_loss=1/step)
run.log_lanczos(3, alpha, beta)
run.rewind(2)
run.log_step(3, train_loss=0.25)
run.log_lanczos(3, alpha, beta)
run.log_step(4, train_loss=0.125)`,
      where,
    );
    expect(first).toEqual({ code: 0, stdout: '', stderr: '' });
    const curve = async () => {
      const { number, trainLoss } = await steps.history(platform.database, id);
      return number.map((one, at) => [one, trainLoss[at]]);
    };
    expect(await curve()).toEqual([
      [1, 1],
      [2, 0.5],
      [3, 0.25],
      [4, 0.125],
    ]);
    expect((await spectra.byRuns(platform.database, [id]))[0]).toHaveLength(1);

    const again = await runPython(
      `${start(`id="${id}"`)}\nrun.log_step(3, train_loss=0.25)\nrun.log_step(4, train_loss=0.0625)\nrun.finish()`,
      where,
    );
    expect(again.stderr).toMatch(/^WARNING 'a run' went back to step 4, .* rewound to step 3\./);
    expect(await curve()).toEqual([
      [1, 1],
      [2, 0.5],
      [3, 0.25],
      [4, 0.0625],
    ]);
    const { items } = await runs.list(platform.database, { filter: { parentId: id, superseded: true } });
    expect(items.map(({ parentStep }) => parentStep).sort()).toEqual([2, 3]);

    await rm(path.join(where.cwd, 'ritz-runs', `${id}.jsonl.pushed`));
    const pushed = await evaluate<unknown>(
      'import json, ritz\nsynced = ritz.sync()\nprint(json.dumps([synced.created, synced.refused]))',
      where,
    );
    expect(pushed).toEqual([0, []]);
    expect((await curve()).at(-1)).toEqual([4, 0.0625]);
  });

  it('records a fork with its parent', async () => {
    const [parent, fork] = await evaluate<[string, string]>(
      `${start()}run.log_step(5, train_loss=1)
fork = ritz.init("a fork", architecture="mlp", dataset="mnist", optimiser="sgd", learning_rate=0.01, fork_of=(run, 5))
again = ritz.init("another", architecture="mlp", dataset="mnist", optimiser="sgd", learning_rate=0.01, fork_of=(run.id, 5))
[one.finish() for one in (run, fork, again)]
print(json.dumps([run.id, fork.id]))`,
      await place(),
    );
    expect(await runs.get(platform.database, fork)).toMatchObject({ parentId: parent, parentStep: 5 });
    const refused = await runPython(start('fork_of="nonsense"'), await place());
    expect(refused.stderr).toContain('expected a run (or its id) and a step, got');
  });

  it.each([
    ['nothing', 'pass', 'interrupted', 0],
    ['an exception', 'raise ValueError("x")', 'failed', 1],
    ['Ctrl-C', 'raise KeyboardInterrupt', 'interrupted', 130],
    ['an exception in its block', 'with run:\n    1 / 0', 'failed', 1],
    ['the end of its block', 'with run:\n    run.log_step(2, train_loss=1)', 'finished', 0],
    [
      'sys.exit in a fork',
      'if os.fork() == 0:\n    run.log_step(7, epoch=1)\n    sys.exit(0)\nos.wait()\nrun.finish()',
      'finished',
      0,
    ],
  ])('a process that ends by %s leaves a run that says so', async (_what, code, status, exit) => {
    const ended = await runPython(`${start()}print(json.dumps(run.id), flush=True)\n${code}`, await place());
    expect([exit, exit === 130 ? -2 : exit, null]).toContain(ended.code);
    expect((await runs.get(platform.database, JSON.parse(ended.stdout) as string)).status).toBe(status);
  });
});
