/** Lines to send to `POST /ingest`, made while they are sent, so that the sender needs no memory either. */
import { randomUUID } from 'node:crypto';
import { makeTemplate, type Template } from './template.ts';

/** A run, then `count` spectra of 10 probes × m = 90 at ascending steps. */
export async function spectrumLines(count: number): Promise<Iterable<string>> {
  const template = await makeTemplate(9);
  return generate(template, count);
}

function* generate({ run, spectra }: Template, count: number): Generator<string> {
  const id = randomUUID();
  yield JSON.stringify({ v: 1, kind: 'run', ...run, id, name: 'ingested', experiment: 'ingested' });
  // Written once: what is measured is the server, not this loop.
  const written = spectra.map((spectrum) =>
    JSON.stringify({ v: 1, kind: 'spectrum', ...spectrum, runId: id, id: idPlaceholder, step: stepPlaceholder }),
  );
  for (let step = 0; step < count; step++) {
    const line = written[step % written.length] ?? '';
    yield line.replace(`"${idPlaceholder}"`, `"${randomUUID()}"`).replace(`"${stepPlaceholder}"`, String(step));
  }
}

const idPlaceholder = 'id of the spectrum';
const stepPlaceholder = 'step of the spectrum';
