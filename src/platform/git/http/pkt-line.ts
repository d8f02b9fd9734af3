/** One packet of git's wire protocol: its content, or `flush`. */
export type Packet = Uint8Array | 'flush';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A text as one packet: four hex digits of its whole length, then the text (gitprotocol-common). */
export function packet(text: string): Uint8Array {
  const body = encoder.encode(text);
  return joinBytes([encoder.encode((body.length + 4).toString(16).padStart(4, '0')), body]);
}

export const FLUSH = encoder.encode('0000');

/** The packets of a stream and where they end; `whole` is false when the last one is cut short. Throws a `RangeError` on a length that is none. */
export function readPackets(bytes: Uint8Array): { packets: Packet[]; whole: boolean } {
  const packets: Packet[] = [];
  let at = 0;
  while (at < bytes.length) {
    const digits = decoder.decode(bytes.subarray(at, at + 4));
    if (digits.length < 4) return { packets, whole: false };
    if (!/^[0-9a-f]{4}$/i.test(digits)) throw new RangeError(`no packet at ${at}`);
    const length = Number.parseInt(digits, 16);
    if (length < 4) {
      packets.push('flush');
      at += 4;
      continue;
    }
    if (at + length > bytes.length) return { packets, whole: false };
    packets.push(bytes.subarray(at + 4, at + length));
    at += length;
  }
  return { packets, whole: true };
}

/** A packet's text without the newline at its end. */
export const textOf = (content: Packet): string => (content === 'flush' ? '' : decoder.decode(content).replace(/\n$/, ''));

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
