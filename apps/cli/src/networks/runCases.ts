/** The tests over the cases of some kinds. */
import { afterAll, describe, expect, it } from 'vitest';
import { closeEngine, measureNetwork, type NetworkNumbers } from './measureNetwork.ts';
import { networkNames, readNetworkCase, type ExpectedNumbers, type NetworkCase } from './NetworkCase.ts';
import { verdicts, type Verdict } from './verdicts.ts';

/** Tolerance relative to the largest |eigenvalue|, or to the number itself where that is larger. */
const tolerance = 1e-6;
/** Tolerance of extremes found by Lanczos, whose Ritz values lie inside the spectrum, those after the first by slightly more. */
const toleranceOfExtremes = 1e-5;

/** What differs from the expected numbers, one line for each; none: right. */
function differences(numbers: NetworkNumbers, { expected, dense }: NetworkCase, parameters: number | null): string[] {
  const lines = numbers.parameters === parameters ? [] : [`n = ${numbers.parameters}, expected ${parameters}`];
  const largest = Math.max(1e-3, ...[...(expected.top ?? []), ...(expected.bottom ?? [])].map(Math.abs));
  const compare = (name: string, value: number | undefined, wanted: number | undefined, within = tolerance): void => {
    if (wanted === undefined || value === undefined) return;
    if (Math.abs(value - wanted) <= within * Math.max(largest, Math.abs(wanted))) return;
    lines.push(`${name} = ${value}, expected ${wanted}`);
  };
  for (const name of ['loss', 'gradientNorm', 'trace', 'frobenius'] as const) {
    compare(name, numbers[name], expected[name]);
  }
  for (const name of ['top', 'bottom'] as const) {
    const wanted = (expected as ExpectedNumbers)[name] ?? [];
    numbers[name]?.forEach((value, position) =>
      compare(`${name} ${position}`, value, wanted[position], dense ? tolerance : toleranceOfExtremes),
    );
  }
  return lines;
}

async function messageOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

async function check(network: NetworkCase, verdict: Verdict): Promise<void> {
  const { options = {} } = verdict;
  switch (verdict.is) {
    case 'right': {
      const numbers = await measureNetwork(network, options);
      expect(differences(numbers, network, verdict.parameters ?? network.parameters)).toEqual([]);
      return;
    }
    case 'refused':
      expect(await messageOf(measureNetwork(network, options, true))).toMatch(verdict.says);
      return;
    case 'warned': {
      const { warnings } = await measureNetwork(network, options, true);
      expect(warnings.join('\n')).toMatch(verdict.says);
      return;
    }
    case 'failing': {
      const wrong = (gradientOnly: boolean): Promise<string[]> =>
        measureNetwork(network, options, gradientOnly)
          .then((numbers) => differences(numbers, network, network.parameters))
          .catch(() => ['refused']);
      const quick = network.expected.gradientNorm === undefined ? [] : await wrong(true);
      expect(quick.length > 0 ? quick : await wrong(false)).not.toEqual([]);
      return;
    }
    default:
      throw new Error(`no such verdict: ${JSON.stringify(verdict satisfies never)}`);
  }
}

export function runCases(kinds: readonly string[]): void {
  afterAll(closeEngine);
  const cases = networkNames()
    .map(readNetworkCase)
    .filter(({ kind }) => kinds.includes(kind));
  describe.each(cases)('$case', (network) => {
    const known = verdicts[network.case] ?? [];
    it('has a verdict', () => expect(known.length).toBeGreaterThan(0));
    it.each(known)('is $is $says with $options', (verdict) => check(network, verdict));
  });
}
