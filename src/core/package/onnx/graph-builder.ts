import type { Attribute, Graph, Node, Tensor, TensorType, Value } from './onnx-types.js';

export type Attributes = Readonly<Record<string, Attribute>>;

/** Puts a graph together: each call adds a node and gives the name of what it computes. */
export class GraphBuilder {
  readonly #nodes: Node[] = [];
  readonly #constants: { name: string; tensor: Tensor }[] = [];
  readonly #inputs: Value[] = [];

  /** `taken` are the names in use, also those of the graph around this one. */
  constructor(private readonly taken = new Set<string>()) {}

  /** Adds an input under just this name. */
  input(name: string, type: TensorType, dims: Value['dims']): string {
    this.taken.add(name);
    this.#inputs.push({ name, type, dims });
    return name;
  }

  constant(type: TensorType, dims: readonly number[], values: Tensor['values']): string {
    const name = this.free('constant');
    this.#constants.push({ name, tensor: { type, dims, values } });
    return name;
  }

  /** One number in 8 bytes, to be combined with tensors of any shape. */
  scalar(value: number): string {
    return this.constant('double', [], [value]);
  }

  /** An operator of ONNX. */
  add(op: string, inputs: readonly string[], attributes: Attributes = {}): string {
    return this.many(op, inputs, attributes, 1)[0]!;
  }

  /** An operator of `ai.onnx.ml`. */
  addMl(op: string, inputs: readonly string[], attributes: Attributes = {}): string {
    return this.many(op, inputs, attributes, 1, 'ai.onnx.ml')[0]!;
  }

  /** An operator with several outputs. */
  many(op: string, inputs: readonly string[], attributes: Attributes, count: number, domain = ''): string[] {
    const outputs = Array.from({ length: count }, () => this.free(op));
    this.#nodes.push({ op, domain, inputs, outputs, attributes });
    return outputs;
  }

  /** The value in another type. */
  cast(value: string, to: 'float' | 'double' | 'int64'): string {
    return this.add('Cast', [value], { to: { i: { float: 1, double: 11, int64: 7 }[to] } });
  }

  /** Gives a value the name that it has outside, or the next free one like it. */
  output(value: string, wanted: string): string {
    const name = this.taken.has(wanted) ? this.free(wanted) : wanted;
    this.taken.add(name);
    this.#nodes.push({ op: 'Identity', domain: '', inputs: [value], outputs: [name], attributes: {} });
    return name;
  }

  /** A builder of a graph within this one, which may use this one's values. */
  inner(): GraphBuilder {
    return new GraphBuilder(this.taken);
  }

  finish(name: string, outputs: readonly Value[]): Graph {
    return { name, nodes: this.#nodes, constants: this.#constants, inputs: this.#inputs, outputs };
  }

  free(stem: string): string {
    let at = 1;
    while (this.taken.has(`${stem}_${at}`)) at += 1;
    const name = `${stem}_${at}`;
    this.taken.add(name);
    return name;
  }
}
