/**
 * Fails when files import each other in a circle, be it for types alone: `node imports/circles.mjs`, part of the lint of this package.
 * Between packages there is none, as module boundaries point one way; so relative imports are all there is to follow.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');
const statement = /^(?:import|export)\s[^'";]*?from '(\.[^']+)'|^import '(\.[^']+)'/gm;

function sourceFiles() {
  const listed = ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx', '*.mjs'];
  const names = execFileSync('git', listed, { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
  return names.filter((name) => fs.existsSync(path.join(root, name)));
}

/** For each file, the files that it imports. */
function importsOf(files) {
  const known = new Set(files);
  return new Map(
    files.map((file) => {
      const text = fs.readFileSync(path.join(root, file), 'utf8');
      const targets = [...text.matchAll(statement)].map((match) =>
        path.posix.join(path.posix.dirname(file), match[1] ?? match[2]),
      );
      return [file, targets.filter((target) => known.has(target))];
    }),
  );
}

/** One circle, as the files along it with the first again at the end; null where there is none. Depth-first search. */
function circleIn(imports) {
  const done = new Set();
  const path = [];
  const visit = (file) => {
    if (done.has(file)) return null;
    const start = path.indexOf(file);
    if (start >= 0) return [...path.slice(start), file];
    path.push(file);
    for (const target of imports.get(file) ?? []) {
      const circle = visit(target);
      if (circle) return circle;
    }
    path.pop();
    done.add(file);
    return null;
  };
  for (const file of imports.keys()) {
    const circle = visit(file);
    if (circle) return circle;
  }
  return null;
}

const circle = circleIn(importsOf(sourceFiles()));
if (circle) {
  console.error(`These files import each other in a circle:\n  ${circle.join('\n  imports ')}`);
  console.error('Move what both ends need to a file that imports neither.');
  process.exitCode = 1;
}
