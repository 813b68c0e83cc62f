/** How each primitive is said in ONNX: operator, domain, attributes, and the attributes that ONNX takes as inputs. */

import { DATA_TYPE_CODES } from './data-types.ts';
import type { Node, Ops, PrimitiveGraph, PrimitiveKind } from './ops.ts';
import { arrayOf, type Shape, type Tensor, type TensorData, type TensorType } from './tensor.ts';

export type AttributeValue =
  | { readonly float: number }
  | { readonly integer: number }
  | { readonly integers: readonly number[] }
  | { readonly text: string }
  | { readonly tensor: TensorType & { readonly data: TensorData } }
  | { readonly graph: PrimitiveGraph };

export interface NodeForm {
  /** ONNX's name, where it is not the kind's. */
  readonly operator?: string;
  readonly domain?: 'com.microsoft';
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  /** int64 vectors that follow the node's inputs. */
  readonly inputs?: readonly (readonly number[])[];
  /** Outputs from this one on may be left out; without it none may. */
  readonly optionalOutput?: number;
}

const MICROSOFT = 'com.microsoft';
const flag = (value: boolean): AttributeValue => ({ integer: value ? 1 : 0 });
const plain = (): NodeForm => ({});
const reduction = ({
  attributes: { axes, keepDimensions },
}: {
  attributes: Ops['ReduceSum']['attributes'];
}): NodeForm => ({
  attributes: { keepdims: flag(keepDimensions) },
  inputs: [axes],
});
const onAxis = ({ attributes: { axis } }: { attributes: { readonly axis: number } }): NodeForm => ({
  attributes: { axis: { integer: axis } },
});

export const NODE_FORMS: { readonly [K in PrimitiveKind]: (node: Node<K>) => NodeForm } = {
  Identity: plain,
  Add: plain,
  Sub: plain,
  Mul: plain,
  Div: plain,
  Min: plain,
  Max: plain,
  Mod: plain,
  Neg: plain,
  Abs: plain,
  Exp: plain,
  Log: plain,
  Sqrt: plain,
  Reciprocal: plain,
  Sigmoid: plain,
  Floor: plain,
  QuickGelu: ({ attributes: { alpha } }) => ({ domain: MICROSOFT, attributes: { alpha: { float: alpha } } }),
  Less: plain,
  LessOrEqual: plain,
  Greater: plain,
  GreaterOrEqual: plain,
  Equal: plain,
  And: plain,
  Or: plain,
  Not: plain,
  BitShift: ({ attributes: { direction } }) => ({ attributes: { direction: { text: direction } } }),
  BitwiseAnd: plain,
  BitwiseXor: plain,
  Where: plain,
  Cast: ({ attributes: { to } }) => ({ attributes: { to: { integer: DATA_TYPE_CODES[to] } } }),
  ReduceSum: reduction,
  ReduceMax: reduction,
  ReduceMin: reduction,
  ReduceSumSquare: reduction,
  MatMul: ({ attributes: { transposeLeft, transposeRight, scale } }) =>
    transposeLeft || transposeRight || scale !== 1
      ? {
          operator: 'FusedMatMul',
          domain: MICROSOFT,
          attributes: { transA: flag(transposeLeft), transB: flag(transposeRight), alpha: { float: scale } },
        }
      : {},
  Softmax: () => ({ attributes: { axis: { integer: -1 } } }),
  CumSum: ({ attributes: { axis, exclusive, reverse } }) => ({
    attributes: { exclusive: flag(exclusive), reverse: flag(reverse) },
    inputs: [[axis]],
  }),
  ArgMax: ({ attributes: { axis, keepDimensions } }) => ({
    attributes: { axis: { integer: axis }, keepdims: flag(keepDimensions) },
  }),
  TopK: onAxis,
  Reshape: ({ inputs: [x, shape], attributes }) => (shape ? {} : { inputs: [openShape(x, attributes.shape)] }),
  Expand: plain,
  Transpose: ({ attributes: { permutation } }) => ({ attributes: { perm: { integers: permutation } } }),
  Concat: onAxis,
  Split: ({ inputs: [, dynamic], attributes: { axis, sizes } }) => ({
    attributes: { axis: { integer: axis } },
    ...(dynamic ? {} : { inputs: [sizes.map(Number)] }),
  }),
  Slice: ({ attributes: { axis } }) => ({ inputs: [[axis]] }),
  Gather: onAxis,
  GatherElements: onAxis,
  GatherND: ({ attributes: { batchAxes } }) => ({ attributes: { batch_dims: { integer: batchAxes } } }),
  ScatterElements: ({ attributes: { axis, reduction } }) => ({
    attributes: { axis: { integer: axis }, reduction: { text: reduction } },
  }),
  ScatterND: plain,
  Shape: ({ attributes: { start, end } }) => ({ attributes: { start: { integer: start }, end: { integer: end } } }),
  ConstantOfShape: ({ attributes: { type, value } }) => ({
    attributes: { value: { tensor: { type, shape: [1], data: arrayOf(type, [value]) } } },
  }),
  Range: plain,
  SimplifiedLayerNormalization: ({ attributes: { epsilon } }) => ({
    optionalOutput: 1,
    attributes: { axis: { integer: -1 }, epsilon: { float: epsilon }, stash_type: { integer: 1 } },
  }),
  RotaryEmbedding: ({ attributes: { heads } }) => ({
    domain: MICROSOFT,
    attributes: { interleaved: { integer: 0 }, num_heads: { integer: heads } },
  }),
  GroupQueryAttention: ({ attributes: { heads, keyValueHeads, scale, isRotary } }) => ({
    optionalOutput: 1,
    domain: MICROSOFT,
    attributes: {
      num_heads: { integer: heads },
      kv_num_heads: { integer: keyValueHeads },
      scale: { float: scale },
      do_rotary: flag(isRotary),
    },
  }),
  // simplify() leaves no composite in a body.
  Loop: ({ attributes: { body } }) => ({ attributes: { body: { graph: body as PrimitiveGraph } } }),
};

/** ONNX's Reshape: 0 copies a size from the same axis, −1 is what is left. */
function openShape(x: Tensor, shape: Shape): readonly number[] {
  return shape.map((dimension, axis) =>
    typeof dimension === 'number' ? dimension : dimension === x.shape[axis] ? 0 : -1,
  );
}
