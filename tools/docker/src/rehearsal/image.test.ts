import { describe, expect, it } from 'vitest';
import { readDockerfile } from '../dockerfile.ts';
import { ignoring } from './context.ts';
import { readImage } from './image.ts';

describe('readImage', () => {
  it('tells what runs in an image from what needs an engine', async () => {
    const worker = readImage('worker', await readDockerfile('worker'));
    expect(worker.build[0]).toMatchObject({ keyword: 'COPY', text: '. .', variables: { NX_DAEMON: 'false' } });
    expect(worker.build.map(({ text }) => text)).toContain('npm ci');
    expect(worker).toMatchObject({
      base: 'node:20-bookworm-slim',
      command: ['node', 'apps/cli/bin/ritz.js', 'worker'],
      health: ['node', 'docker/worker-health.mjs'],
      folders: ['/data', '/store'],
      port: null,
    });
    const { port, health } = readImage('api', await readDockerfile('api'));
    expect([port, health.slice(0, 2)]).toEqual([4000, ['node', '-e']]);
  });

  it('leaves out what downloads CUDA, and says so', async () => {
    const gpu = readImage('worker-gpu', await readDockerfile('worker-gpu'));
    expect(gpu.omitted.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['installs packages of the base image', 'downloads TensorFlow for CUDA']),
    );
    // Whatever is left is the worker's.
    expect(gpu.build.map(({ text }) => text)).toEqual(
      readImage('worker', await readDockerfile('worker')).build.map(({ text }) => text),
    );
  });

  it('refuses an instruction that it would skip in silence', () => {
    const steps = [{ keyword: 'ADD', text: 'x y', line: 2 }];
    expect(() => readImage('x', [{ base: 'node:20', name: 'build', steps }])).toThrow(
      'docker/x.Dockerfile, line 2: ADD is not supported.',
    );
  });
});

describe('what is copied', () => {
  it('lacks what .dockerignore names, at the top or anywhere', () => {
    const isIgnored = ignoring(['**/dist', '.git'], 'x.dockerignore');
    expect(['libs/a/dist', 'dist', '.git', 'libs/.git', 'libs/a/dist.ts', ''].map(isIgnored)).toEqual([
      ...[true, true, true],
      ...[false, false, false],
    ]);
    expect(() => ignoring(['*.log'], 'x.dockerignore')).toThrow(
      'x.dockerignore: expected name or **/name, got "*.log".',
    );
  });
});
