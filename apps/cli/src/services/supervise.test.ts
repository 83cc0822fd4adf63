import { describe, expect, it } from 'vitest';
import { CliError } from '../terminal/cliError.ts';
import type { ServiceProcess } from './serviceProcess.ts';
import { supervise } from './supervise.ts';

/** Services that end when the test says so, and refuse to start as often as it says. */
function services() {
  const running: ((reason: CliError) => void)[] = [];
  const stopped: number[] = [];
  const state = { refusals: 0 };
  const start = (): Promise<ServiceProcess> => {
    if (state.refusals-- > 0) return Promise.reject(new Error('port in use'));
    const number = running.length;
    const failed = new Promise<CliError>((resolve) => running.push(resolve));
    return Promise.resolve({
      name: 'API',
      url: 'http://x',
      failed,
      stop: () => {
        stopped.push(number);
        return Promise.resolve();
      },
    });
  };
  return { start, running, stopped, state };
}

describe('a supervised service', () => {
  it('is started again each time it ends, also when that fails at first', async () => {
    const { start, running, stopped, state } = services();
    const told: string[] = [];
    const { stop } = await supervise({
      start,
      onEnded: ({ message }) => told.push(message),
      onBack: () => told.push('back'),
    });
    running[0]?.(new CliError('killed'));
    await expect.poll(() => running.length).toBe(2);
    state.refusals = 1;
    running[1]?.(new CliError('killed again'));
    await expect.poll(() => running.length, { timeout: 10_000 }).toBe(3);
    expect(told).toEqual(['killed', 'back', 'killed again', 'port in use', 'back']);
    await stop();
    expect(stopped).toEqual([2]);
  });

  it('is not started again once it was stopped', async () => {
    const { start, running } = services();
    const { stop } = await supervise({ start, onEnded: () => undefined, onBack: () => undefined });
    running[0]?.(new CliError('killed'));
    await stop();
    expect(running).toHaveLength(1);
  });

  it('that cannot be started at all is an error', async () => {
    const { start, state } = services();
    state.refusals = 1;
    await expect(supervise({ start, onEnded: () => undefined, onBack: () => undefined })).rejects.toThrow(
      'port in use',
    );
  });
});
