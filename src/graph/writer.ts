/**
 * Writes a graph down, one node after the other. Shapes are checked as it goes; nothing is computed.
 *
 * A dimension's name is bound to the first tensor that has it: {@link GraphWriter.dimension} reads it from there when
 * the graph runs.
 */

import type { Graph, GraphOutput, Initialiser, Node, OpKind, Ops } from './ops.ts';
import { SHAPE_RULES, type ShapeRule } from './shapes.ts';
import {
  arrayOf,
  type DataType,
  type Dimension,
  type Shape,
  shapeError,
  type Tensor,
  type TensorArrays,
} from './tensor.ts';

/** Where a dimension's size can be read. */
interface DimensionSource {
  readonly tensor: Tensor;
  readonly axis: number;
}

export class GraphWriter {
  readonly name: string;
  readonly #outer: GraphWriter | null;
  readonly #inputs: Tensor[] = [];
  readonly #outputs: GraphOutput[] = [];
  readonly #initialisers: Initialiser[] = [];
  readonly #nodes: Node[] = [];
  readonly #constants = new Map<string, Tensor>();
  readonly #sources = new Map<string, DimensionSource>();
  readonly #mark: string;
  #count = 0;

  /**
   * A body's builder is given the one around it, so that it may use its values and makes no name twice. Another
   * `mark` keeps the names that are made here apart from those of a graph that is being rewritten.
   */
  constructor(name: string, outer: GraphWriter | null = null, mark = '_') {
    this.name = name;
    this.#outer = outer;
    this.#mark = mark;
  }

  /** The nodes so far, in order. */
  get nodes(): readonly Node[] {
    return this.#nodes;
  }

  build(): Graph {
    return {
      name: this.name,
      inputs: [...this.#inputs],
      outputs: [...this.#outputs],
      initialisers: [...this.#initialisers],
      nodes: [...this.#nodes],
    };
  }

  input(name: string, type: DataType, shape: Shape): Tensor {
    const tensor: Tensor = { name, type, shape };
    this.#inputs.push(tensor);
    this.#bind(tensor);
    return tensor;
  }

  output(name: string, tensor: Tensor): void {
    this.#outputs.push({ name, tensor });
  }

  /** A value that is part of the graph, under a name of its own: weights. */
  initialiser<T extends DataType>(name: string, type: T, shape: Shape, data: TensorArrays[T]): Tensor {
    const tensor: Tensor = { name, type, shape };
    this.#initialisers.push({ tensor, data });
    return tensor;
  }

  /** A value that is part of the graph; small equal ones are one. */
  constant<T extends DataType>(type: T, shape: Shape, values: ArrayLike<number> | TensorArrays[T]): Tensor {
    const data = arrayOf(type, values);
    const key =
      data.length <= 16
        ? `${type}[${shape}]${Array.from<number | bigint, unknown>(data, (value) => (Object.is(value, -0) ? '-0' : value))}`
        : null;
    const known = key === null ? undefined : this.#constantOf(key);
    if (known) return known;
    const tensor = this.initialiser(this.fresh('constant'), type, shape, data);
    if (key !== null) this.#constants.set(key, tensor);
    return tensor;
  }

  scalar(value: number, type: DataType = 'float32'): Tensor {
    return this.constant(type, [], [value]);
  }

  /** int64 [n]. */
  integers(...values: readonly number[]): Tensor {
    return this.constant('int64', [values.length], values);
  }

  /** Adds an operation and gives all its outputs. */
  node<K extends OpKind>(kind: K, inputs: Ops[K]['inputs'], attributes: Ops[K]['attributes']): readonly Tensor[] {
    const rule: ShapeRule<K> = SHAPE_RULES[kind];
    const outputs = rule(inputs, attributes).map((type) => ({ name: this.fresh(kind), ...type }));
    this.push({ kind, inputs, attributes, outputs } as unknown as Node);
    return outputs;
  }

  /** Adds an operation and gives its first output. */
  op<K extends OpKind>(kind: K, inputs: Ops[K]['inputs'], attributes: Ops[K]['attributes']): Tensor {
    return this.node(kind, inputs, attributes)[0] as Tensor;
  }

  /** Adds a node that already has its outputs. */
  push(node: Node): void {
    this.#nodes.push(node);
    for (const output of node.outputs) this.#bind(output);
  }

  /** The same value under another shape of the same sizes: says that two names are one. */
  renamed(tensor: Tensor, shape: Shape): Tensor {
    const renamed = { ...tensor, shape };
    this.#bind(renamed);
    return renamed;
  }

  /** A dimension's size, int64 [1]. */
  dimension(dimension: Dimension): Tensor {
    if (typeof dimension === 'number') return this.integers(dimension);
    const { tensor, axis } = this.#sourceOf(dimension);
    return this.op('Shape', [tensor], { start: axis, end: axis + 1 });
  }

  /** A shape as int64 [rank]. */
  dimensions(shape: Shape): Tensor {
    const fixed = shape.filter((dimension) => typeof dimension === 'number');
    if (fixed.length === shape.length) return this.integers(...fixed);
    return this.op(
      'Concat',
      shape.map((dimension) => this.dimension(dimension)),
      { axis: 0 },
    );
  }

  /** A name that nothing else in the graph has. */
  fresh(prefix: string): string {
    if (this.#outer) return this.#outer.fresh(prefix);
    return `${prefix}${this.#mark}${this.#count++}`;
  }

  #bind(tensor: Tensor): void {
    tensor.shape.forEach((dimension, axis) => {
      if (typeof dimension === 'string' && !this.hasDimension(dimension))
        this.#sources.set(dimension, { tensor, axis });
    });
  }

  /** True where some tensor has this dimension already. */
  hasDimension(dimension: string): boolean {
    return this.#sources.has(dimension) || (this.#outer?.hasDimension(dimension) ?? false);
  }

  #sourceOf(dimension: string): DimensionSource {
    const source = this.#sources.get(dimension);
    if (source) return source;
    if (this.#outer) return this.#outer.#sourceOf(dimension);
    throw shapeError(`Expected a tensor with the dimension \`${dimension}\`, got none yet. Name it on an input first.`);
  }

  #constantOf(key: string): Tensor | undefined {
    return this.#constants.get(key) ?? (this.#outer === null ? undefined : this.#outer.#constantOf(key));
  }
}
