/** What a Dockerfile asks for, as far as a machine without a Docker engine can do it. */
import type { Stage, Step } from '../dockerfile.ts';

export type Variables = Readonly<Record<string, string>>;

/** A COPY of the repository or a RUN, with the variables that are set by then. */
export interface BuildStep {
  readonly keyword: 'COPY' | 'RUN';
  readonly text: string;
  readonly line: number;
  readonly variables: Variables;
}

/** A skipped step and the reason. */
interface Omission {
  readonly image: string;
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

export interface Image {
  readonly name: string;
  /** The image that the last stage begins with. */
  readonly base: string;
  /** Of the stage `build`, those that can be run. */
  readonly build: readonly BuildStep[];
  /** Of the last stage: its variables, and folders of its own that its user may write to, relative to the root or to `/ritz`. */
  readonly variables: Variables;
  readonly folders: readonly string[];
  readonly port: number | null;
  readonly command: readonly string[];
  /** Prepended to the arguments of another command. */
  readonly entry: readonly string[];
  readonly health: readonly string[];
  readonly omitted: readonly Omission[];
}

const reasons: readonly [RegExp, string][] = [
  [/\bapt-get\b/, 'installs packages of the base image'],
  [/onnxruntime_node_install=cuda/, "downloads ONNX Runtime's CUDA provider"],
  [/tfjs-node-gpu/, 'downloads TensorFlow for CUDA'],
];

/** Throws an Error for an unsupported instruction. */
export function readImage(name: string, stages: readonly Stage[]): Image {
  const omitted: Omission[] = [];
  const omit = ({ line, keyword, text }: Step, reason: string): void => {
    omitted.push({ image: name, line, text: `${keyword} ${text}`, reason });
  };
  const build: BuildStep[] = [];
  let variables: Variables = {};
  for (const step of stages.find((stage) => stage.name === 'build')?.steps ?? []) {
    const { keyword, text, line } = step;
    const reason = reasons.find(([pattern]) => pattern.test(text))?.[1];
    if (keyword === 'ENV') variables = { ...variables, ...assignments(text) };
    else if (reason !== undefined) omit(step, reason);
    else if (keyword === 'COPY' || keyword === 'RUN') build.push({ keyword, text, line, variables });
    else if (keyword !== 'WORKDIR')
      throw new Error(`docker/${name}.Dockerfile, line ${line}: ${keyword} is not supported.`);
  }
  const last = stages.at(-1)?.steps ?? [];
  const all = (keyword: string): Step[] => last.filter((step) => step.keyword === keyword);
  const [port = null] = all('EXPOSE').map(({ text }) => Number(text));
  const [health = ''] = all('HEALTHCHECK').map(({ text }) => text.slice(text.indexOf('CMD') + 3));
  const list = (keyword: string): string[] => all(keyword).flatMap(({ text }) => JSON.parse(text) as string[]);
  for (const step of all('COPY')) if (!step.text.startsWith('--from=build')) omit(step, 'copies from a base image');
  for (const step of all('RUN')) omit(step, 'needs the user of the base image; its folders are made here');
  return {
    ...{ name, build, port, omitted, base: stages.at(-1)?.base ?? '', entry: list('ENTRYPOINT') },
    variables: Object.assign({}, ...all('ENV').map(({ text }) => assignments(text))) as Variables,
    folders: all('RUN').flatMap(({ text }) => /mkdir (?:-p )?([^&]+)/.exec(text)?.[1]?.trim().split(' ') ?? []),
    command: [...list('ENTRYPOINT'), ...list('CMD')],
    health: JSON.parse(health) as string[],
  };
}

function assignments(text: string): Variables {
  return Object.fromEntries(
    text.split(/\s+/).map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
