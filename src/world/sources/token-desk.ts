import type { ServeReply, ServeRequest } from '../../core/serve/protocol.js';
import { md5Hex } from '../../core/version/md5.js';
import { problem } from './problem.js';

/** What a learner's program says of itself; the provider's own page would show it, so it is no secret here. */
export const CLIENT = { client_id: 'learner', client_secret: 'open-sesame' } as const;
const LIFE_S = 600;
/** Tokens known at one time; the oldest go first. */
const MOST = 64;

/** Gives bearer tokens for client credentials (RFC 6749, 4.4) and knows them again until they expire. */
export class TokenDesk {
  private readonly tokens = new Map<string, { client: string; until: number }>();
  private given = 0;

  give(request: ServeRequest, now: number): ServeReply {
    const asked = readForm(request);
    if (asked['grant_type'] !== 'client_credentials') return problem(400, 'grant_type must be client_credentials');
    if (asked['client_id'] !== CLIENT.client_id || asked['client_secret'] !== CLIENT.client_secret) return problem(401, 'this client_id and client_secret are not known');
    const token = md5Hex(new TextEncoder().encode(`${CLIENT.client_id} ${this.given++} ${now}`));
    this.tokens.set(token, { client: CLIENT.client_id, until: now + LIFE_S * 1000 });
    if (this.tokens.size > MOST) this.tokens.delete(this.tokens.keys().next().value!);
    return { status: 200, body: `${JSON.stringify({ access_token: token, token_type: 'Bearer', expires_in: LIFE_S, scope: 'applications:read' })}\n`, headers: { 'cache-control': 'no-store' } };
  }

  /** Who holds the token of an `Authorization` header; undefined when it is missing, unknown or old. */
  clientOf(header: string | undefined, now: number): string | undefined {
    const token = /^bearer\s+(\S+)\s*$/i.exec(header ?? '')?.[1];
    const known = token === undefined ? undefined : this.tokens.get(token);
    return known !== undefined && known.until > now ? known.client : undefined;
  }
}

/** A form or a JSON object; anything else reads as empty. */
function readForm({ body = '', headers }: ServeRequest): Readonly<Record<string, unknown>> {
  if (!body.trimStart().startsWith('{') && !headers?.['content-type']?.includes('json')) return Object.fromEntries(new URLSearchParams(body));
  try {
    return (JSON.parse(body) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}
