import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { runs, steps, tokens, type NewToken } from '@ritz/database';
import { temporaryFolder } from '@ritz/testing/vitest';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startPlatform, type Platform } from './testing/platform.ts';
import { start } from './testing/programs.ts';
import { describePython, runPython, startPython, type PythonOptions } from './testing/python.ts';

describePython('what goes wrong while a run is recorded', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => platform.stop());

  const place = async () => ({ cwd: await temporaryFolder(), environment: { RITZ_URL: platform.url } });
  const sync = (where: PythonOptions) => startPython(['-m', 'ritz', 'sync'], where).ended;

  it('a server that is down holds nothing up, is told once, and gets everything later', async () => {
    const where = await place();
    await platform.stopApi();
    const { code, stdout, stderr } = await runPython(
      `${start()}
began = time.perf_counter()
for step in range(500):
    run.log_step(step, train_loss=step)
    run.log_lanczos(step, alpha, beta)
took = time.perf_counter() - began
time.sleep(1.5)
run.finish()
print(json.dumps([run.id, took]))`,
      where,
    );
    const [id, took] = JSON.parse(stdout) as [string, number];
    expect(code).toBe(0);
    // A single attempt to connect with time to wait would already take longer.
    expect(took).toBeLessThan(30);
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(
        /^WARNING http:.* does not answer \(Connection refused\)\. Everything is kept in ritz-runs/,
      ),
      expect.stringMatching(/^WARNING Not all of 'a run' was sent\. `python -m ritz sync ritz-runs.*` sends the rest/),
    ]);
    expect(await sync(where)).toMatchObject({ code: 1, stderr: expect.stringContaining('5 times in a row') });
    await platform.startApi();
    expect((await sync(where)).stdout).toBe('1 file: 1001 new, 1 completed, 0 already stored.\n');
    expect((await steps.history(platform.database, id)).number).toHaveLength(500);
    expect((await runs.get(platform.database, id)).status).toBe('finished');
  });

  it('a server that goes away and comes back gets everything without being asked', async () => {
    const where = await place();
    const running = startPython(
      [
        '-c',
        `${start()}
run.log_step(1, train_loss=1)
print(run.id, run.flush(), flush=True)
sys.stdin.readline()
run.log_step(2, train_loss=2)
print("second", run.flush(), flush=True)
sys.stdin.readline()
run.log_step(3, train_loss=3)
while run._sender.pusher.pending:
    time.sleep(0.05)
print("third", flush=True)
sys.stdin.readline()`,
      ],
      where,
    );
    await running.printed('True\n');
    await platform.stopApi();
    running.child.stdin?.write('\n');
    await running.printed('second False');
    await platform.startApi();
    running.child.stdin?.write('\n');
    await running.printed('third');
    running.child.kill('SIGKILL');
    const { stdout, stderr } = await running.ended;
    expect(stderr).toMatch(/^WARNING .*\nINFO http.* answers again\.\n$/);
    expect((await steps.history(platform.database, stdout.slice(0, 36))).number).toEqual([1, 2, 3]);
  });

  it('a process that is killed, even in the middle of a line, loses nothing that was logged', async () => {
    const where = { ...(await place()), environment: { RITZ_OFFLINE: '1', RITZ_URL: platform.url } };
    const killed = await runPython(
      `${start()}
for step in range(100):
    run.log_step(step, train_loss=step)
with open(run.file, "a") as file:
    file.write('{"v":1,"kind":"st')
print(run.id, flush=True)
os.kill(os.getpid(), 9)`,
      where,
    );
    const id = killed.stdout.trim();
    expect((await runPython(`${start(`id="${id}"`)}\nrun.log_step(100, train_loss=1)\nrun.finish()`, where)).code).toBe(
      0,
    );
    expect(await sync(where)).toEqual({
      code: 0,
      stdout: '1 file: 102 new, 1 completed, 0 already stored.\n',
      stderr: '',
    });
    expect((await steps.history(platform.database, id)).number).toHaveLength(101);
  });

  // A limit on the size of files: the kernel cuts the write that passes it and refuses the next, as a full disk does.
  const full = `
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
`;

  it('a full disk is told once; what waits is written when there is room', async () => {
    const where = await place();
    const { stdout, stderr } = await runPython(
      `${start('offline=True')}${full}
run.log_step(0, train_loss=0)
limit(run.file.stat().st_size + 100)
for step in range(1, 50):
    run.log_step(step, train_loss=step)
print(run.id)
limit(resource.RLIM_INFINITY)
run.log_step(50, train_loss=50)
run.finish()`,
      where,
    );
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^ERROR ritz-runs.* cannot be written \(File too large\)\. Records are kept in memory/),
      expect.stringMatching(/^WARNING ritz-runs.* can be written again; nothing was lost\./),
    ]);
    const lines = (await readFile(path.join(where.cwd, 'ritz-runs', `${stdout.trim()}.jsonl`), 'utf8')).split('\n');
    expect(lines.slice(1, -2).map((line) => (JSON.parse(line) as { number: number }).number)).toEqual(
      Array.from({ length: 51 }, (_, step) => step),
    );
  });

  it('a disk that stays full loses nothing while the server answers, and says so where it does not', async () => {
    const program = (settings: string) => `${start(settings)}${full}
limit(run.file.stat().st_size + 30)
for step in range(50):
    run.log_step(step, train_loss=step)
print(run.id)
run.finish()`;
    const sent = await runPython(program(''), await place());
    expect(sent.code).toBe(0);
    const id = sent.stdout.trim();
    expect((await steps.history(platform.database, id)).number).toHaveLength(50);
    expect((await runs.get(platform.database, id)).status).toBe('finished');
    const kept = await runPython(program('offline=True'), await place());
    expect(kept.code).toBe(1);
    expect(kept.stderr).toMatch(
      /51 records of 'a run' are neither in ritz-runs.* \(File too large\) nor sent \(nothing is/,
    );
  });

  it('lines that contradict what is stored are refused one by one, and told', async () => {
    const { code, stdout, stderr } = await runPython(
      `${start()}
run.log_step(1, train_loss=1)
run.log_step(1, train_loss=2)
run.log_lanczos(1, alpha, beta)
run.log_lanczos(1, beta, alpha)
run.log_gradient_overlap(5, k=1, fraction=0.5)
run.finish()
print(run.id)`,
      await place(),
    );
    expect(code).toBe(0);
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/line refused \(CONFLICT\): trainLoss: expected 1, which .* for step 1, got 2\./),
      expect.stringMatching(/line refused \(CONFLICT\): Spectrum .* exists with other values of probes/),
      expect.stringMatching(/line refused \(NOT_FOUND\): .* no hessian spectrum of block "all" at step 5/),
    ]);
    expect((await steps.history(platform.database, stdout.trim())).trainLoss).toEqual([1]);
  });

  // The last: from the first token on the API asks everyone for one.
  it.each([
    ['wrong', /answered 401: .* Set RITZ_TOKEN to a token of that server/],
    ['missing', /answered 401/],
    ['for reading', /answered 403/],
    ['for another project', /refused the run: .*elsewhere/],
  ])('a token that is %s is told once, loses nothing, and is mended by another', async (kind, message) => {
    const make = async (changes: Partial<NewToken>): Promise<string> =>
      (await tokens.create(platform.database, { name: kind, scope: 'write', ...changes })).secret;
    const good = await make({});
    // The API looks again whether there are tokens after a second.
    await vi.waitFor(async () => {
      expect((await fetch(`${platform.url}/graphql?query={__typename}`)).status).toBe(401);
    }, 10_000);
    const secrets: Readonly<Record<string, string | undefined>> = {
      wrong: 'wrong-secret',
      'for reading': await make({ scope: 'read' }),
      'for another project': await make({ project: 'elsewhere' }),
    };
    const where = await place();
    const token = secrets[kind];
    const environment = { ...where.environment, ...(token && { RITZ_TOKEN: token }) };
    const program = `${start()}\nrun.log_step(1, train_loss=1)\nrun.finish()\nprint(run.id)`;
    const { code, stdout, stderr } = await runPython(program, { ...where, environment });
    expect(code).toBe(0);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    if (token) expect(stderr).not.toContain(token);
    expect(await sync({ ...where, environment: { ...where.environment, RITZ_TOKEN: good } })).toEqual({
      code: 0,
      stdout: '1 file: 2 new, 1 completed, 0 already stored.\n',
      stderr: '',
    });
    expect((await runs.get(platform.database, stdout.trim())).status).toBe('finished');
  });
});
