/** Bytes of what just-bash writes: text as UTF-8, or one byte a character for its binary encodings. Throws on an encoding it does not know. */
export function bytesOf(content: string | Uint8Array, encoding: string | undefined): Uint8Array {
  if (content instanceof Uint8Array) return content;
  switch (encoding ?? 'utf8') {
    case 'utf8':
    case 'utf-8':
      return new TextEncoder().encode(content);
    case 'binary':
    case 'latin1':
    case 'ascii':
      return Uint8Array.from(content, (c) => c.charCodeAt(0));
    case 'base64':
      return Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
    case 'hex':
      return Uint8Array.from(content.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    default:
      throw new Error(`unknown encoding ${encoding}`);
  }
}

/** Text of a file in one of just-bash's encodings; one character a byte for the binary ones. */
export function textOf(bytes: Uint8Array, encoding: string | undefined): string {
  if (encoding === undefined || encoding === 'utf8' || encoding === 'utf-8') return new TextDecoder().decode(bytes);
  let latin1 = '';
  for (let i = 0; i < bytes.length; i += 8192) latin1 += String.fromCharCode(...bytes.subarray(i, i + 8192));
  if (encoding === 'base64') return btoa(latin1);
  if (encoding === 'hex') return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
  return latin1;
}

export const joinBytes = (a: Uint8Array, b: Uint8Array): Uint8Array => {
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
};
