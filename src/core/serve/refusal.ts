import type { ServeReply } from './protocol.js';

/** An answer other than 200: the protocol's status and the message that goes into `{"error": …}`. */
export class Refusal extends Error {
  constructor(
    readonly status: 400 | 404 | 405 | 500 | 503,
    message: string,
  ) {
    super(message);
    this.name = 'Refusal';
  }
}

/** Shows a JSON value in a message, shortened to 40 characters. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/** An error reply of the protocol. */
export const refuse = (status: number, error: string): ServeReply => ({ status, body: JSON.stringify({ error }) });
