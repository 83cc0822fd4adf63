/** One measured spectrum: its settings, its probes, and everything that is computed from them on request. */
import { outliers } from '@ritz/spectra';
import { badInput } from '../input/badInput.ts';
import { builder } from '../builder.ts';
import {
  Density,
  densityCost,
  densityOf,
  densityOptions,
  GridInput,
  scaleArguments,
  SmoothingInput,
} from './density.ts';
import { KernelName, QuadratureMethod } from '../types/enums.ts';
import { GradientOverlap } from './gradientOverlap.ts';
import { derived } from './derived.ts';
import { measuredBytes } from '../request/measuredSpectrum.ts';
import { Node } from '../types/node.ts';
import { outlierRule, OutlierRuleInput, Outliers } from './outliers.ts';
import { Probe } from './probe.ts';
import { settingFields } from './settings.ts';
import { decompositionCost } from './statistics.ts';
import { Run, Spectrum, Step } from '../types/refs.ts';
import { requireUuid } from '../input/uuid.ts';
import { failsAlone, itemsFailAlone } from '../types/semanticNonNull.ts';

Spectrum.implement({
  description:
    'The spectrum of one curvature operator at one step, measured by stochastic Lanczos quadrature. What was measured is ' +
    'in `probes`; densities and statistics are computed from it on request.',
  interfaces: [Node],
  fields: (t) => ({
    run: t.field({
      type: Run,
      description: 'The run it belongs to.',
      resolve: ({ runId }, _arguments, { loaders }) => loaders.ownerRun.load(runId),
    }),
    step: t.field({
      type: Step,
      description: 'The step it was measured at.',
      resolve: ({ runId, stepNumber }, _arguments, { loaders }) =>
        loaders.ownerStep.load({ runId, number: stepNumber }),
    }),
    ...settingFields(t),
    probeCount: t.exposeInt('probeCount', { description: 'Random start vectors.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was stored.' }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      description: 'When anything of it was last stored here; a late gradient overlap moves it.',
    }),
    density: t.field({
      type: Density,
      ...failsAlone,
      description: 'The spectral density on a grid.',
      args: {
        smoothing: t.arg({ type: SmoothingInput, description: 'Width of the kernel; AUTO unless given.' }),
        grid: t.arg({ type: GridInput, description: 'Grid; 1024 points over the whole spectrum unless given.' }),
        method: t.arg({
          type: QuadratureMethod,
          defaultValue: 'variance-reduced',
          description: 'How the probes are combined.',
        }),
        kernel: t.arg({ type: KernelName, defaultValue: 'gaussian', description: 'Shape of the kernel.' }),
        ...scaleArguments(t.arg),
        confidence: t.arg.float({
          defaultValue: 0.95,
          description: 'Confidence of the interval over the probes, between 0 and 1.',
        }),
      },
      complexity: densityCost,
      resolve: (spectrum, request, context) => densityOf(context, spectrum, densityOptions(request)),
    }),
    outliers: t.field({
      type: Outliers,
      ...failsAlone,
      description: 'The eigenvalues outside the bulk.',
      args: {
        classes: t.arg.int({
          description: 'K in lambdaMax / lambdaK, at least 1; the run’s number of classes unless given.',
        }),
        rule: t.arg({ type: OutlierRuleInput, description: 'The rule for outliers; default RESOLVED.' }),
      },
      complexity: { field: decompositionCost, multiplier: 1 },
      resolve: async (spectrum, { classes, rule }, context) => {
        if (typeof classes === 'number' && classes < 1) {
          throw badInput(`classes: got ${String(classes)}, expected at least 1.`);
        }
        const edge = outlierRule(rule);
        const known = classes ?? (await context.loaders.ownerRun.load(spectrum.runId)).classes;
        return derived(context, spectrum, ['outliers', known, rule], (measured) =>
          outliers(measured, { ...(known === null ? {} : { classes: known }), ...edge(measured) }),
        );
      },
    }),
    gradientOverlap: t.field({
      type: [GradientOverlap],
      description: 'Share of the gradient in the space of the leading Ritz vectors, by K and kind of gradient.',
      resolve: async ({ id }, _arguments, { loaders }) => [...(await loaders.overlapsOfSpectrum.load(id))],
    }),
    probes: t.field({
      type: [Probe],
      ...itemsFailAlone,
      description: 'What was measured, by index.',
      complexity: { field: decompositionCost, multiplier: 10 },
      resolve: async (spectrum, _arguments, { loaders, budget }) => {
        budget.chargeBytes(measuredBytes(spectrum));
        return [...(await loaders.probesOfSpectrum.load(spectrum.id))];
      },
    }),
  }),
});

builder.queryField('spectrum', (t) =>
  t.field({
    type: Spectrum,
    nullable: true,
    description: 'The spectrum with this id; null if there is none.',
    args: { id: t.arg.id({ required: true, description: 'UUID of the spectrum.' }) },
    resolve: (_root, { id }, { loaders }) => loaders.spectrum.load(requireUuid('id', id)),
  }),
);
