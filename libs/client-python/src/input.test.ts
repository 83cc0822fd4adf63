import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '@ritz/testing/vitest';
import { expect, it } from 'vitest';
import { start } from './testing/programs.ts';
import { describePython, evaluate, runPython } from './testing/python.ts';

/** Each is tried on one run; what it raises, or null. */
async function tried(statements: readonly string[]): Promise<(string | null)[]> {
  return evaluate(
    `${start('offline=True')}
said = []
for statement in json.loads(os.environ["STATEMENTS"]):
    try:
        exec(statement)
        said.append(None)
    except ritz.RitzError as error:
        said.append(str(error))
print(json.dumps(said))`,
    { cwd: await temporaryFolder(), environment: { STATEMENTS: JSON.stringify(statements) } },
  );
}

const wrong: readonly (readonly [string, string])[] = [
  ['run.log_step(-1, epoch=1)', 'log_step.step: expected an integer from 0 to 2147483647, got -1.'],
  ['run.log_step(1.5, epoch=1)', 'log_step.step: expected an integer, got 1.5.'],
  ['run.log_step("1", epoch=1)', "log_step.step: expected an integer, got '1'."],
  ['run.log_step(True, epoch=1)', 'log_step.step: expected an integer, got True.'],
  ['run.log_step(1, loss=1)', "log_step: unknown field 'loss'; expected one of epoch, train_loss, train_accuracy,"],
  ['run.log_step(1, train_loss="1")', "log_step.train_loss: expected one real number, got '1'."],
  ['run.log_step(1, train_loss=[1, 2])', 'log_step.train_loss: expected one real number, got [1, 2].'],
  ['run.log_lanczos(1, alpha, beta[:1])', 'log_lanczos.beta: expected 2 probes, as alpha has, got 1.'],
  [
    'run.log_lanczos(1, [1.0, 2.0], [1.0, 2.0, 3.0])',
    'log_lanczos.beta[0]: expected 1 or 2 numbers, as alpha[0] has 2, got 3.',
  ],
  ['run.log_lanczos(1, [], [])', 'log_lanczos.alpha[0]: expected at least one number, got an empty one.'],
  [
    'run.log_lanczos(1, [alpha], [beta])',
    'log_lanczos.alpha: expected [m], or [k][m] for k probes, got three or more axes',
  ],
  [
    'run.log_lanczos(1, [[1.0], 2.0], beta)',
    'log_lanczos.alpha[1]: expected a list of numbers, as for the other probes, got 2.0',
  ],
  [
    'run.log_lanczos(1, 3.0, beta)',
    'log_lanczos.alpha: expected a list of numbers, or one list for each probe, got 3.0.',
  ],
  ['run.log_lanczos(1, ["x"], [])', "log_lanczos.alpha[0][0]: expected one real number, got 'x'."],
  ['run.log_lanczos(1, [1 + 2j], [])', 'log_lanczos.alpha[0][0]: expected one real number, got (1+2j).'],
  ['run.log_lanczos(1, alpha, beta, sead=1)', "log_lanczos: unknown field 'sead'; expected one of operator, block,"],
  [
    'run.log_lanczos(1, alpha, beta, operator="banana")',
    "operator: expected one of hessian, ggn, residual, fisher, gradient_covariance, got 'banana'.",
  ],
  [
    'run.log_lanczos(1, alpha, beta, lanczos_steps=2)',
    'log_lanczos.lanczos_steps: expected at least 3, as a probe has that many, got 2.',
  ],
  ['run.log_lanczos(1, alpha, beta, seconds=float("inf"))', 'seconds: expected a finite number, got inf.'],
  ['run.log_ritz(1, [1.0, 2.0], [0.5])', 'log_ritz.weights[0]: expected 2 numbers, as nodes[0] has 2, got 1.'],
  [
    'run.log_ritz(1, [1.0, 2.0], [0.5, 0.1])',
    'log_ritz.weights[0]: expected weights of at least 0 that sum to 1, got the sum 0.6.',
  ],
  [
    'run.log_gradient_overlap(1, k=0, fraction=0.5)',
    'log_gradient_overlap.k: expected an integer from 1 to 2147483647, got 0.',
  ],
  ['run.log_gradient_overlap(1, k=1, fraction=1.5)', 'fraction: expected a number from 0 to 1, got 1.5.'],
  ['run.finish("done")', "finish.status: expected one of finished, failed, interrupted, got 'done'."],
  [
    'ritz.init("b", dataset="d", optimiser="o", learning_rate=1)',
    'init: expected architecture, got none. What differs',
  ],
  [
    'ritz.init("b", architecture="a", dataset="d", optimiser="o")',
    'init: expected schedule (or learning_rate), got none.',
  ],
  ['ritz.init("b", architecture="a", dataset="d", optimiser="o", learning_rate=1, lr=1)', "init: unknown field 'lr'"],
  [
    'ritz.init(" ", architecture="a", dataset="d", optimiser="o", learning_rate=1)',
    'init.name: expected a name, got an empty one',
  ],
  [
    'ritz.init("b", architecture="a", dataset="d", optimiser="o", schedule={"kind": "step", "initial": 1, "step": 2})',
    "init.schedule: unknown field 'step'. Give, for example,",
  ],
  [
    'ritz.init("b", architecture="a", dataset="d", optimiser="o", learning_rate=1, config={"a": {"b": object}})',
    'init.config.a.b: expected text, numbers, or lists and dictionaries of them, got a type.',
  ],
  [
    'ritz.init("b", architecture="a", dataset="d", optimiser="o", learning_rate=1, id="7")',
    "init.id: expected a UUID, or none for a new run, got '7'.",
  ],
  [
    'ritz.init("b", architecture="a", dataset="d", optimiser="o", learning_rate=1, offline=False, url="localhost:4000")',
    "url (or RITZ_URL): expected an address such as http://127.0.0.1:4000, got 'localhost:4000'.",
  ],
  ['ritz.init("b", architecture="a", dataset="d", optimiser="o", learning_rate=1, id=run.id)', 'exists in ritz-runs'],
  [
    'ritz.init("b", architecture="a", dataset="d", optimiser="o", learning_rate=1, offline=False, token="a b")',
    'token (or RITZ_TOKEN) holds characters that no token has. `ritz token create` prints one.',
  ],
  ['ritz.sync("nowhere.jsonl")', 'nowhere.jsonl: no such file or directory.'],
  ['ritz.distances(run, "l2")', "metric: expected wasserstein1 or l1 or jensen_shannon, got 'l2'."],
  [
    'ritz.runs(url="http://127.0.0.1:1")',
    'http://127.0.0.1:1 does not answer (Connection refused). Is the API running',
  ],
];

describePython('wrong calls from Python', () => {
  it('say what was expected and what was given, and leave the run as it is', async () => {
    const said = await tried(wrong.map(([statement]) => statement));
    said.forEach((message, at) => expect(message, wrong[at]?.[0]).toContain(wrong[at]?.[1]));
  });

  it('to functions of the module need one active run, and none after its end', async () => {
    const other = 'ritz.init("other", architecture="a", dataset="d", optimiser="o", learning_rate=1)';
    expect(
      await tried([
        `second = ${other}`,
        'ritz.log_step(1, epoch=1)',
        'second.finish()',
        'ritz.log_step(1, epoch=1)',
        'run.finish()',
        'run.finish()',
        'run.finish("failed")',
        'run.log_step(2, epoch=1)',
        'ritz.log_step(2, epoch=1)',
        'ritz.finish()',
      ]),
    ).toEqual([
      null,
      "ritz.log_step: expected one active run, got 2: 'a run' and 'other'. Call the method of the one that is meant.",
      null,
      null,
      null,
      null,
      "Run 'a run' has ended as finished; it cannot end as failed too.",
      "Run 'a run' has ended as finished; nothing can be logged to it.",
      'ritz.log_step: expected an active run, got none. Start one with ritz.init.',
      null,
    ]);
  });

  it('numbers that are not finite are left out and told, and the training goes on', async () => {
    const cwd = await temporaryFolder();
    const { code, stderr } = await runPython(
      `${start('offline=True')}
nan = float("nan")
run.log_step(1, train_loss=nan, epoch=1)
run.log_step(2, train_loss=float("inf"), epoch=2)
alpha[1][2] = nan
run.log_lanczos(1, alpha, beta)
run.log_gradient_overlap(1, k=1, fraction=nan)
run.finish()`,
      { cwd },
    );
    expect(code).toBe(0);
    expect(stderr.trimEnd().split('\n')).toEqual([
      "WARNING train_loss is nan at step 1 of 'a run'; it is left out there. (Said once.)",
      "ERROR alpha[1][2] is nan: the spectrum at step 1 of 'a run' cannot be stored.",
      "WARNING The gradient overlap at step 1 of 'a run' is nan; it is left out.",
    ]);
    const [file = ''] = await readdir(path.join(cwd, 'ritz-runs'));
    const lines = (await readFile(path.join(cwd, 'ritz-runs', file), 'utf8')).trimEnd().split('\n');
    expect(lines.slice(1, 3).map((line) => JSON.parse(line) as object)).toMatchObject([
      { number: 1, epoch: 1 },
      { number: 2, epoch: 2 },
    ]);
    expect(lines).toHaveLength(4);
  });
});
