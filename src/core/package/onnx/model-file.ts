import { encodeMessage, type Field } from '../../protobuf.js';
import { TENSOR_TYPES, type Attribute, type Graph, type Node, type Tensor, type Value } from './onnx-types.js';

/** The version of the file format and of both sets of operators: those of ONNX 1.12, which all later readers know. */
export const ONNX_VERSIONS = { ir: 8, opset: 17, ml: 3 } as const;

/** Bytes of an ONNX model (`ModelProto` of onnx.proto); `metadata` is read by tools such as Netron. */
export function onnxFile(graph: Graph, description: string, metadata: Readonly<Record<string, string>>): Uint8Array {
  const opset = (domain: string, version: number): Field => [8, { message: [[1, { text: domain }], [2, { int: version }]] }];
  return encodeMessage([
    [1, { int: ONNX_VERSIONS.ir }],
    [2, { text: 'looplab' }],
    [6, { text: description }],
    [7, { message: graphFields(graph) }],
    opset('', ONNX_VERSIONS.opset),
    opset('ai.onnx.ml', ONNX_VERSIONS.ml),
    ...Object.entries(metadata).map(([key, value]): Field => [14, { message: [[1, { text: key }], [2, { text: value }]] }]),
  ]);
}

const graphFields = ({ name, nodes, constants, inputs, outputs }: Graph): Field[] => [
  ...nodes.map((node, at): Field => [1, { message: nodeFields(node, at) }]),
  [2, { text: name }],
  ...constants.map(({ name: own, tensor }): Field => [5, { message: [...tensorFields(tensor), [8, { text: own }]] }]),
  ...inputs.map((value): Field => [11, { message: valueFields(value) }]),
  ...outputs.map((value): Field => [12, { message: valueFields(value) }]),
];

const nodeFields = ({ op, domain, inputs, outputs, attributes }: Node, at: number): Field[] => [
  [1, { texts: inputs }],
  [2, { texts: outputs }],
  [3, { text: `${at} ${op}` }],
  [4, { text: op }],
  ...Object.entries(attributes).map(([name, attribute]): Field => [5, { message: [[1, { text: name }], ...attributeFields(attribute)] }]),
  ...(domain === '' ? [] : [[7, { text: domain }] as const]),
];

/** The value and its type, which checkers insist on. */
function attributeFields(attribute: Attribute): Field[] {
  if ('f' in attribute) return [[2, { float: attribute.f }], [20, { int: 1 }]];
  if ('i' in attribute) return [[3, { int: attribute.i }], [20, { int: 2 }]];
  if ('s' in attribute) return [[4, { text: attribute.s }], [20, { int: 3 }]];
  if ('t' in attribute) return [[5, { message: tensorFields(attribute.t) }], [20, { int: 4 }]];
  if ('g' in attribute) return [[6, { message: graphFields(attribute.g) }], [20, { int: 5 }]];
  if ('floats' in attribute) return [[7, { floats: attribute.floats }], [20, { int: 6 }]];
  if ('ints' in attribute) return [[8, { ints: attribute.ints }], [20, { int: 7 }]];
  return [[9, { texts: attribute.strings }], [20, { int: 8 }]];
}

function tensorFields({ type, dims, values }: Tensor): Field[] {
  const head: Field[] = [[1, { ints: dims }], [2, { int: TENSOR_TYPES[type] }]];
  if (type === 'string') return [...head, [6, { texts: values as readonly string[] }]];
  return [...head, [9, { bytes: rawBytes(type, values as ArrayLike<number>) }]];
}

function rawBytes(type: Exclude<Tensor['type'], 'string'>, values: ArrayLike<number>): Uint8Array {
  if (type === 'double') return new Uint8Array(Float64Array.from(values).buffer);
  if (type === 'float') return new Uint8Array(Float32Array.from(values).buffer);
  if (type === 'int64') return new Uint8Array(BigInt64Array.from(Array.from(values), (value) => BigInt(value)).buffer);
  return Uint8Array.from(values);
}

function valueFields({ name, type, dims }: Value): Field[] {
  const shape = dims.map((dim): Field => [1, { message: [typeof dim === 'number' ? [1, { int: dim }] : [2, { text: dim }]] }]);
  return [[1, { text: name }], [2, { message: [[1, { message: [[1, { int: TENSOR_TYPES[type] }], [2, { message: shape }]] }]] }]];
}
