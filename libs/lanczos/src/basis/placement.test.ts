import { spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { place, type PlacementOptions } from './placement.ts';

const options: PlacementOptions = {
  dimension: 1000,
  rows: 10,
  precision: 'float32',
  probes: 5,
  memory: 3 * 40_000,
  scratch: undefined,
};

describe('place', () => {
  it('runs as many probes at once as fit the memory, in groups of about equal size', () => {
    expect(place(options)).toEqual({ size: 3, inFile: false });
    expect(place({ ...options, memory: 1e9 })).toEqual({ size: 5, inFile: false });
    expect(place({ ...options, memory: 40_000 })).toEqual({ size: 1, inFile: false });
  });

  it('takes the file only for a basis that does not fit the memory', () => {
    const scratch = { directory: os.tmpdir(), bytes: 2 * 40_000 };
    expect(place({ ...options, scratch })).toEqual({ size: 3, inFile: false });
    expect(place({ ...options, memory: 39_999, scratch })).toEqual({ size: 2, inFile: true });
    expect(place({ ...options, memory: 39_999, scratch: { ...scratch, bytes: Infinity } })).toEqual({
      size: 5,
      inFile: true,
    });
    expect(() => place({ ...options, memory: 39_999, scratch: { ...scratch, bytes: 39_999 } })).toThrow(
      'takes 40000 bytes, but only 39999 are allowed in memory and 39999 in a file',
    );
    expect(() => place({ ...options, memory: 39_999 })).toThrow('or name a scratch directory for it');
  });
});

describe('a scratch file in a process', () => {
  it.each([1, 2])(
    'that may not grow is an error that names the directory, leaves nothing there and ends the process: %i threads',
    async (threads) => {
      const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'ritz-scratch-'));
      const script = path.join(directory, 'run.mjs');
      await fs.writeFile(
        script,
        `import { lanczos } from ${JSON.stringify(new URL('../../dist/index.js', import.meta.url).href)};
      const operator = { dimension: 5000, apply: async (vectors) => vectors.map((value, i) => value * (i % 7)) };
      const scratch = { directory: ${JSON.stringify(directory)}, bytes: 1e9 };
      try {
        await lanczos(operator, { steps: 20, probes: 2, seed: 1, memory: 1000, scratch, threads: ${threads} });
      } catch ({ code, message }) {
        console.log(JSON.stringify({ code, message }));
      }`,
      );
      // The shell's unit is 512 or 1024 bytes: far less than 20 rows of 5000 numbers.
      const { stdout } = spawnSync('sh', ['-c', `ulimit -f 24; exec "${process.execPath}" "${script}"`], {
        encoding: 'utf8',
        timeout: 30_000,
      });
      const failure = JSON.parse(stdout) as { code: string; message: string };
      expect(failure.code).toBe('STATE_UNWRITABLE');
      expect(failure.message).toContain(`the Lanczos basis cannot be kept in ${directory}`);
      expect(await fs.readdir(directory)).toEqual(['run.mjs']);
      await fs.rm(directory, { recursive: true });
    },
  );
});
