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
  ['run.log_step(-1, epoch=1)', 'log_step: step is -1; a whole number from 0 to 2147483647 is expected.'],
  ['run.log_step(1.5, epoch=1)', 'log_step: step is 1.5; a whole number is expected.'],
  ['run.log_step("1", epoch=1)', "log_step: step is '1'; a whole number is expected."],
  ['run.log_step(True, epoch=1)', 'log_step: step is True; a whole number is expected.'],
  ['run.log_step(1, loss=1)', "log_step: 'loss' is not known; expected of epoch, train_loss, train_accuracy,"],
  ['run.log_step(1, train_loss="1")', "log_step: train_loss is '1'; one real number is expected."],
  ['run.log_step(1, train_loss=[1, 2])', 'log_step: train_loss is [1, 2]; one real number is expected.'],
  ['run.log_lanczos(1, alpha, beta[:1])', 'log_lanczos: alpha is of 2 probes and beta of 1; as many of each'],
  ['run.log_lanczos(1, [1.0, 2.0], [1.0, 2.0, 3.0])', 'beta[0] has 3 numbers; 1 or 2 are expected for 2 of alpha[0].'],
  ['run.log_lanczos(1, [], [])', 'log_lanczos: alpha[0] is empty; at least one number is expected.'],
  ['run.log_lanczos(1, [alpha], [beta])', 'log_lanczos: alpha has three or more axes; [m], or [k][m] for k probes'],
  ['run.log_lanczos(1, [[1.0], 2.0], beta)', 'log_lanczos: alpha[1] is 2.0; a list of numbers is expected'],
  ['run.log_lanczos(1, 3.0, beta)', 'log_lanczos: alpha is 3.0; a list of numbers, or one list for each probe,'],
  ['run.log_lanczos(1, ["x"], [])', "log_lanczos: alpha[0][0] is 'x'; one real number is expected."],
  ['run.log_lanczos(1, [1 + 2j], [])', 'log_lanczos: alpha[0][0] is (1+2j); one real number is expected.'],
  ['run.log_lanczos(1, alpha, beta, sead=1)', "log_lanczos: 'sead' is not known; expected of operator, block,"],
  [
    'run.log_lanczos(1, alpha, beta, operator="banana")',
    "operator is 'banana'; hessian or ggn or residual or fisher or gradient_covariance is expected.",
  ],
  ['run.log_lanczos(1, alpha, beta, lanczos_steps=2)', 'lanczos_steps is 2, but a probe has 3.'],
  ['run.log_lanczos(1, alpha, beta, seconds=float("inf"))', 'seconds is inf; a finite number is expected.'],
  ['run.log_ritz(1, [1.0, 2.0], [0.5])', 'log_ritz: weights[0] has 1 numbers; 2 are expected for 2 of nodes[0].'],
  ['run.log_ritz(1, [1.0, 2.0], [0.5, 0.1])', 'weights[0] must not be negative and sum to 1; their sum is 0.6.'],
  ['run.log_gradient_overlap(1, k=0, fraction=0.5)', 'log_gradient_overlap: k is 0; a whole number from 1 to'],
  ['run.log_gradient_overlap(1, k=1, fraction=1.5)', 'fraction is 1.5; a number from 0 to 1 is expected.'],
  ['run.finish("done")', "finish: status is 'done'; finished or failed or interrupted is expected."],
  ['ritz.init("b", dataset="d", optimiser="o", learning_rate=1)', 'init: architecture is missing; what differs'],
  ['ritz.init("b", architecture="a", dataset="d", optimiser="o")', 'init: schedule (or learning_rate) is missing'],
  ['ritz.init("b", architecture="a", dataset="d", optimiser="o", learning_rate=1, lr=1)', "init: 'lr' is not known"],
  ['ritz.init(" ", architecture="a", dataset="d", optimiser="o", learning_rate=1)', 'init: name is empty; a name'],
  [
    'ritz.init("b", architecture="a", dataset="d", optimiser="o", schedule={"kind": "step", "initial": 1, "step": 2})',
    "init: schedule: 'step' is not known; expected such as",
  ],
  [
    'ritz.init("b", architecture="a", dataset="d", optimiser="o", learning_rate=1, config={"a": {"b": object}})',
    'init: config.a.b is a type; text, numbers, lists and dictionaries of them are expected.',
  ],
  ['ritz.init("b", architecture="a", dataset="d", optimiser="o", learning_rate=1, id="7")', "init: id is '7'; a UUID"],
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
  it('say what was given, what is expected, and leave the run as it is', async () => {
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
      "ritz.log_step: 2 runs are active, 'a run' and 'other'. Call the method of the one that is meant.",
      null,
      null,
      null,
      null,
      "Run 'a run' has ended as finished; it cannot end as failed too.",
      "Run 'a run' has ended as finished; nothing can be logged to it.",
      'ritz.log_step: no run is active. Start one with ritz.init.',
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
