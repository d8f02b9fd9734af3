/** The value of one field of a protobuf message; lists of numbers are packed. */
export type FieldValue =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly double: number }
  | { readonly bytes: Uint8Array }
  | { readonly text: string }
  | { readonly message: readonly Field[] }
  | { readonly ints: ArrayLike<number> }
  | { readonly floats: ArrayLike<number> }
  /** The field once for each text. */
  | { readonly texts: readonly string[] };

/** A field's number and value. */
export type Field = readonly [number, FieldValue];

/** Protobuf's wire format of a message. */
export function encodeMessage(fields: readonly Field[]): Uint8Array {
  const out = new ByteWriter();
  for (const [number, value] of fields) writeField(out, number, value);
  return out.take();
}

/** Bytes one part after another. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const out = new ByteWriter();
  for (const part of parts) out.add(part);
  return out.take();
}

/** The little-endian bytes of a number in 4 bytes. */
export const floatBytes = (value: number): Uint8Array => new Uint8Array(Float32Array.of(value).buffer);
/** The little-endian bytes of a number in 8 bytes. */
export const doubleBytes = (value: number): Uint8Array => new Uint8Array(Float64Array.of(value).buffer);

const [VARINT, EIGHT, COUNTED, FOUR] = [0, 1, 2, 5];

function writeField(out: ByteWriter, number: number, value: FieldValue): void {
  const tag = (wire: number): void => out.varint(number * 8 + wire);
  if ('texts' in value) return writeTexts(out, number, value.texts);
  if ('int' in value) {
    tag(VARINT);
    out.varint(value.int);
  } else if ('double' in value) {
    tag(EIGHT);
    out.add(doubleBytes(value.double));
  } else if ('float' in value) {
    tag(FOUR);
    out.add(floatBytes(value.float));
  } else {
    tag(COUNTED);
    const bytes = contentOf(value);
    out.varint(bytes.length);
    out.add(bytes);
  }
}

function contentOf(value: Exclude<FieldValue, { readonly int: number } | { readonly float: number } | { readonly double: number } | { readonly texts: readonly string[] }>): Uint8Array {
  if ('bytes' in value) return value.bytes;
  if ('text' in value) return new TextEncoder().encode(value.text);
  if ('message' in value) return encodeMessage(value.message);
  if ('floats' in value) return new Uint8Array(Float32Array.from(value.floats).buffer);
  const packed = new ByteWriter();
  for (let i = 0; i < value.ints.length; i++) packed.varint(value.ints[i]!);
  return packed.take();
}

function writeTexts(out: ByteWriter, number: number, texts: readonly string[]): void {
  // Long lists repeat a few words.
  const known = new Map<string, Uint8Array>();
  for (const text of texts) {
    let bytes = known.get(text);
    if (!bytes) known.set(text, (bytes = encodeMessage([[number, { text }]])));
    out.add(bytes);
  }
}

/** Bytes that grow. */
class ByteWriter {
  #bytes = new Uint8Array(64);
  #length = 0;

  add(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** A whole number within ±2^53; negative ones in ten bytes, as int64 wants. */
  varint(value: number): void {
    this.#reserve(10);
    if (value < 0) return this.#negative(BigInt.asUintN(64, BigInt(value)));
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.#bytes[this.#length++] = (rest % 128) | 128;
    this.#bytes[this.#length++] = rest;
  }

  #negative(value: bigint): void {
    let rest = value;
    for (; rest >= 128n; rest >>= 7n) this.#bytes[this.#length++] = Number(rest & 127n) | 128;
    this.#bytes[this.#length++] = Number(rest);
  }

  take(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}
