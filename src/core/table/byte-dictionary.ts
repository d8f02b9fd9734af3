const OFFSET_BASIS = 0x811c9dc5 | 0;

/** Hash of bytes from `start` to `end` (FNV-1a, 32 bits). */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = OFFSET_BASIS;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return hash;
}

/** Distinct byte strings with codes in order of first appearance; keeps one copy of each in one growing block. */
export class ByteDictionary {
  size = 0;
  private arena = new Uint8Array(256);
  private ends = new Float64Array(16);
  private hashes = new Int32Array(16);
  private slots = new Int32Array(32).fill(-1);

  /** Gives the code of the bytes from `start` to `end`, adding them when new; `hash` is theirs by `hashBytes`. */
  codeOf(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const code = this.slots[slot] as number;
      if (code < 0) return this.add(bytes, start, end, hash, slot);
      if (this.hashes[code] === hash && this.equals(code, bytes, start, end)) return code;
      slot = (slot + 1) & mask;
    }
  }

  /** The bytes of a code; a view that is valid until the next addition. */
  bytesOf(code: number): Uint8Array {
    return this.arena.subarray(this.startOf(code), this.ends[code]);
  }

  private startOf(code: number): number {
    return code === 0 ? 0 : (this.ends[code - 1] as number);
  }

  private equals(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.startOf(code);
    if ((this.ends[code] as number) - from !== end - start) return false;
    const arena = this.arena;
    for (let i = from, j = start; j < end; i++, j++) if (arena[i] !== bytes[j]) return false;
    return true;
  }

  private add(bytes: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const code = this.size++;
    const from = this.startOf(code);
    this.makeRoom(from + end - start);
    const arena = this.arena;
    for (let i = from, j = start; j < end; i++, j++) arena[i] = bytes[j] as number;
    this.ends[code] = from + end - start;
    this.hashes[code] = hash;
    this.slots[slot] = code;
    if (this.size * 2 > this.slots.length) this.rehash();
    return code;
  }

  private makeRoom(length: number): void {
    if (this.size > this.ends.length) {
      const ends = new Float64Array(this.ends.length * 2);
      ends.set(this.ends);
      this.ends = ends;
      const hashes = new Int32Array(this.hashes.length * 2);
      hashes.set(this.hashes);
      this.hashes = hashes;
    }
    if (length > this.arena.length) {
      const arena = new Uint8Array(Math.max(length, this.arena.length * 2));
      arena.set(this.arena);
      this.arena = arena;
    }
  }

  private rehash(): void {
    const slots = new Int32Array(this.slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let code = 0; code < this.size; code++) {
      const hash = this.hashes[code] as number;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while ((slots[slot] as number) >= 0) slot = (slot + 1) & mask;
      slots[slot] = code;
    }
    this.slots = slots;
  }
}
