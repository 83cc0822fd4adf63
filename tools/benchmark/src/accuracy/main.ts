/** Accuracy against cost: how wrong a spectrum is for the Hessian-vector products spent on it, recipe by recipe. */
import fs from 'node:fs/promises';
import { createEngine } from '@ritz/estimation';
import { markdownTable } from '../report.ts';
import { mnistNet, smallNet, type AccuracyCase } from './cases.ts';
import { plotOf, type PlottedNet } from './plot.ts';
import { measureRecipes } from './recipes.ts';

const results = new URL('../../results/', import.meta.url);
const header = ['recipe', 'settings', 'HVPs', 'L1', 'outlier error', 'W1'];

const title =
  '# Accuracy of a spectrum against the Hessian-vector products spent\n\n![The same as a plot](accuracy.svg)\n';

await fs.mkdir(results, { recursive: true });
const engine = await createEngine({ engine: 'onnx-cpu' });
const double = await createEngine({ engine: 'onnx-cpu', precision: 'float64' });
const sections: string[] = [];
const plotted: PlottedNet[] = [];
try {
  const cases: (() => Promise<AccuracyCase>)[] = [
    () => smallNet(engine, 'trained'),
    () => smallNet(engine, 'initial'),
    () => mnistNet(engine, double),
  ];
  for (const open of cases) {
    const net = await open();
    const measured = await measureRecipes(net);
    await net.hessian.release();
    const rows = measured.map((m) => [
      m.recipe,
      m.settings,
      String(m.products),
      m.l1.toExponential(1),
      m.outlierError.toFixed(3),
      m.wasserstein1.toExponential(1),
    ]);
    const section = `## ${net.name}\n\nReference ${net.source}.\n\n${markdownTable(header, rows)}\n`;
    console.log(section);
    sections.push(section);
    plotted.push({ name: net.name, measured });
    await fs.writeFile(new URL('accuracy.md', results), [title, ...sections].join('\n'));
    await fs.writeFile(new URL('accuracy.svg', results), plotOf(plotted));
  }
} finally {
  await engine.close();
  await double.close();
}
console.log('Written: tools/benchmark/results/accuracy.md and accuracy.svg');
