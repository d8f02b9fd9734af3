import type { ServeReply } from '../../core/serve/protocol.js';

const TITLES: Readonly<Record<number, string>> = { 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 429: 'Too Many Requests' };

/** An error as RFC 9457 has it. */
export function problem(status: number, detail: string, headers: Readonly<Record<string, string>> = {}): ServeReply {
  return { status, body: `${JSON.stringify({ type: 'about:blank', title: TITLES[status], status, detail })}\n`, headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers } };
}
