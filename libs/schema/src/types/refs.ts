/** The object types that refer to each other, named here and declared in the file of each. */
import type * as rows from '@ritz/database';
import { builder } from '../builder.ts';

export const Project = builder.objectRef<rows.Project>('Project');
export const Experiment = builder.objectRef<rows.Experiment>('Experiment');
export const Run = builder.objectRef<rows.Run>('Run');
export const Step = builder.objectRef<rows.Step>('Step');
export const Spectrum = builder.objectRef<rows.Spectrum>('Spectrum');
export const SpectrumJob = builder.objectRef<rows.SpectrumJob>('SpectrumJob');
