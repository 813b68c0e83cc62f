/**
 * float32 to and from the 16-bit formats that weights are stored in. Narrowing rounds to nearest, ties to even, as
 * torch does; NaN stays NaN (its payload may not), values beyond a format's range become infinite.
 */

/** A bfloat16 is the upper half of a float32. */
export function widenBfloat16(source: Uint16Array, target: Float32Array): void {
  const bits = new Uint32Array(target.buffer, target.byteOffset, target.length);
  for (let i = 0; i < source.length; i++) bits[i] = source[i]! << 16;
}

export function narrowToBfloat16(source: Float32Array, target: Uint16Array): void {
  const bits = new Uint32Array(source.buffer, source.byteOffset, source.length);
  for (let i = 0; i < bits.length; i++) {
    const value = bits[i]!;
    const isNan = (value & 0x7fff_ffff) > 0x7f80_0000;
    target[i] = isNan ? 0x7fc0 : (value + 0x7fff + ((value >>> 16) & 1)) >>> 16;
  }
}

/** IEEE half: 5 bits of exponent, 10 of mantissa. */
export function widenFloat16(source: Uint16Array, target: Float32Array): void {
  const values = halfValues();
  for (let i = 0; i < source.length; i++) target[i] = values[source[i]!]!;
}

export function narrowToFloat16(source: Float32Array, target: Uint16Array): void {
  const bits = new Uint32Array(source.buffer, source.byteOffset, source.length);
  for (let i = 0; i < bits.length; i++) target[i] = halfOf(bits[i]!);
}

/** The half nearest to the float32 of these bits. */
function halfOf(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fff_ffff;
  if (magnitude > 0x7f80_0000) return sign | 0x7e00;
  if (magnitude >= 0x477f_f000) return sign | 0x7c00; // 65520 and more round to infinity
  if (magnitude >= 0x3880_0000) {
    // Normal: drop 13 bits of mantissa, move the exponent's bias from 127 to 15. A carry moves into the exponent.
    return sign | ((magnitude + 0xfff + ((magnitude >>> 13) & 1) - 0x3800_0000) >>> 13);
  }
  if (magnitude <= 0x3300_0000) return sign; // at most half of the smallest half
  // Subnormal: a multiple of 2⁻²⁴.
  const shift = 126 - (magnitude >>> 23);
  const mantissa = (magnitude & 0x7f_ffff) | 0x80_0000;
  const kept = mantissa >>> shift;
  const rest = mantissa & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return sign | (kept + (rest > half || (rest === half && (kept & 1) === 1) ? 1 : 0));
}

let values: Float32Array | null = null;

/** The value of each of the 65 536 halves. */
function halfValues(): Float32Array {
  values ??= Float32Array.from({ length: 0x1_0000 }, (_, half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >>> 10) & 31;
    const mantissa = half & 1023;
    if (exponent === 0) return sign * mantissa * 2 ** -24;
    if (exponent === 31) return mantissa === 0 ? sign * Infinity : NaN;
    return sign * (1 + mantissa / 1024) * 2 ** (exponent - 15);
  });
  return values;
}
