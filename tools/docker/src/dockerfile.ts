/** Dockerfiles as instructions, and the rules that those of this repository keep. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DockerfileParser, type Instruction } from 'dockerfile-ast';

/** The root of the repository, which every image is built from. */
export const root = path.resolve(import.meta.dirname, '../../..');

export interface Step {
  /** In capitals: FROM, RUN, … */
  readonly keyword: string;
  /** The rest of the instruction, its lines joined. */
  readonly text: string;
  readonly line: number;
}

/** A part of a Dockerfile that begins with FROM. */
export interface Stage {
  readonly base: string;
  /** What other stages call it; null for the last, usually. */
  readonly name: string | null;
  readonly steps: readonly Step[];
}

/** The stages of `docker/<name>.Dockerfile`. */
export async function readDockerfile(name: string): Promise<Stage[]> {
  const file = path.join(root, 'docker', `${name}.Dockerfile`);
  const stages: { base: string; name: string | null; steps: Step[] }[] = [];
  const content = await readFile(file, 'utf8');
  for (const instruction of DockerfileParser.parse(content).getInstructions()) {
    const step = stepOf(instruction, content.split('\n'));
    if (step.keyword !== 'FROM') stages.at(-1)?.steps.push(step);
    else {
      const [base = '', , stage = null] = step.text.split(/\s+/);
      stages.push({ base, name: stage, steps: [] });
    }
  }
  return stages;
}

function stepOf(instruction: Instruction, lines: readonly string[]): Step {
  const { start, end } = instruction.getRange();
  const keyword = instruction.getKeyword();
  const written = lines.slice(start.line, end.line + 1).join('\n');
  const text = written.replaceAll(/\\\n\s*/g, ' ').slice(start.character + keyword.length);
  return { keyword, text: text.trim(), line: start.line + 1 };
}

/** The violations of our rules for images, numbered as hadolint's where it has the same rule. */
export function faultsOf(stages: readonly Stage[]): string[] {
  const faults: string[] = [];
  const names = new Set(stages.flatMap(({ name }) => name ?? []));
  for (const { base, steps } of stages) {
    if (!names.has(base) && !/:[^:]+$/.test(base)) faults.push(`DL3006: ${base} has no tag`);
    if (base.endsWith(':latest')) faults.push(`DL3007: ${base} changes without notice`);
    for (const { keyword, text, line } of steps) {
      const at = `line ${line}`;
      if (keyword === 'ADD') faults.push(`DL3020, ${at}: use COPY instead`);
      if (keyword === 'WORKDIR' && !text.startsWith('/')) faults.push(`DL3000, ${at}: WORKDIR is not absolute`);
      if (/^(CMD|ENTRYPOINT)$/.test(keyword) && !text.startsWith('[')) faults.push(`DL3025, ${at}: not a JSON list`);
      if (keyword === 'RUN' && /\bsudo\b/.test(text)) faults.push(`DL3004, ${at}: sudo`);
      if (keyword === 'RUN' && /\bapt-get install\b/.test(text)) {
        if (!text.includes('--no-install-recommends')) faults.push(`DL3015, ${at}: installs recommended packages`);
        if (!text.includes('rm -rf /var/lib/apt/lists')) faults.push(`DL3009, ${at}: apt's package lists are kept`);
        if (!/\s-y\b/.test(text)) faults.push(`DL3014, ${at}: apt-get without -y`);
      }
      const [, from] = /--from=(\S+)/.exec(text) ?? [];
      if (keyword === 'COPY' && from !== undefined && !names.has(from)) faults.push(`DL3022, ${at}: no stage ${from}`);
    }
  }
  const last = stages.at(-1)?.steps ?? [];
  const user = last.findLast(({ keyword }) => keyword === 'USER')?.text;
  if (user === undefined || /^(root|0)\b/.test(user)) faults.push('DL3002: runs as root');
  if (stages.length < 2) faults.push('single stage: build tools end up in the image');
  if (!last.some(({ keyword }) => keyword === 'HEALTHCHECK')) faults.push('no HEALTHCHECK');
  if (last.some(({ keyword, text }) => keyword === 'RUN' && /npm (ci|install)/.test(text))) {
    faults.push('packages are installed in the last stage');
  }
  return faults;
}
