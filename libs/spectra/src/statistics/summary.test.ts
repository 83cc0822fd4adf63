/** A summary has the statistics that are stored beside a spectrum, and its version changes with their values. */
import { describe, expect, it } from 'vitest';
import type { MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { claimLevels } from '../claims/claimSpectrum.ts';
import { plainStatisticNames, statisticNames, statistics } from './catalogue.ts';
import type { Statistic } from './Statistic.ts';
import { summarise, summaryKey, summaryKeys, summaryVersion } from './summary.ts';

const spectrum: MeasuredSpectrum = {
  dimension: 300,
  probes: [
    { alpha: [2.5, 1.25, 0.5, -0.25], beta: [1.5, 0.75, 0.25, 1e-6] },
    { alpha: [2.25, 1.5, 0.25, -0.125], beta: [1.25, 1, 0.5, 1e-6] },
  ],
};

describe('summarise', () => {
  it('agrees with the catalogue, statistic by statistic', () => {
    const found = summarise(spectrum, 2);
    for (const name of statisticNames) {
      const statistic: Statistic = statistics[name];
      for (const settings of statistic.summarised) {
        const { value, standardError } = statistic.estimate(spectrum, settings, 2) ?? {};
        expect(found[summaryKey(name, settings)]).toEqual({ value, standardError });
      }
    }
    expect(Object.keys(found)).toEqual(summaryKeys.filter((key) => found[key]));
  });

  it('has every statistic that needs no option, and what claims are decided from', () => {
    expect(summaryKeys).toEqual(expect.arrayContaining(plainStatisticNames.map((name) => summaryKey(name))));
    expect(summaryKeys).toContain(summaryKey('massWithin', { share: claimLevels.nearZero }));
    expect(summaryKeys).not.toContain(summaryKey('quantile', { probability: 0.5 }));
  });

  it('leaves out what a spectrum does not have, and all of one that overflows', () => {
    expect(summarise(spectrum, null)).not.toHaveProperty('ratio');
    expect(summarise({ dimension: 2, probes: [] }, null)).toEqual({});
    const huge = summarise({ dimension: 9, probes: [{ alpha: [1.7e308, -1.7e308], beta: [1.7e308, 1] }] }, null);
    for (const found of Object.values(huge)) expect(Number.isFinite(found.value)).toBe(true);
  });

  it('has values that belong to its version: whoever changes them raises the version of the statistic', () => {
    const values = Object.entries(summarise(spectrum, 2)).map(([name, { value }]) => `${name} ${value.toPrecision(9)}`);
    expect({ summaryVersion, values }).toMatchInlineSnapshot(`
      {
        "summaryVersion": "lambdaMax:1 lambdaMin:1 lambdaK:1 lambdaKResidual:1 topSum:1 ratio:1 outlierCount:1 negativeMass:1 massNearZero:1 massWithin(share=0.01):1 trace:1 tracePerParameter:1 frobeniusNorm:1 meanMagnitude:1 effectiveRank:1",
        "values": [
          "lambdaMax 3.43434871",
          "lambdaMin -0.589317381",
          "lambdaK 1.11444299",
          "lambdaKResidual 2.24235382e-7",
          "topSum 4.54879170",
          "ratio 3.08167287",
          "outlierCount 0.00000000",
          "negativeMass 0.0851135681",
          "massNearZero 0.00000000",
          "massWithin(share=0.01) 0.00000000",
          "trace 712.500000",
          "tracePerParameter 2.37500000",
          "frobeniusNorm 47.6313972",
          "meanMagnitude 2.42857785",
          "effectiveRank 250.673348",
        ],
      }
    `);
  });
});
