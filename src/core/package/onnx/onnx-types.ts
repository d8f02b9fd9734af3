/** Types of tensors with ONNX's numbers for them. */
export const TENSOR_TYPES = { float: 1, uint8: 2, int64: 7, string: 8, bool: 9, double: 11 } as const;
export type TensorType = keyof typeof TENSOR_TYPES;

/** A tensor with its values, row by row. */
export interface Tensor {
  readonly type: TensorType;
  readonly dims: readonly number[];
  readonly values: ArrayLike<number> | readonly string[];
}

/** An attribute of a node: a number in 4 bytes, a whole number, a text, lists of them, a tensor, or a graph. */
export type Attribute =
  | { readonly f: number }
  | { readonly i: number }
  | { readonly s: string }
  | { readonly floats: ArrayLike<number> }
  | { readonly ints: ArrayLike<number> }
  | { readonly strings: readonly string[] }
  | { readonly t: Tensor }
  | { readonly g: Graph };

export interface Node {
  readonly op: string;
  /** '' for ONNX's own operators, `ai.onnx.ml` for those of classical models. */
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** An input or output by name; a dimension that is a word stands for any number, no dims for a scalar. */
export interface Value {
  readonly name: string;
  readonly type: TensorType;
  readonly dims: readonly (number | string)[];
}

export interface Graph {
  readonly name: string;
  readonly nodes: readonly Node[];
  readonly constants: readonly { readonly name: string; readonly tensor: Tensor }[];
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
}
