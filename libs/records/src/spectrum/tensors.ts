/** What a measurement took from a model file as parameters, and what as constants. */
import { z } from 'zod';
import { integer, list, name, text } from '../fields/fields.ts';

const maxTensors = 5000;
const shape = list(integer({ min: 0 }), { max: 32 });

/** A tensor that the operator acts on, with `count` entries. */
const parameterTensorSchema = z.strictObject({ name, shape, count: integer({ min: 0 }) });

/** A tensor that was held fixed, and why. */
const constantTensorSchema = z.strictObject({ name, shape, reason: text });

export type ParameterTensor = Readonly<z.output<typeof parameterTensorSchema>>;
export type ConstantTensor = Readonly<z.output<typeof constantTensorSchema>>;

export const parameterTensors = list(parameterTensorSchema, { max: maxTensors });
export const constantTensors = list(constantTensorSchema, { max: maxTensors });
