import * as v from 'valibot';

/** Shapes of the replies, as `open_inference_rest.yaml` of the Open Inference Protocol v2 states them, with no field beyond. */
const tensor = { name: v.string(), shape: v.array(v.pipe(v.number(), v.integer())), datatype: v.string() };
const scalars = v.union([v.array(v.pipe(v.number(), v.finite())), v.array(v.string()), v.array(v.boolean())]);

export const serverMetadata = v.strictObject({ name: v.string(), version: v.string(), extensions: v.array(v.string()) });
export const modelMetadata = v.strictObject({
  name: v.string(),
  versions: v.array(v.string()),
  platform: v.string(),
  inputs: v.array(v.strictObject(tensor)),
  outputs: v.array(v.strictObject(tensor)),
});
const product = (shape: readonly number[]): number => shape.reduce((size, side) => size * side, 1);
export const inferReply = v.strictObject({
  model_name: v.string(),
  model_version: v.optional(v.string()),
  id: v.optional(v.string()),
  outputs: v.array(v.pipe(v.strictObject({ ...tensor, data: scalars }), v.check((output) => product(output.shape) === output.data.length, 'shape is not the size of data'))),
});
export const errorReply = v.strictObject({ error: v.pipe(v.string(), v.minLength(1)) });
