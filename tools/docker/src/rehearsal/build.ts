/** The build stages of several images, each in a folder of its own; steps that images have in common are run once. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { copyContext } from './context.ts';
import type { BuildStep, Image, Variables } from './image.ts';

/** @returns the folder that stands for `/ritz` of each image, by name. Throws an Error at the first step that fails. */
export async function build(images: readonly Image[], folder: string): Promise<ReadonlyMap<string, string>> {
  const built = new Map<string, string>();
  await buildFrom(images, 0, null, { folder, built });
  return built;
}

interface Site {
  readonly folder: string;
  readonly built: Map<string, string>;
}

/** Images whose first `done` steps are the same, and were run in `from`. */
async function buildFrom(images: readonly Image[], done: number, from: string | null, site: Site): Promise<void> {
  const names = images.map(({ name }) => name);
  const here = path.join(site.folder, names.join('+'), 'ritz');
  await mkdir(path.dirname(here), { recursive: true });
  if (from !== null) await rename(from, here);
  let next = done;
  for (let step = images[0]?.build[next]; step && agree(images, next); step = images[0]?.build[++next]) {
    await runStep(step, names, here);
  }
  const finished = images.filter(({ build: steps }) => steps.length === next);
  for (const { name } of finished) site.built.set(name, here);
  const keys = [...new Set(images.flatMap((image) => keyOf(image.build[next]) ?? []))];
  for (const [index, key] of keys.entries()) {
    let start = here;
    // The last may have the folder itself, unless it is somebody's.
    if (index < keys.length - 1 || finished.length > 0) {
      start = `${here}.copy`;
      await cp(here, start, { recursive: true, verbatimSymlinks: true });
    }
    const group = images.filter((image) => keyOf(image.build[next]) === key);
    await buildFrom(group, next, start, site);
  }
}

function keyOf(step: BuildStep | undefined): string | null {
  return step ? JSON.stringify([step.keyword, step.text, step.variables]) : null;
}

function agree(images: readonly Image[], index: number): boolean {
  return new Set(images.map((image) => keyOf(image.build[index]))).size === 1;
}

async function runStep(
  { keyword, text, variables }: BuildStep,
  names: readonly string[],
  folder: string,
): Promise<void> {
  const started = performance.now();
  console.log(`\n${names.join(', ')}: ${keyword} ${text}`);
  if (keyword === 'COPY') {
    if (text !== '. .') throw new Error(`COPY ${text}: expected "COPY . ." in the stage "build".`);
    await copyContext(names[0] ?? '', folder);
  } else {
    const child = spawn('/bin/sh', ['-c', text], { cwd: folder, env: bare(folder, variables), stdio: 'inherit' });
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    if (code !== 0) throw new Error(`${names.join(', ')}: "${text}" ended with ${code ?? signal ?? ''}.`);
  }
  console.log(`  ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

/** Nothing of this machine's environment but where its programs and npm's downloads are. */
function bare(folder: string, variables: Variables): Record<string, string> {
  const { PATH = '', HOME = folder } = process.env;
  return {
    PATH: PATH.split(':')
      .filter((entry) => !entry.includes('node_modules'))
      .join(':'),
    HOME,
    ...variables,
  };
}
