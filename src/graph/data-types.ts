/** ONNX's numbers for element types: TensorProto.DataType. */

import type { DataType } from './tensor.ts';

export const DATA_TYPE_CODES: { readonly [T in DataType]: number } = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  uint32: 12,
  uint64: 13,
  bfloat16: 16,
};
