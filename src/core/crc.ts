/** A cyclic redundancy check of 32 bits over a reflected polynomial, as a function of bytes. */
function makeCrc(polynomial: number): (bytes: Uint8Array) => number {
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let c = byte;
    for (let k = 0; k < 8; k++) c = (c & 1) !== 0 ? polynomial ^ (c >>> 1) : c >>> 1;
    return c;
  });
  return (bytes) => {
    let c = 0xffffffff;
    for (const byte of bytes) c = table[(c ^ byte) & 0xff]! ^ (c >>> 8);
    return (c ^ 0xffffffff) >>> 0;
  };
}

/** CRC-32 as zip uses it (ISO 3309). */
export const crc32 = makeCrc(0xedb88320);

/** CRC-32C (Castagnoli), as TensorFlow's records use it. */
export const crc32c = makeCrc(0x82f63b78);
