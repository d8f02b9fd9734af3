/** A compiled kernel that can be started any number of times, each with a memory of its own. */
export interface Kernel<Functions> {
  readonly call: Functions;
  readonly buffer: ArrayBuffer;
  /** Where the room for each of the sizes begins. */
  readonly addresses: readonly number[];
}

/** Compiles the hexadecimal digits of a kernel, on the spot since kernels are small. Needs WebAssembly with SIMD. */
export function compileKernel(digits: string): WebAssembly.Module {
  const bytes = new Uint8Array(digits.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = valueOf(digits.charCodeAt(2 * at)) * 16 + valueOf(digits.charCodeAt(2 * at + 1));
  return new WebAssembly.Module(bytes);
}

/** Of a digit by its character code; letters are small. */
const valueOf = (code: number): number => (code < 58 ? code - 48 : code - 87);

const PAGE = 65536;

/** Starts a kernel with room for `sizes` (counts of values of eight bytes), each from a multiple of 16 on; all is 0. */
export function openKernel<Functions>(module: WebAssembly.Module, sizes: readonly number[]): Kernel<Functions> {
  const { exports } = new WebAssembly.Instance(module);
  const memory = exports['memory'] as WebAssembly.Memory;
  let end = 0;
  const addresses = sizes.map((size) => {
    const start = end;
    end += Math.ceil(size / 2) * 16;
    return start;
  });
  memory.grow(Math.ceil(end / PAGE));
  return { call: exports as unknown as Functions, buffer: memory.buffer, addresses };
}
