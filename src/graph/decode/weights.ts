/**
 * A model's parameters as inputs of a graph: views of the flat vector, so that an update is seen by the next run and
 * nothing is copied or transposed. As initialisers, which onnxruntime packs once, a product is a quarter faster and the
 * token loop by 6 to 14 %, but a new session and a copy of all weights are due after every update.
 */

import type { GraphBuilder } from '../builder.ts';
import type { BufferView } from '../runtime/protocol.ts';
import type { Dimension, Tensor } from '../tensor.ts';
import { type Parameter, parametersOf, type TransformerConfig } from '../transformer/parameters.ts';

export class Weights {
  readonly #graph: GraphBuilder;
  readonly #buffer: string;
  readonly #parameters: ReadonlyMap<string, Parameter>;
  readonly #inputs = new Map<string, Tensor>();
  readonly #bound: Record<string, BufferView> = {};

  /** `graph` is the outermost one: it gets an input for every parameter that is used. */
  constructor(graph: GraphBuilder, config: TransformerConfig, buffer: string) {
    this.#graph = graph;
    this.#buffer = buffer;
    this.#parameters = new Map(parametersOf(config).map((parameter) => [parameter.name, parameter]));
  }

  /** What each input is bound to, for `Runtime.load`. */
  get bound(): Readonly<Record<string, BufferView>> {
    return this.#bound;
  }

  get(name: string): Tensor {
    const { offset, shape } = this.#parameter(name);
    return this.#input(name, offset, shape);
  }

  /** x·Wᵀ (+ b) for each of these layers: one product where their weights lie one after the other in the vector. */
  project(graph: GraphBuilder, x: Tensor, names: readonly string[]): readonly Tensor[] {
    const weights = names.map((name) => this.#parameter(`${name}.weight`));
    const products = this.#areAdjacent(weights)
      ? this.#projectTogether(graph, x, weights)
      : weights.map(({ name }) => graph.linear(x, this.get(name)));
    return products.map((product, index) => {
      const bias = `${names[index]}.bias`;
      return this.#parameters.has(bias) ? graph.add(product, this.get(bias)) : product;
    });
  }

  #projectTogether(graph: GraphBuilder, x: Tensor, weights: readonly Parameter[]): readonly Tensor[] {
    const [first] = weights as readonly [Parameter, ...Parameter[]];
    const rows = weights.map(({ shape }) => shape[0] as number);
    const shape = [rows.reduce((sum, count) => sum + count, 0), first.shape[1] as number];
    const joined = this.#input(weights.map(({ name }) => name).join('|'), first.offset, shape);
    const product = graph.linear(x, joined);
    return weights.length === 1 ? [product] : graph.split(product, -1, rows as readonly Dimension[]);
  }

  #areAdjacent(weights: readonly Parameter[]): boolean {
    return weights.every(({ offset, size }, index) => {
      const next = weights[index + 1];
      return next === undefined || next.offset === offset + size;
    });
  }

  #input(name: string, offset: number, shape: readonly number[]): Tensor {
    const known = this.#inputs.get(name);
    if (known) return known;
    const input = this.#graph.input(name, 'float32', shape);
    this.#inputs.set(name, input);
    this.#bound[name] = { buffer: this.#buffer, offset, shape };
    return input;
  }

  #parameter(name: string): Parameter {
    const parameter = this.#parameters.get(name);
    if (parameter) return parameter;
    throw new Error(`No parameter ${name}: parametersOf and the graphs disagree.`);
  }
}
