/** Gives the next number, at least 0 and below 1. */
export type Random = () => number;

/** Mixes a seed into well-spread 32-bit words (SplitMix32 after Steele, Lea and Flood 2014). */
function createMixer(seed: number): () => number {
  // Seeds beyond 32 bits count too, and -1 is none of the small ones.
  let state = (Math.floor(seed) + Math.imul(Math.floor(seed / 0x1_0000_0000), 0x85ebca6b)) | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return z ^ (z >>> 15);
  };
}

/** Gives a generator that is the same on every machine for the same whole number as seed: xoshiro128** (Blackman and Vigna 2018), 53 bits a number. */
export function createRandom(seed: number): Random {
  const mix = createMixer(seed);
  let a = mix();
  let b = mix();
  let c = mix();
  let d = mix() | 1;
  const next = (): number => {
    const r = Math.imul(b, 5);
    const out = Math.imul((r << 7) | (r >>> 25), 9);
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return out >>> 0;
  };
  return () => ((next() >>> 5) * 0x400_0000 + (next() >>> 6)) / 0x20_0000_0000_0000;
}

/** Gives 0 … n-1 in random order, each order equally likely (Fisher and Yates, in Durstenfeld's form). */
export function permutation(n: number, random: Random): Int32Array {
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const kept = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = kept;
  }
  return order;
}
