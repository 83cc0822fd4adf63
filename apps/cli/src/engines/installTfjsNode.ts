/**
 * Installs TensorFlow.js' native engine: its binding, built from the npm package, on the TensorFlow library inside the public wheel for
 * Python. (The package's own installer takes TensorFlow 2.9.1 from a server of its own.)
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { CliError } from '../terminal/cliError.ts';
import { run } from './run.ts';

const binding = '@tensorflow/tfjs-node@4.22.0';
/** The libraries are the same for every Python; this file is known. */
const wheel = {
  requirement: 'tensorflow_cpu==2.21.0',
  file: 'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
  sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  tags: ['--python-version', '3.11', '--platform', 'manylinux_2_27_x86_64', '--only-binary', ':all:'],
};

/** Takes the C library and its headers out of the wheel. */
const unpack = `
import os, re, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    for name in archive.namelist():
        library = re.match(r"tensorflow/(libtensorflow_(?:cc|framework)\\.so\\.2)$", name)
        header = re.match(r"tensorflow/(include/(?:tensorflow/(?:c|core|tsl)|xla/tsl|tsl|absl)/.*\\.(?:h|inc))$", name)
        if not library and not header:
            continue
        target = os.path.join(sys.argv[2], "lib/" + library[1] if library else header[1])
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(archive.read(name))
`;

/** What the binding links to, and what the loader then looks for. */
const links = {
  'libtensorflow.so': 'libtensorflow_cc.so.2',
  'libtensorflow_framework.so': 'libtensorflow_framework.so.2',
} as const;

/**
 * Leaves the package in `directory`, whole or not at all. Throws a CliError that says what is missing or went wrong; `onStage` is told what
 * is done.
 */
export async function installTfjsNode(directory: string, onStage: (stage: string) => void): Promise<void> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    const here = `${process.platform} ${process.arch}`;
    throw new CliError(`engines install tfjs-node: expected Linux on x64, got ${here}. Use onnx-cpu there.`);
  }
  const headers = nodeHeaders();
  for (const tool of ['python3', 'make', 'g++', 'npm']) await run(tool, ['--version'], { needs: tool });
  fs.mkdirSync(path.dirname(directory), { recursive: true });
  const work = fs.mkdtempSync(`${directory}-`);
  try {
    onStage('downloading TensorFlow (274 MB)');
    const downloads = path.join(work, 'wheel');
    const download = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', ...wheel.tags];
    await run('python3', [...download, '--dest', downloads, wheel.requirement], { needs: 'python3-pip' });
    const file = path.join(downloads, wheel.file);
    await requireDigest(file);

    onStage(`installing ${binding}`);
    fs.writeFileSync(path.join(work, 'package.json'), '{ "private": true }\n');
    const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', binding];
    await run('npm', install, { cwd: work });
    const module = path.join(work, 'node_modules/@tensorflow/tfjs-node');
    const dependencies = path.join(module, 'deps');
    for (const made of ['deps', 'lib', 'build']) fs.rmSync(path.join(module, made), { recursive: true, force: true });

    onStage('building the binding');
    await run('python3', ['-c', unpack, file, dependencies]);
    for (const [link, library] of Object.entries(links)) fs.symlinkSync(library, path.join(dependencies, 'lib', link));
    const gyp = path.join((await run('npm', ['root', '--global'])).trim(), 'npm/node_modules/node-gyp/bin/node-gyp.js');
    const target = ['--module_name=tfjs_binding', `--module_path=${path.join(module, 'lib/napi-v8')}`];
    const build = ['rebuild', `--nodedir=${headers}`, ...target, '--napi_build_version=8', '--napi_version=8'];
    await run(process.execPath, [gyp, ...build], { cwd: module });

    fs.rmSync(downloads, { recursive: true });
    fs.rmSync(path.join(dependencies, 'include'), { recursive: true });
    fs.rmSync(directory, { recursive: true, force: true });
    fs.renameSync(work, directory);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

/** The folder above `include/node`. */
function nodeHeaders(): string {
  const prefix = path.dirname(path.dirname(process.execPath));
  if (fs.existsSync(path.join(prefix, 'include/node/node_api.h'))) return prefix;
  throw new CliError(
    `engines install tfjs-node: expected Node's headers in ${prefix}/include/node, found none. ` +
      "Take Node from nodejs.org, or install your distribution's headers (Debian: libnode-dev).",
  );
}

async function requireDigest(file: string): Promise<void> {
  const hash = createHash('sha256');
  for await (const chunk of fs.createReadStream(file)) hash.update(chunk as Buffer);
  const got = hash.digest('hex');
  if (got === wheel.sha256) return;
  throw new CliError(`${path.basename(file)}: expected SHA-256 ${wheel.sha256}, got ${got}. Nothing was installed.`);
}
