// WebAssembly exists in every place the core runs in; its tsconfig has neither DOM nor Node types.
declare namespace WebAssembly {
  type Module = object;
  const Module: new (bytes: Uint8Array<ArrayBuffer>) => Module;
  class Instance {
    constructor(module: Module);
    readonly exports: Readonly<Record<string, unknown>>;
  }
  class Memory {
    readonly buffer: ArrayBuffer;
    /** Adds pages of 64 KiB; throws a `RangeError` when there is no room. */
    grow(pages: number): number;
  }
}
